import { text } from './text.ts';

/** The eras a living person's papers may carry, by first and last day (Gregorian). */
export const eras = {
  western: { label: text.eraWestern, first: '1800-01-01', last: '2999-12-31', offset: 0 },
  reiwa: { label: text.eraReiwa, first: '2019-05-01', last: '2999-12-31', offset: 2018 },
  heisei: { label: text.eraHeisei, first: '1989-01-08', last: '2019-04-30', offset: 1988 },
  showa: { label: text.eraShowa, first: '1926-12-25', last: '1989-01-07', offset: 1925 },
  taisho: { label: text.eraTaisho, first: '1912-07-30', last: '1926-12-24', offset: 1911 },
  meiji: { label: text.eraMeiji, first: '1868-01-25', last: '1912-07-29', offset: 1867 },
} as const;
export type Era = keyof typeof eras;

export const isEra = (value: unknown): value is Era =>
  typeof value === 'string' && Object.hasOwn(eras, value);

/** A day of the Gregorian calendar that exists, as `YYYY-MM-DD`. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === value;
}

/** What a date's inputs come to when they do not make a day; the date field turns each into its sentence. */
export const notADay = {
  incomplete: 'incomplete',
  impossible: 'impossible',
  notInEra: 'not-in-era',
} as const;

/**
 * Joins `<name>-year`, `-month`, `-day` and `-era` of a form to `YYYY-MM-DD`: '' when all are empty, one of `notADay`
 * when they make no day, undefined when the form has no such inputs. Takes full-width figures and 元 for a first year.
 */
export function dateParts(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const given = ['year', 'month', 'day'].map((part) => body[`${name}-${part}`]);
  if (given.every((part) => part === undefined)) return undefined;
  const [year = '', month = '', day = ''] = given.map((part) =>
    typeof part === 'string'
      ? part
          .normalize('NFKC')
          .trim()
          .replace(/^元$/, '1')
          .replace(/[年月日]$/, '')
      : '',
  );
  if (year === '' && month === '' && day === '') return '';
  if (![year, month, day].every((part) => /^\d{1,4}$/.test(part))) return notADay.incomplete;
  const chosen = body[`${name}-era`];
  const era = isEra(chosen) ? chosen : 'western';
  const written = String(Number(year) + eras[era].offset).padStart(4, '0');
  const date = `${written}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isDay(date)) return notADay.impossible;
  if (date >= eras[era].first && date <= eras[era].last) return date;
  return era === 'western' ? notADay.impossible : notADay.notInEra;
}
