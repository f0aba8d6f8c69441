import { type Style, type Tag } from './pen.ts';
import { rubyWidth, type RubyPiece } from './ruby.ts';
import { cellOf, drawTable, tableOf, type Row, type Table } from './rows.ts';
import { frame, type Sheet } from './sheet.ts';

/** A label and what stands beside it; without a value it is left out. `part` is its share of the row beside another's. */
export type Field = Readonly<{
  label: string;
  value: string | undefined;
  style?: Style;
  part?: number;
  /** The value with readings above it; left out on paper where it would take more than one line. */
  ruby?: readonly RubyPiece[] | undefined;
}>;
export type Fields = readonly (readonly Field[])[];

const gutter = 14;

/** Labels and values between fine lines, one or two pairs to a row. Fields without a value, and rows without a field, disappear. */
export const grid = (sheet: Sheet, rows: Fields, labelWidth?: number): void =>
  drawTable(sheet, gridOf(sheet, rows, labelWidth));

/** The same, measured and not drawn yet. */
export function gridOf(sheet: Sheet, rows: Fields, labelWidth = 84): Table {
  const shown = rows.map((row) => row.filter(hasValue)).filter((row) => row.length > 0);
  const widest = Math.max(...shown.map((row) => row.length));
  return tableOf(
    sheet,
    shown.map((row) => rowOf(sheet, row, { widest, labelWidth })),
  );
}

function rowOf(
  { pen, styles }: Sheet,
  row: readonly (Field & { value: string })[],
  { widest, labelWidth }: Readonly<{ widest: number; labelWidth: number }>,
): Row {
  const free = frame.width - gutter * (row.length - 1);
  const all = row.reduce((sum, field) => sum + (field.part ?? 1), 0);
  let x = frame.left;
  return row.flatMap((field) => {
    const share = (free * (field.part ?? 1)) / all;
    const style = field.style ?? styles.body;
    const labelStyle = { ...styles.label, leading: style.leading };
    const label = cellOf(field.label, { x: x + 2, width: labelWidth - 8, style: labelStyle }, (tr) =>
      pen.tag(tr, 'TH', { scope: 'Row' }),
    );
    const at = { x: x + labelWidth, width: share - labelWidth - 2, style };
    const value = cellOf(field.value, at, (tr) => {
      const data = pen.tag(tr, 'TD');
      if (row.length < widest) spanColumns(data, 2 * (widest - row.length) + 1);
      return data;
    });
    x += share + gutter;
    const { ruby } = field;
    const isRead = ruby !== undefined && rubyWidth(ruby, style) <= at.width;
    return [label, isRead ? { ...value, ruby } : value];
  });
}

const hasValue = (field: Field): field is Field & { value: string } =>
  field.value !== undefined && field.value.trim() !== '';

/** Tells a screen reader that a cell takes the place of several; pdfkit has no option for it. */
function spanColumns(tag: Tag, columns: number): void {
  const { dictionary } = tag as unknown as { dictionary: { data: Record<string, unknown> } };
  dictionary.data['A'] = { O: 'Table', ColSpan: columns };
}
