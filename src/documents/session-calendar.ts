import type { Language } from '../kernel/sentence.ts';
import { drawQr } from './answer.ts';
import { linesOf } from './lines.ts';
import { listingOf } from './listing.ts';
import { drawTable } from './rows.ts';
import { mm, type Style } from './pen.ts';
import { drawAlone, frame, heading, paragraph, room, section, type Sheet, type Sketch } from './sheet.ts';
import { text } from './session-text.ts';

export type SessionShown = Readonly<{
  startsAt: string;
  endsAt: string;
  title: string;
  kind?: string | undefined;
  place?: string | undefined;
  leader?: string | undefined;
  phone?: string | undefined;
  /** How one can take part, in words. */
  ways: readonly string[];
  dropIn: boolean;
  cancelled: boolean;
}>;

export type SessionCalendarData = Readonly<{
  language: Language;
  /** Who holds them, and where one can call. */
  body: string;
  phone?: string | undefined;
  /** `YYYY-MM`. */
  month: string;
  on: string;
  /** Where one signs up; left out where one cannot without calling. */
  url?: string | undefined;
  sessions: readonly SessionShown[];
}>;

const day = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', day: 'numeric' });
const weekday = {
  ja: new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', weekday: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', weekday: 'short' }),
};
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

type Looks = Readonly<{ day: Style; title: Style; line: Style; dayWidth: number; gap: number }>;

/** As large as a month fits on one side; a very full one goes on to a second. */
function looksFor(count: number): Looks {
  const [size, gap] = count <= 8 ? [17, 6] : count <= 10 ? [14, 4] : count <= 12 ? [12, 2] : [11, 1.5];
  const style = (points: number, weight: Style['weight']): Style => ({
    size: points,
    leading: Math.round(points * 1.3),
    weight,
  });
  return {
    day: style(size + 1, 'bold'),
    title: style(size, 'bold'),
    line: style(Math.max(10, size - 3), 'regular'),
    dayWidth: (size + 1) * 5.6,
    gap,
  };
}

const heads = { size: 15, leading: 21, weight: 'bold' } as const satisfies Style;
const side = mm(32);

/**
 * A month of sessions to hang on a wall: large, in black and white, with the way to sign up and a telephone number. Where
 * a session is held online stands on no paper.
 */
export const sessionCalendar = (data: SessionCalendarData): Promise<Buffer> =>
  drawAlone(calendarSketch(data));

export function calendarSketch(data: SessionCalendarData): Sketch {
  const { language, month } = data;
  const [year = '', number = ''] = month.split('-');
  const title = text.calendarTitle(Number(year), Number(number))[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [data.body]);
    signUp(sheet, data);
    const looks = looksFor(data.sessions.length);
    if (data.sessions.length === 0) {
      const none = month < data.on.slice(0, 7) ? text.none : text.noneLeft;
      paragraph(sheet, none[language], { style: looks.line });
    }
    for (const one of data.sessions) row(sheet, one, looks);
  };
  return { opening: { language, title, on: data.on, data }, draw };
}

function signUp(sheet: Sheet, { url, phone, language }: SessionCalendarData): void {
  const top = sheet.y;
  const width = frame.width - (url === undefined ? 0 : side + 12);
  if (url !== undefined) {
    paragraph(sheet, text.signUp[language], { width, style: heads, after: 2 });
    paragraph(sheet, url, { width, style: sheet.styles.small, after: 2 });
    drawQr(sheet, url, frame.right - side, top, side);
  }
  if (phone !== undefined) paragraph(sheet, text.call(phone)[language], { width, style: heads, after: 4 });
  if (url !== undefined) sheet.y = Math.max(sheet.y, top + side + 4);
  sheet.pen.rule(frame.left, sheet.y, frame.width, 1);
  sheet.y += 6;
}

function row(sheet: Sheet, one: SessionShown, looks: Looks): void {
  const { pen, language } = sheet;
  const at = new Date(one.startsAt);
  const { day: dayStyle, title: titleStyle, line: lineStyle, dayWidth, gap } = looks;
  const x = frame.left + dayWidth;
  const width = frame.right - x;
  const lines = [
    [one.cancelled ? `${text.cancelled[language]}　${one.title}` : one.title, titleStyle],
    [
      [`${clock.format(at)}–${clock.format(new Date(one.endsAt))}`, one.place].filter(Boolean).join('　'),
      lineStyle,
    ],
    [
      [...one.ways, ...(one.dropIn ? [text.dropIn[language]] : []), one.leader, one.phone]
        .filter(Boolean)
        .join('　'),
      lineStyle,
    ],
  ] as const;
  const drawn = lines
    .filter(([words]) => words !== '')
    .map(([words, style]) => ({ style, lines: linesOf(words, width, style.size, style.weight) }));
  const height = drawn.reduce((sum, part) => sum + part.lines.length * part.style.leading, 0) + 2 * gap;
  room(sheet, Math.max(height, dayStyle.leading + 2 * gap));
  const top = sheet.y;
  const name = `${language === 'ja' ? day.format(at) : String(Number(day.format(at).replace(/\D/g, '')))}（${weekday[language].format(at)}）`;
  const list = pen.tag(pen.root, 'P');
  pen.write(list, [name], { x: frame.left, y: top, width: dayWidth - 4 }, dayStyle);
  let y = top;
  for (const part of drawn) {
    pen.write(pen.tag(pen.root, 'P'), part.lines, { x, y, width }, part.style);
    y += part.lines.length * part.style.leading;
  }
  sheet.y = Math.max(y, top + dayStyle.leading) + gap;
  pen.rule(frame.left, sheet.y, frame.width);
  sheet.y += gap;
}

export type ListSheetData = Readonly<{
  kind: 'attendance' | 'calls';
  language: Language;
  title: string;
  when: string;
  place?: string | undefined;
  on: string;
  /** By which the pages of an attendance list are known when they come back. */
  sheetId?: string;
  rows: readonly Readonly<{ name: string; how: string; phone?: string | undefined }>[];
  /** Lines left for those who come without having signed up. */
  empty: number;
}>;

/** Who has a place, with boxes to tick; or whom to call before, with room to note what was said. */
export const listSheet = (data: ListSheetData): Promise<Buffer> => drawAlone(listSketch(data));

export function listSketch(data: ListSheetData): Sketch {
  const { language, kind } = data;
  const title = text[kind === 'attendance' ? 'listTitle' : 'callsTitle'][language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [data.when]);
    paragraph(sheet, [data.title, data.place].filter(Boolean).join('　'), { style: sheet.styles.large });
    section(sheet, text.people[language]);
    const open = (label: string) => ({ label, chosen: false });
    const box =
      kind === 'attendance' ? [open(text.present[language]), open(text.absent[language])] : [open('')];
    const named = data.rows.map((one) =>
      kind === 'attendance'
        ? [one.name, one.how, box]
        : [one.name, one.phone ?? text.noPhone[language], one.how, box],
    );
    const blank = Array.from({ length: data.empty }, () => ['　', '　', box]);
    if (named.length + blank.length === 0) {
      paragraph(sheet, text.nobody[language]);
      return;
    }
    const columns =
      kind === 'attendance'
        ? [
            { title: text.name[language], part: 0.45, byHand: true },
            { title: text.how[language], part: 0.2, byHand: true },
            { title: text.there[language], part: 0.35 },
          ]
        : [
            { title: text.name[language], part: 0.3 },
            { title: text.phone[language], part: 0.3 },
            { title: text.how[language], part: 0.2 },
            { title: text.called[language], part: 0.2 },
          ];
    drawTable(sheet, listingOf(sheet, columns, [...named, ...blank]));
  };
  const { sheetId } = data;
  const opening = { language, title, on: data.on, data, ...(sheetId === undefined ? {} : { sheetId }) };
  return { opening, draw };
}
