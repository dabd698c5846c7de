import type { FitName } from "../../heap/fits";
import {
  bestFigure,
  RACE_FIGURE_NAMES,
  RACE_FIGURES,
  type RacedFits,
  type Racer,
} from "../../playground/own-policy/race";
import { Button } from "../base/button";

/**
 * The same requests under a policy of one's own and under each of the fits, in figures. The best of a column stands out.
 * @param own null while there is nothing to show of it
 * @param ownText what to say in place of its figures
 * @param onBeside of a fit that is to be played beside, or no longer
 */
export function RaceTable(props: {
  readonly own: Racer | null;
  readonly ownText: string;
  readonly others: RacedFits;
  readonly beside?: readonly FitName[] | undefined;
  readonly onBeside?: ((fit: FitName) => void) | undefined;
}) {
  const { own, ownText, others, beside = [], onBeside } = props;
  const racers = own ? [own, ...Object.values(others)] : Object.values(others);
  const best = new Map(RACE_FIGURE_NAMES.map((name) => [name, bestFigure(name, racers)]));
  const cells = ({ figures }: Racer) =>
    RACE_FIGURE_NAMES.map((name) => (
      <td key={name} class={`fl-number${figures[name] === best.get(name) ? " fl-best" : ""}`}>
        {RACE_FIGURES[name].text(figures[name])}
      </td>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways in a narrow page is reached by keyboard
    <section class="fl-table-frame fl-race" tabIndex={0} aria-label="Your policy beside the fits">
      <table class="fl-table">
        <caption class="fl-sound">The same requests under your policy and under each of the fits</caption>
        <thead>
          <tr>
            <th scope="col">fit</th>
            {RACE_FIGURE_NAMES.map((name) => (
              <th key={name} scope="col" class="fl-number" title={RACE_FIGURES[name].definition}>
                {RACE_FIGURES[name].title}
              </th>
            ))}
            {onBeside && <td />}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">your policy</th>
            {own ? cells(own) : <td colSpan={RACE_FIGURE_NAMES.length}>{ownText}</td>}
            {onBeside && <td />}
          </tr>
          {(Object.entries(others) as [FitName, Racer][]).map(([fit, racer]) => (
            <tr key={fit}>
              <th scope="row">{fit} fit</th>
              {cells(racer)}
              {onBeside && (
                <td>
                  <Button
                    label={`Play ${fit} fit beside your policy`}
                    pressed={beside.includes(fit)}
                    onClick={() => onBeside(fit)}
                  >
                    Beside
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
