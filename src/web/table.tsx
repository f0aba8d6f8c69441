import type { JSX } from 'preact';
import type { Content } from './content.ts';
import { text } from './text.ts';
import { speak, type View, type Words } from './view.ts';

export type Column = Readonly<{ label: Words; kind?: 'text' | 'number' | 'date' | undefined }>;
/** The first cell names the row. */
export type Row = Readonly<{ key: string; cells: readonly Content[]; tone?: 'warn' | 'bad' | undefined }>;

/**
 * A table. Too wide for its place it scrolls, by keyboard too; at phone width every row becomes a card with the column
 * names in it. The roles are written out because browsers forget them once the style sheet lays a table out otherwise.
 */
export function Table(
  props: Readonly<{
    view: View;
    caption: Words;
    columns: readonly Column[];
    rows: readonly Row[];
    /** The heading above already says what the caption says. */
    hideCaption?: boolean | undefined;
    /** Many lines that are looked through: at phone width a card takes two or three lines, not one a column. */
    dense?: boolean | undefined;
  }>,
): JSX.Element {
  const { view, columns, rows } = props;
  return (
    <div
      class={props.dense === true ? 'table-frame dense' : 'table-frame'}
      role="region"
      aria-label={speak(view, props.caption)}
      tabIndex={0}
    >
      <table class="table" role="table">
        <caption class={props.hideCaption === true ? 'unseen' : undefined}>
          {speak(view, props.caption)}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column, i) => (
              <th key={i} role="columnheader" scope="col" class={column.kind}>
                {speak(view, column.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.key} role="row" class={row.tone === undefined ? undefined : `tone-${row.tone}`}>
              {row.cells.map((cell, i) => {
                const column = columns[i];
                const label = column === undefined ? '' : speak(view, column.label);
                return i === 0 ? (
                  <th key={i} role="rowheader" scope="row" data-label={label} class={column?.kind}>
                    {cell}
                  </th>
                ) : (
                  <td key={i} role="cell" data-label={label} class={column?.kind}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Ways to the page before and after; draws nothing when there is neither. `says` stands between: how many of how many. */
export function Pager(
  props: Readonly<{
    view: View;
    previous?: string | undefined;
    next?: string | undefined;
    says?: Words | undefined;
    /** What a page is, where it is something else: the month before and after. */
    names?: Readonly<{ previous: Words; next: Words }>;
  }>,
): JSX.Element | null {
  const { view, previous, next, names = { previous: text.previousPage, next: text.nextPage } } = props;
  if (previous === undefined && next === undefined) return null;
  return (
    <nav class="pager" aria-label={view.t(text.pages)}>
      {previous === undefined ? (
        <span />
      ) : (
        <a class="button secondary small previous" href={previous} rel="prev">
          {speak(view, names.previous)}
        </a>
      )}
      <span>{props.says === undefined ? '' : speak(view, props.says)}</span>
      {next === undefined ? (
        <span />
      ) : (
        <a class="button secondary small next" href={next} rel="next">
          {speak(view, names.next)}
        </a>
      )}
    </nav>
  );
}
