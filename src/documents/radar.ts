import { layRadar, shortLines, type RadarShown } from '../kernel/radar.ts';
import { linesOf } from './lines.ts';
import { listingOf } from './listing.ts';
import { hairline } from './pen.ts';
import { drawTable } from './rows.ts';
import { frame, paragraph, room, section, type Sheet } from './sheet.ts';
import { text } from './text.ts';

const radius = 84;
const height = 2 * radius + 56;
/** From the left margin to the centre of the rings. */
const across = radius + 84;
const beside = 2 * across + 6;
const sample = 34;

/** A radar chart with its legend beside it and the same as a table below. Lines and dots differ, for black and white. */
export function radarChart(sheet: Sheet, shown: RadarShown): void {
  section(sheet, shown.title, height);
  room(sheet, height);
  const { pen, styles, language } = sheet;
  const top = sheet.y;
  const centre = { x: frame.left + across, y: top + height / 2 };
  const drawn = layRadar({
    radius,
    rings: shown.rings,
    spokes: shown.spokes.length,
    series: shown.series.map((one) => one.values),
  });
  const bbox = [frame.left, top, frame.left + beside, top + height];
  const figure = pen.tag(pen.root, 'Figure', { alt: text.radarAlt(shown.title)[language], bbox });
  pen.picture(figure, (doc) => {
    doc.save().translate(centre.x, centre.y);
    drawn.rings.forEach((ring, i) => {
      doc.lineWidth(i === drawn.rings.length - 1 ? 1 : hairline);
      doc.path(ring).stroke('black');
    });
    doc.lineWidth(hairline);
    for (const { end } of drawn.spokes) doc.moveTo(0, 0).lineTo(end.x, end.y).stroke('black');
    drawn.series.forEach(({ line, dots, dot, dashes }, i) => {
      doc.lineWidth(2);
      if (dashes.length > 0) doc.dash(dashes[0] ?? 1, { space: dashes[1] ?? 1 });
      doc.path(line).stroke('black').undash().lineWidth(1.25);
      for (const { x, y } of dots) {
        doc.save().translate(x, y).path(dot);
        if (i === 0) doc.fillAndStroke('black', 'black');
        else doc.fillAndStroke('white', 'black');
        doc.restore();
      }
    });
    doc.restore();
    doc.fillColor('black');
  });
  // The words stand in the table, too: here they are part of the picture.
  drawn.spokes.forEach(({ label, side }, i) => {
    const style = styles.small;
    const lines = shortLines(shown.spokes[i] ?? '', 11).flatMap((words) => linesOf(words, 82, style.size));
    const x = centre.x + label.x + (side === 'left' ? -82 : side === 'right' ? 0 : -41);
    const lift = side === 'middle' ? Math.sign(label.y) * 5 : 0;
    const y = centre.y + label.y + lift - (lines.length * 12.5) / 2;
    const align = side === 'left' ? 'right' : side === 'right' ? 'left' : 'center';
    lines.forEach((words, k) =>
      pen.margin(words, { x, y: y + k * 12.5, width: 82 }, { ...style, leading: 12.5, align }),
    );
  });
  legend(sheet, shown, drawn.series, top + 18);
  sheet.y = top + height + 4;
  const part = 1 / (shown.series.length + 1.2);
  const columns = [
    { title: text.domain[language], part: 1.2 * part },
    ...shown.series.map((one) => ({ title: one.name, part })),
  ];
  drawTable(
    sheet,
    listingOf(
      sheet,
      columns,
      shown.spokes.map((spoke, i) => [spoke, ...shown.series.map((one) => one.shown[i] ?? '')]),
    ),
  );
  for (const note of shown.notes) paragraph(sheet, note, { style: styles.small, after: 4 });
}

function legend(
  { pen, styles }: Sheet,
  shown: RadarShown,
  drawn: ReturnType<typeof layRadar>['series'],
  top: number,
): void {
  const x = frame.left + beside;
  const width = frame.right - x;
  const list = pen.tag(pen.root, 'L');
  let y = top;
  drawn.forEach(({ dashes, dot }, i) => {
    const middle = y + styles.body.leading / 2;
    pen.decorate((doc) => {
      doc.lineWidth(2);
      if (dashes.length > 0) doc.dash(dashes[0] ?? 1, { space: dashes[1] ?? 1 });
      doc
        .moveTo(x, middle)
        .lineTo(x + sample, middle)
        .stroke('black')
        .undash();
      doc
        .save()
        .lineWidth(1.25)
        .translate(x + sample / 2, middle)
        .path(dot);
      if (i === 0) doc.fillAndStroke('black', 'black');
      else doc.fillAndStroke('white', 'black');
      doc.restore().fillColor('black');
    });
    const at = { x: x + sample + 8, y, width: width - sample - 8 };
    const lines = linesOf(shown.series[i]?.name ?? '', at.width, styles.strong.size, 'bold');
    pen.write(pen.tag(pen.tag(list, 'LI'), 'LBody'), lines, at, styles.strong);
    y += Math.max(1, lines.length) * styles.strong.leading + 4;
  });
  const lines = linesOf(shown.lead, width, styles.small.size);
  pen.write(pen.tag(pen.root, 'P'), lines, { x, y: y + 4, width }, styles.small);
}
