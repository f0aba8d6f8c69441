import type { Language } from '../kernel/sentence.ts';
import type { ReadBody } from '../people/record.ts';
import { birthDay } from './dates.ts';
import { gridOf, type Field } from './grid.ts';
import { linesOf } from './lines.ts';
import { nameRuby } from './ruby.ts';
import { drawTable, type Table } from './rows.ts';
import { frame, paragraph, room, type Sheet } from './sheet.ts';
import { text } from './text.ts';

/** A clinic, an office or a group, and the person in it who writes or is written to. */
export type Party = Readonly<{
  organization: string;
  department?: string;
  person?: string;
  postalCode?: string;
  address?: string;
  tel?: string;
  fax?: string;
}>;

/** An organization as it stands on paper; what is not known of it is left out. */
export const partyOf = (body: ReadBody | undefined): Party => ({
  organization: body?.name ?? '',
  ...(body?.address?.postalCode ? { postalCode: body.address.postalCode } : {}),
  ...(body?.address
    ? { address: `${body.address.prefecture}${body.address.municipality}${body.address.line}` }
    : {}),
  ...reachOf(body),
});

export const reachOf = (
  reach: Readonly<{ phone?: string; fax?: string }> | undefined,
): Pick<Party, 'tel' | 'fax'> => ({
  ...(reach?.phone ? { tel: reach.phone } : {}),
  ...(reach?.fax ? { fax: reach.fax } : {}),
});

export type PersonShown = Readonly<{
  name: string;
  kana?: string;
  birthDate?: string;
  gender?: 'male' | 'female' | 'other' | 'unknown';
  postalCode?: string;
  address?: string;
  phone?: string;
  /** Name and number of the insurer, as one line. */
  insurer?: string;
  /** When and through whom to get in touch. */
  contactBy?: string;
  /** What nobody may overlook before getting in touch: printed large, in a box. */
  warning?: string;
}>;

/** 〒 and address on one line. */
export const addressOf = (
  { postalCode, address }: Pick<Party, 'postalCode' | 'address'>,
  language: Language,
): string | undefined =>
  [postalCode && text.postal(postalCode)[language], address].filter(Boolean).join('　') || undefined;

export const numbersOf = ({ tel, fax }: Pick<Party, 'tel' | 'fax'>, language: Language): string | undefined =>
  [tel && text.tel(tel)[language], fax && text.fax(fax)[language]].filter(Boolean).join('　') || undefined;

/** What is known of a person, as a grid; only what the data carry. `on` is the day their age is told for; `more` makes a last row. */
export const personGrid = (...given: Parameters<typeof personTable>): void =>
  drawTable(given[0], personTable(...given));

/** The same, measured and not drawn yet. */
export function personTable(
  sheet: Sheet,
  person: PersonShown,
  on: string,
  more: readonly Field[] = [],
): Table {
  const { language } = sheet;
  const { gender } = person;
  if (person.warning) warned(sheet, person.warning);
  const shownGender = gender === undefined || gender === 'unknown' ? undefined : text[gender][language];
  const birth = person.birthDate && birthDay(person.birthDate, on, language);
  return gridOf(sheet, [
    [
      {
        label: text.name[language],
        value: person.name,
        style: sheet.styles.large,
        part: 6,
        ruby: nameRuby(person.name, person.kana),
      },
      { label: text.kana[language], value: person.kana, part: 5 },
    ],
    [
      { label: text.birth[language], value: birth, part: 6 },
      { label: text.gender[language], value: shownGender, part: 3 },
    ],
    [{ label: text.address[language], value: addressOf(person, language) }],
    [{ label: text.phone[language], value: person.phone }],
    [{ label: text.insurer[language], value: person.insurer }],
    [{ label: text.contactBy[language], value: person.contactBy }],
    more,
  ]);
}

/** A box with a heavy line, that a fax keeps. */
export function warned(sheet: Sheet, words: string): void {
  const style = sheet.styles.large;
  const inset = 10;
  const width = frame.width - 2 * inset;
  const lines = linesOf(words, width, style.size, style.weight).length;
  room(sheet, lines * style.leading + 2 * inset);
  const top = sheet.y;
  sheet.y += inset;
  paragraph(sheet, words, { x: frame.left + inset, width, style, after: 0 });
  sheet.y += inset;
  sheet.pen.box(frame.left, top, frame.width, sheet.y - top, 2.5);
  sheet.y += 8;
}
