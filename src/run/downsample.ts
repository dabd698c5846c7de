/** Some points of a curve: `values[i]` at step `steps[i]`, steps ascending. */
export interface CurvePoints {
  readonly steps: Int32Array;
  readonly values: Float64Array;
}

/**
 * At most `points` points of a curve that has a value at every step, for drawing. The steps are cut into equal stretches, and
 * of each the lowest and the highest value are kept, in their order, so that no peak is lost; the first and last step stay.
 * A curve of no more than `points` points is returned whole.
 * @param points 4 or more
 * @throws RangeError for fewer points
 */
export function downsample(values: ArrayLike<number>, points: number): CurvePoints {
  if (!(points >= 4)) throw new RangeError(`A curve is drawn with at least 4 points, not ${points}.`);
  const { length } = values;
  if (length <= points) {
    return { steps: Int32Array.from({ length }, (_, step) => step), values: Float64Array.from(values) };
  }
  const stretches = Math.floor((points - 2) / 2);
  const steps = [0];
  for (let s = 0; s < stretches; s++) {
    const from = 1 + Math.floor((s * (length - 2)) / stretches);
    const to = 1 + Math.floor(((s + 1) * (length - 2)) / stretches);
    const [first, second] = extremes(values, from, to);
    steps.push(first);
    if (second !== first) steps.push(second);
  }
  steps.push(length - 1);
  return { steps: Int32Array.from(steps), values: Float64Array.from(steps, (step) => values[step]!) };
}

/** The indices of the lowest and the highest value in `from..to − 1`, ascending. */
function extremes(values: ArrayLike<number>, from: number, to: number): [number, number] {
  let [low, high] = [from, from];
  for (let i = from + 1; i < to; i++) {
    if (values[i]! < values[low]!) low = i;
    if (values[i]! > values[high]!) high = i;
  }
  return low < high ? [low, high] : [high, low];
}
