import type { Language } from '../kernel/sentence.ts';

const complete = /^\d{4}-\d{2}-\d{2}$/;
const tokyo = { timeZone: 'Asia/Tokyo' } as const;
const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  ...tokyo,
  era: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});
const eraYear = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { ...tokyo, era: 'long', year: 'numeric' });
const english = new Intl.DateTimeFormat('en-GB', {
  ...tokyo,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const isoDay = new Intl.DateTimeFormat('sv-SE', { ...tokyo });

/** Noon in Japan, so that no zone moves the day; undefined for what is neither a day nor an instant. */
function instantOf(date: string): Date | undefined {
  const at = new Date(complete.test(date) ? `${date}T12:00:00+09:00` : date);
  return /^\d{4}-\d{2}-\d{2}(T|$)/.test(date) && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** `2026-11-21` or an instant as 令和8年11月21日 / 21 November 2026. A year or a month alone stays one; other text is kept as it is. */
export function longDay(date: string, language: Language): string {
  const at = instantOf(date);
  if (at) return (language === 'ja' ? era : english).format(at);
  const [, year, month] = /^(\d{4})(?:-(\d{2}))?$/.exec(date) ?? [];
  if (year === undefined || language === 'en') return date;
  return month === undefined ? `${year}年` : `${year}年${String(Number(month))}月`;
}

/** A birth date with both calendars and the age on the day of printing: 昭和23年（1948年）5月3日, 78歳. */
export function birthDay(birthDate: string, on: string, language: Language): string {
  const years = ageOn(birthDate, on);
  const at = instantOf(birthDate);
  if (!at || years === undefined) return longDay(birthDate, language);
  if (language === 'en') return `${english.format(at)} (age ${String(years)})`;
  const [year = '', month = '', day = ''] = birthDate.split('-');
  return `${eraYear.format(at)}（${year}年）${String(Number(month))}月${String(Number(day))}日　${String(years)}歳`;
}

/** Full years lived on a day; undefined unless the birth date is a full date not after it. */
export function ageOn(birthDate: string, on: string): number | undefined {
  const at = instantOf(on);
  if (!complete.test(birthDate) || !at) return undefined;
  const [birthYear, birthRest] = [Number(birthDate.slice(0, 4)), birthDate.slice(5)];
  const today = isoDay.format(at);
  const years = Number(today.slice(0, 4)) - birthYear - (today.slice(5) < birthRest ? 1 : 0);
  return years < 0 ? undefined : years;
}

/** From one day to another, either of which may be open. */
export function span(
  start: string | undefined,
  end: string | undefined,
  language: Language,
): string | undefined {
  if (start === undefined && end === undefined) return undefined;
  const [from, to] = [start, end].map((date) => (date === undefined ? '' : longDay(date, language)));
  if (language === 'ja') return [from && `${from}から`, to && `${to}まで`].filter(Boolean).join('　');
  return [from && `from ${from}`, to && `until ${to}`].filter(Boolean).join(' ');
}
