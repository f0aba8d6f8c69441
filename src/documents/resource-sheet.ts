import type { Language } from '../kernel/sentence.ts';
import { drawQr } from './answer.ts';
import { longDay } from './dates.ts';
import { grid } from './grid.ts';
import { linesOf } from './lines.ts';
import { areaMap, type Marked } from './map.ts';
import { mm } from './pen.ts';
import { drawAlone, frame, heading, paragraph, room, type Sheet, type Sketch } from './sheet.ts';
import { resourceText } from './resource-text.ts';
import { text } from './text.ts';

export type ResourceSheetData = Readonly<{
  language: Language;
  name: string;
  kana?: string;
  summary?: string;
  phone?: string;
  fax?: string;
  when?: string;
  fee?: string;
  eligibility?: string;
  appointment?: string;
  provider?: string;
  place?: Readonly<{ name: string; address: string; lat?: number; lon?: number }>;
  /** Other places around, nearest first. */
  near: readonly Marked[];
  /** Day on which somebody last made sure of it. */
  assured?: string;
  printedOn: string;
  /** Where it can be seen on the net. */
  url: string;
}>;

/** A community resource to take along: the telephone number in large figures, and where it is. */
export const resourceSheet = (data: ResourceSheetData): Promise<Buffer> => drawAlone(resourceSketch(data));

const huge = { size: 30, leading: 42, weight: 'bold' } as const;
const side = mm(34);

export function resourceSketch(data: ResourceSheetData): Sketch {
  const { language, printedOn: on, place } = data;
  const draw = (sheet: Sheet): void => {
    heading(sheet, [
      text.printedOn(longDay(on, language))[language],
      data.assured && resourceText.assuredOn(longDay(data.assured, language))[language],
    ]);
    if (data.summary) paragraph(sheet, data.summary, { style: sheet.styles.large, after: 8 });
    if (data.phone) large(sheet, text.phone[language], data.phone);
    if (data.when)
      large(sheet, resourceText.resourceWhen[language], data.when, { size: 18, leading: 26, weight: 'bold' });
    grid(sheet, [
      [{ label: text.where[language], value: place?.name, style: sheet.styles.large }],
      [{ label: text.address[language], value: place?.address, style: sheet.styles.large }],
      [{ label: resourceText.fee[language], value: data.fee }],
      [{ label: resourceText.eligibility[language], value: data.eligibility }],
      [{ label: resourceText.appointment[language], value: data.appointment }],
      [{ label: resourceText.faxLabel[language], value: data.fax }],
      [{ label: resourceText.provider[language], value: data.provider }],
    ]);
    if (place?.lat !== undefined && place.lon !== undefined) {
      areaMap(sheet, {
        title: resourceText.map[language],
        centre: { name: data.name, lat: place.lat, lon: place.lon },
        near: data.near,
      });
      addresses(sheet, [
        [resourceText.mapQr[language], mapAddress(place.lat, place.lon)],
        [resourceText.entryQr[language], data.url],
      ]);
    } else addresses(sheet, [[resourceText.entryQr[language], data.url]]);
  };
  return { opening: { language, title: data.name, on, data }, draw };
}

/** The map of the Geospatial Information Authority of Japan, at a scale at which streets have names. */
const mapAddress = (lat: number, lon: number): string =>
  `https://maps.gsi.go.jp/#17/${lat.toFixed(5)}/${lon.toFixed(5)}/`;

function large(
  sheet: Sheet,
  label: string,
  words: string,
  style: { size: number; leading: number; weight: 'bold' } = huge,
): void {
  const { pen, styles } = sheet;
  const lines = linesOf(words, frame.width - 4, style.size, style.weight);
  room(sheet, styles.label.leading + lines.length * style.leading);
  const tag = pen.tag(pen.root, 'P');
  pen.write(tag, [label], { x: frame.left + 2, y: sheet.y, width: frame.width }, styles.label);
  sheet.y += styles.label.leading;
  pen.write(tag, lines, { x: frame.left + 2, y: sheet.y, width: frame.width - 4 }, style);
  sheet.y += lines.length * style.leading + 4;
}

function addresses(sheet: Sheet, list: readonly (readonly [label: string, url: string])[]): void {
  const { pen, styles } = sheet;
  room(sheet, side + 12);
  const width = frame.width / 2;
  list.forEach(([label, url], i) => {
    const x = frame.left + i * width;
    drawQr(sheet, url, x, sheet.y + 4, side);
    const at = { x: x + side + 8, y: sheet.y + 16, width: width - side - 16 };
    pen.write(
      pen.tag(pen.root, 'P'),
      linesOf(label, at.width, styles.strong.size, 'bold'),
      at,
      styles.strong,
    );
  });
  sheet.y += side + 8;
}
