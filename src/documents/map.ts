import { scaleLinear } from 'd3-scale';
import { linesOf } from './lines.ts';
import { hairline } from './pen.ts';
import { frame, section, type Sheet } from './sheet.ts';
import { resourceText } from './resource-text.ts';

/** A place by its name; WGS 84 degrees. */
export type Marked = Readonly<{ name: string; lat: number; lon: number }>;
type Given = Readonly<{ title: string; centre: Marked; near: readonly Marked[] }>;

const height = 200;
const width = 250;
const inset = 16;
/** Metres to a degree of latitude. */
const degree = 111_195;
/** The least that the map shows from its centre to its edge, in metres. */
const least = 150;

/**
 * Where a place lies among others that people there know: a sketch true to scale, north on top, without streets, since no
 * map is at hand. What is marked by a number stands beside it by name, with how far it is.
 */
export function areaMap(sheet: Sheet, { title, centre, near }: Given): void {
  section(sheet, title, height + 30);
  const { pen, styles, language } = sheet;
  const places = near.map((one) => ({ ...one, ...metresFrom(centre, one) }));
  const reach = Math.max(
    least,
    ...places.map(({ east, north }) => Math.max(Math.abs(east) * (height / width), Math.abs(north))),
  );
  const scale = (height / 2 - inset) / reach;
  const top = sheet.y;
  const middle = { x: frame.left + width / 2, y: top + height / 2 };
  const alt = resourceText.mapAlt(centre.name)[language];
  const figure = pen.tag(pen.root, 'Figure', {
    alt,
    bbox: [frame.left, top, frame.left + width, top + height],
  });
  pen.picture(figure, (doc) => {
    doc.lineWidth(1).rect(frame.left, top, width, height).stroke('black');
    for (const { east, north } of places)
      doc
        .lineWidth(1.25)
        .circle(middle.x + east * scale, middle.y - north * scale, 7.5)
        .fillAndStroke('white', 'black');
    star(doc, middle);
    northArrow(doc, { x: frame.left + width - 16, y: top + 12 });
    bar(doc, reach, scale, { x: frame.left + 10, y: top + height - 10 });
    doc.fillColor('black');
  });
  places.forEach(({ east, north: up }, i) => {
    const at = { x: middle.x + east * scale - 8, y: middle.y - up * scale - 7.5, width: 16 };
    pen.margin(String(i + 1), at, { ...styles.small, leading: 15, align: 'center' });
  });
  const length = barLength(reach);
  const said = length < 1000 ? resourceText.metres(length) : resourceText.kilometres(length / 1000);
  pen.margin(said[language], { x: frame.left + 10, y: top + height - 28, width: 80 }, styles.small);
  names(sheet, centre, places, top);
  sheet.y = top + height + 8;
}

function names(
  { pen, styles, language }: Sheet,
  centre: Marked,
  places: readonly (Marked & { east: number; north: number })[],
  top: number,
): void {
  const x = frame.left + width + 12;
  const list = pen.tag(pen.root, 'L');
  let y = top;
  const item = (label: string, words: string, style: typeof styles.body): void => {
    const tag = pen.tag(list, 'LI');
    pen.write(pen.tag(tag, 'Lbl'), [label], { x, y, width: 18 }, { ...style, align: 'right' });
    const lines = linesOf(words, frame.right - x - 24, style.size, style.weight);
    pen.write(pen.tag(tag, 'LBody'), lines, { x: x + 24, y, width: frame.right - x - 24 }, style);
    y += lines.length * style.leading;
  };
  item('★', centre.name, { ...styles.strong, leading: 15 });
  places.forEach((one, i) => {
    const far = Math.round(Math.hypot(one.east, one.north) / 10) * 10;
    item(`${String(i + 1)}.`, `${one.name}（${resourceText.metres(far)[language]}）`, {
      ...styles.small,
      leading: 13,
    });
  });
  const note = linesOf(resourceText.mapNote[language], frame.right - x, styles.small.size);
  pen.write(
    pen.tag(pen.root, 'P'),
    note,
    { x, y: top + height - note.length * 13, width: frame.right - x },
    { ...styles.small, leading: 13 },
  );
}

/** East and north of a place, in metres; on so small a piece of the earth it is flat. */
const metresFrom = (centre: Marked, { lat, lon }: Marked): { east: number; north: number } => ({
  east: (lon - centre.lon) * degree * Math.cos((centre.lat * Math.PI) / 180),
  north: (lat - centre.lat) * degree,
});

/** A round length of about a third of the map's width. */
const barLength = (reach: number): number => scaleLinear([0, reach], [0, 1]).ticks(2)[1] ?? reach;

function star(doc: PDFKit.PDFDocument, { x, y }: { x: number; y: number }): void {
  const corner = (i: number) => {
    const far = i % 2 === 0 ? 10 : 4.2;
    return [x + far * Math.sin((i * Math.PI) / 5), y - far * Math.cos((i * Math.PI) / 5)] as const;
  };
  doc.polygon(...Array.from({ length: 10 }, (_, i) => [...corner(i)])).fill('black');
}

function northArrow(doc: PDFKit.PDFDocument, { x, y }: { x: number; y: number }): void {
  doc.polygon([x, y - 6], [x - 6, y + 12], [x, y + 8], [x + 6, y + 12]).fill('black');
}

function bar(
  doc: PDFKit.PDFDocument,
  reach: number,
  scale: number,
  { x, y }: { x: number; y: number },
): void {
  const end = x + barLength(reach) * scale;
  doc.lineWidth(2).moveTo(x, y).lineTo(end, y).stroke('black');
  doc.lineWidth(hairline);
  for (const at of [x, end])
    doc
      .moveTo(at, y - 4)
      .lineTo(at, y + 4)
      .stroke('black');
}
