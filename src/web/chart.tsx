import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import { text } from './text.ts';
import { speak, type View, type Words } from './view.ts';

export type Bar = Readonly<{
  label: string;
  /** Undefined when it is masked: a hatched bar of the same length for every masked value. */
  value: number | undefined;
  /** The value in words: 1,024, 10未満. */
  shown: string;
}>;

/** The longest bar, in percent of the column; a masked one, in pixels. */
const full = 100;
const maskedLength = 30;

/**
 * Bars with their numbers. It is a real table whose middle column is drawn, so that it reads, prints and narrows like
 * any other, and nothing is said only by length.
 */
export function BarChart(
  props: Readonly<{
    view: View;
    title: Words;
    rows: readonly Bar[];
    itemLabel?: Words | undefined;
    figureLabel?: Words | undefined;
  }>,
): JSX.Element {
  const { view, rows } = props;
  const most = Math.max(1, ...rows.map((row) => row.value ?? 0));
  const length = scaleLinear([0, most], [0, full]);
  return (
    <table class="chart">
      <caption>{speak(view, props.title)}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{speak(view, props.itemLabel ?? text.item)}</th>
          <th scope="col">{speak(view, props.figureLabel ?? text.figure)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            <th scope="row">{row.label}</th>
            <td>
              <div>
                <svg width="100%" height="20" aria-hidden="true" focusable="false">
                  <line class="zero" x1="0" x2="0" y1="0" y2="100%" />
                  {row.value === undefined ? (
                    <line class="masked" x1="0" x2={maskedLength} y1="50%" y2="50%" />
                  ) : (
                    <rect class="bar-fill" width={`${length(row.value).toFixed(2)}%`} height="100%" />
                  )}
                </svg>
                <span class={row.value === undefined ? 'shown hidden-value' : 'shown'}>{row.shown}</span>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
