import type { Language } from '../kernel/sentence.ts';

const zone = { timeZone: 'Asia/Tokyo' } as const;
const isoInTokyo = new Intl.DateTimeFormat('sv-SE', {
  ...zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const plain = {
  ja: new Intl.DateTimeFormat('ja-JP', { ...zone, dateStyle: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { ...zone, dateStyle: 'long' }),
};
const month = {
  ja: new Intl.DateTimeFormat('ja-JP', { ...zone, year: 'numeric', month: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { ...zone, year: 'numeric', month: 'long' }),
};
const dayOnly = {
  ja: new Intl.DateTimeFormat('ja-JP', { ...zone, month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { ...zone, month: 'short', day: 'numeric' }),
};
const weekday = {
  ja: new Intl.DateTimeFormat('ja-JP', { ...zone, weekday: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { ...zone, weekday: 'short' }),
};
const time = new Intl.DateTimeFormat('en-GB', {
  ...zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { ...zone, dateStyle: 'long' });

/** The calendar day in Japan, `YYYY-MM-DD`. */
export const tokyoDate = (date: Date): string => isoInTokyo.format(date);

const instant = (date: Date | string): Date =>
  typeof date === 'string' ? new Date(date.length === 10 ? `${date}T12:00:00+09:00` : date) : date;

/**
 * A day as people in Japan read it: 2026年11月21日, 21 November 2026; with `era` 昭和16年3月4日（1941年）, in
 * letters, whose other days are so, `'only'` the era; with
 * `year: false` 11月21日, 21 Nov, for deadlines in a list.
 * Takes an instant, or a FHIR date or dateTime; a date known only to the year or month stays so; unreadable text is
 * shown as it came.
 */
export function showDate(
  date: Date | string,
  language: Language,
  how: Readonly<{ era?: boolean | 'only'; weekday?: boolean; year?: boolean }> = {},
): string {
  if (typeof date === 'string' && /^\d{4}$/.test(date)) return language === 'ja' ? `${date}年` : date;
  const monthOnly = typeof date === 'string' && /^\d{4}-\d{2}$/.test(date);
  const at = instant(monthOnly ? `${date}-01` : date);
  if (Number.isNaN(at.getTime())) return String(date);
  if (monthOnly) return month[language].format(at);
  const day = how.weekday === true ? `（${weekday.ja.format(at)}）` : '';
  const western = how.year === false ? dayOnly[language] : plain[language];
  if (language === 'en')
    return `${how.weekday === true ? `${weekday.en.format(at)} ` : ''}${western.format(at)}`;
  if (how.era === 'only') return `${era.format(at)}${day}`;
  if (how.era !== true) return `${western.format(at)}${day}`;
  return `${era.format(at)}${day}（${tokyoDate(at).slice(0, 4)}年）`;
}

/** 2026年11月21日 14:05, 21 November 2026, 14:05. */
export function showDateTime(date: Date | string, language: Language): string {
  const at = instant(date);
  if (Number.isNaN(at.getTime())) return String(date);
  return `${plain[language].format(at)}${language === 'ja' ? ' ' : ', '}${time.format(at)}`;
}

/** Full years on that day in Japan. A birth date known only to the year or month counts from its first day. */
export function ageOn(birthDate: string, now: Date): number {
  const born = `${birthDate}-01-01`.slice(0, 10);
  const today = tokyoDate(now);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}
