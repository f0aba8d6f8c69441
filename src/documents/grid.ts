import { type Style, type Tag } from './pen.ts';
import { cellOf, drawRow } from './rows.ts';
import { frame, styles, type Sheet } from './sheet.ts';

/** A label and what stands beside it; without a value it is left out. `part` is its share of the row beside another's. */
export type Field = Readonly<{ label: string; value: string | undefined; style?: Style; part?: number }>;

const gutter = 14;

/** Labels and values between fine lines, one or two pairs to a row. Fields without a value, and rows without a field, disappear. */
export function grid(sheet: Sheet, rows: readonly (readonly Field[])[], labelWidth = 84): void {
  const shown = rows.map((row) => row.filter(hasValue)).filter((row) => row.length > 0);
  if (shown.length === 0) return;
  const { pen } = sheet;
  const table = pen.tag(pen.root, 'Table');
  const widest = Math.max(...shown.map((row) => row.length));
  shown.forEach((row, index) => {
    const tr = pen.tag(table, 'TR');
    const free = frame.width - gutter * (row.length - 1);
    const whole = row.reduce((sum, field) => sum + (field.part ?? 1), 0);
    let x = frame.left;
    const cells = row.flatMap((field) => {
      const share = (free * (field.part ?? 1)) / whole;
      const style = field.style ?? styles.body;
      const head = pen.tag(tr, 'TH', { scope: 'Row' });
      const data = pen.tag(tr, 'TD');
      if (row.length < widest) spanColumns(data, 2 * (widest - row.length) + 1);
      const label = cellOf(head, field.label, x + 2, labelWidth - 8, {
        ...styles.label,
        leading: style.leading,
      });
      const value = cellOf(data, field.value, x + labelWidth, share - labelWidth - 2, style);
      x += share + gutter;
      return [label, value];
    });
    drawRow(sheet, cells, index === 0 ? 1.25 : undefined);
  });
  pen.rule(frame.left, sheet.y, frame.width, 1.25);
  sheet.y += 8;
}

const hasValue = (field: Field): field is Field & { value: string } =>
  field.value !== undefined && field.value.trim() !== '';

/** Tells a screen reader that a cell takes the place of several; pdfkit has no option for it. */
function spanColumns(tag: Tag, columns: number): void {
  const { dictionary } = tag as unknown as { dictionary: { data: Record<string, unknown> } };
  dictionary.data['A'] = { O: 'Table', ColSpan: columns };
}
