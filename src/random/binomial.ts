/**
 * @internal A draw from the binomial distribution, by the algorithms of NumPy's `legacy_random_binomial` in their order
 * of operations, so that equal uniform numbers give equal draws: inversion while the mean of the rarer outcome is at
 * most 30, BTPE above. Even for `n` or `p` of 0 a number is drawn. `uniform` gives numbers over [0, 1); `n` is an
 * integer >= 0, `p` from 0 to 1.
 */
export function drawBinomial(uniform: () => number, n: number, p: number): number {
  const rarer = p <= 0.5 ? p : 1 - p;
  const draw = rarer * n <= 30 ? drawByInversion(uniform, n, rarer) : drawByBtpe(uniform, n, rarer);
  return p <= 0.5 ? draw : n - draw;
}

/** Walks up the distribution function until it passes a uniform number; starts anew far out in the tail. */
function drawByInversion(uniform: () => number, n: number, p: number): number {
  const q = 1 - p;
  const atZero = Math.exp(n * Math.log(q));
  const mean = n * p;
  const bound = Math.floor(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  let x = 0;
  let px = atZero;
  let u = uniform();
  while (u > px) {
    x++;
    if (x > bound) {
      x = 0;
      px = atZero;
      u = uniform();
    } else {
      u -= px;
      px = ((n - x + 1) * p * px) / (x * q);
    }
  }
  return x;
}

/** What BTPE computes once for its `n` and `r`; the letters are the paper's. */
interface Btpe {
  readonly n: number;
  readonly r: number;
  readonly q: number;
  readonly m: number;
  readonly xm: number;
}

/**
 * Accepts or rejects points under a triangle, two parallelograms and two exponential tails.
 * V. Kachitvichyanukul, B. W. Schmeiser: Binomial random variate generation. CACM 31 (1988) 216-222. Needs p <= 0.5.
 */
function drawByBtpe(uniform: () => number, n: number, r: number): number {
  const q = 1 - r;
  const fm = n * r + r;
  const m = Math.floor(fm);
  const p1 = Math.floor(2.195 * Math.sqrt(n * r * q) - 4.6 * q) + 0.5;
  const xm = m + 0.5;
  const xl = xm - p1;
  const xr = xm + p1;
  const c = 0.134 + 20.5 / (15.3 + m);
  const left = (fm - xl) / (fm - xl * r);
  const leftRate = left * (1 + left / 2);
  const right = (xr - fm) / (xr * q);
  const rightRate = right * (1 + right / 2);
  const p2 = p1 * (1 + 2 * c);
  const p3 = p2 + c / leftRate;
  const p4 = p3 + c / rightRate;
  const btpe = { n, r, q, m, xm };
  for (;;) {
    const u = uniform() * p4;
    let v = uniform();
    let y: number;
    if (u <= p1) return Math.floor(xm - p1 * v + u);
    if (u <= p2) {
      const x = xl + (u - p1) / c;
      v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
      if (v > 1) continue;
      y = Math.floor(x);
    } else if (u <= p3) {
      y = Math.floor(xl + Math.log(v) / leftRate);
      if (y < 0 || v === 0) continue;
      v = v * (u - p2) * leftRate;
    } else {
      y = Math.floor(xr - Math.log(v) / rightRate);
      if (y > n || v === 0) continue;
      v = v * (u - p3) * rightRate;
    }
    if (isUnderDistribution(btpe, y, v)) return y;
  }
}

/** Whether the point (y, v) lies under the scaled distribution: exactly near the mode, else by squeezes and Stirling. */
function isUnderDistribution({ n, r, q, m, xm }: Btpe, y: number, v: number): boolean {
  const k = Math.abs(y - m);
  const variance = n * r * q;
  if (k <= 20 || k >= variance / 2 - 1) {
    const s = r / q;
    const a = s * (n + 1);
    let f = 1;
    for (let i = m + 1; i <= y; i++) f *= a / i - s;
    for (let i = y + 1; i <= m; i++) f /= a / i - s;
    return v <= f;
  }
  const rho = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
  const t = (-k * k) / (2 * variance);
  const logV = Math.log(v);
  if (logV < t - rho) return true;
  if (logV > t + rho) return false;
  const x1 = y + 1;
  const f1 = m + 1;
  const z = n + 1 - m;
  const w = n - y + 1;
  const bound =
    xm * Math.log(f1 / x1) +
    (n - m + 0.5) * Math.log(z / w) +
    (y - m) * Math.log((w * r) / (x1 * q)) +
    stirling(f1) +
    stirling(z) +
    stirling(x1) +
    stirling(w);
  return logV <= bound;
}

/** The correction of Stirling's formula for log x!, to five terms. */
function stirling(x: number): number {
  const x2 = x * x;
  return (13680 - (462 - (132 - (99 - 140 / x2) / x2) / x2) / x2) / x / 166320;
}
