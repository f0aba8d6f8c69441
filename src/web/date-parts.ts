import { eras as table, isDay, toEra, yearOfEra, type EraKey } from '../kernel/japan/era.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { text } from './text.ts';

export { isDay } from '../kernel/japan/era.ts';

/** What can be chosen before a year, the western calendar first. */
export const eras = {
  western: { label: text.eraWestern },
  ...(Object.fromEntries(table.map(({ key, ja, en }) => [key, { label: { ja, en } }])) as Record<
    EraKey,
    Readonly<{ label: Sentence }>
  >),
} as const;
export type Era = keyof typeof eras;

export const isEra = (value: unknown): value is Era =>
  typeof value === 'string' && Object.hasOwn(eras, value);

/** What a date's inputs come to when they do not make a day; the date field turns each into its sentence. */
export const notADay = {
  incomplete: 'incomplete',
  impossible: 'impossible',
  notInEra: 'not-in-era',
} as const;

/**
 * Joins `<name>-year`, `-month`, `-day` and `-era` of a form to `YYYY-MM-DD`: '' when all are empty, one of `notADay`
 * when they make no day, undefined when the form has no such inputs. A year of four figures is western. Takes full-width figures and 元 for a first year.
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
  // No era had a thousand years: four figures are a western year, whatever stands before them.
  const era = isEra(chosen) && year.length < 4 ? chosen : 'western';
  const written = era === 'western' ? Number(year) : yearOfEra(era, Number(year));
  const date = `${String(written).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isDay(date)) return notADay.impossible;
  if (era === 'western') return written >= 1800 && written < 3000 ? date : notADay.impossible;
  return toEra(date)?.key === era ? date : notADay.notInEra;
}
