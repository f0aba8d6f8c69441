import { dayInTokyo } from './calendar.ts';

/** The eras people alive can be born in, newest first, each with its first day. */
export const eras = [
  { key: 'reiwa', letter: 'R', ja: '令和', en: 'Reiwa', from: '2019-05-01' },
  { key: 'heisei', letter: 'H', ja: '平成', en: 'Heisei', from: '1989-01-08' },
  { key: 'showa', letter: 'S', ja: '昭和', en: 'Showa', from: '1926-12-25' },
  { key: 'taisho', letter: 'T', ja: '大正', en: 'Taisho', from: '1912-07-30' },
  // Dates before 1873 follow another calendar and are not converted.
  { key: 'meiji', letter: 'M', ja: '明治', en: 'Meiji', from: '1873-01-01' },
] as const;

export type EraKey = (typeof eras)[number]['key'];
export type EraLetter = (typeof eras)[number]['letter'];
export type EraDate = Readonly<{
  key: EraKey;
  letter: EraLetter;
  era: (typeof eras)[number]['ja'];
  year: number;
  month: number;
  day: number;
  /** 令和8年; the first year is 元年. */
  yearText: string;
  /** 令和8年11月20日; the first year is 元年. */
  text: string;
}>;

/** The era date of a day (`YYYY-MM-DD`) or of an instant in Tokyo; undefined before 1873 and for an impossible day. */
export function toEra(date: string | Date): EraDate | undefined {
  const iso = typeof date === 'string' ? date : dayInTokyo(date);
  const era = eras.find((e) => e.from <= iso);
  if (!isDay(iso) || era === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  const inEra = year - firstYear(era.letter) + 1;
  const yearText = `${era.ja}${inEra === 1 ? '元' : String(inEra)}年`;
  const text = `${yearText}${String(month)}月${String(day)}日`;
  return { key: era.key, letter: era.letter, era: era.ja, year: inEra, month, day, yearText, text };
}

/**
 * A fiscal year (April to March) as 令和8年度, by the era in which it stood at the end of its calendar year: the one in
 * which Reiwa began is 令和元年度 as a whole, as the state's offices call it.
 */
export const fiscalYearInEra = (year: number): string =>
  `${toEra(`${pad(year, 4)}-12-31`)?.yearText ?? `${String(year)}年`}度`;

/**
 * The day (`YYYY-MM-DD`) of an era date; the era by its letter or its Japanese name. Undefined when there is no such day
 * in that era, such as 昭和64年1月8日.
 */
export function fromEra(era: string, year: number, month: number, day: number): string | undefined {
  const at = eras.findIndex((e) => e.letter === era.toUpperCase() || e.ja === era);
  const found = eras[at];
  if (found === undefined || !Number.isInteger(year) || year < 1) return undefined;
  const iso = `${pad(firstYear(found.letter) + year - 1, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const next = eras[at - 1]?.from ?? '9999-12-31';
  return isDay(iso) && iso >= found.from && iso < next ? iso : undefined;
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** The western year of a year of an era, whether or not the era lasted so long. */
export const yearOfEra = (key: EraKey, year: number): number => {
  const era = eras.find((one) => one.key === key);
  return (era ? firstYear(era.letter) : 1) + year - 1;
};

const firstYear = (letter: EraLetter): number =>
  // Meiji 1 is 1868, although dates are taken from its sixth year on.
  letter === 'M' ? 1868 : Number(eras.find((e) => e.letter === letter)?.from.slice(0, 4));

/** Whether that day exists: `YYYY-MM-DD`, no 30 February. */
export const isDay = (iso: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
  const read = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso);
};
