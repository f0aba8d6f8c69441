import { fromEra, isDay } from '../kernel/japan/era.ts';

/** What somebody typed into the search box, taken apart. A text may be several things at once. */
export type PatientSearch = Readonly<{
  /** Parts of a name; each has to be there. */
  words: readonly string[];
  /** Four digits or more. */
  digits: string | undefined;
  /** `YYYY-MM-DD` */
  birthDate: string | undefined;
}>;

/** Reads `さとう はな`, `090-0000-1234`, `1234`, `1941-03-04`, `1941年3月4日`, `19410304`, `昭和16年3月4日`, `S16.3.4`. */
export function readSearch(typed: string): PatientSearch | undefined {
  const text = typed.normalize('NFKC').trim().slice(0, 100);
  if (text === '') return undefined;
  const birthDate = readDay(text);
  const digits = /^[\d\s()+‐‑–—−ー-]+$/u.test(text) ? text.replaceAll(/\D/g, '') : '';
  if (birthDate !== undefined || digits.length >= 4)
    return { words: [], digits: digits.length >= 4 ? digits : undefined, birthDate };
  return { words: text.split(/\s+/u).slice(0, 5), digits: undefined, birthDate: undefined };
}

const eraLetters: Readonly<Record<string, string>> = {
  明治: 'M',
  大正: 'T',
  昭和: 'S',
  平成: 'H',
  令和: 'R',
};

function readDay(text: string): string | undefined {
  const era = /^(明治|大正|昭和|平成|令和|[MTSHR])\s*(元|\d{1,2})[年./-](\d{1,2})[月./-](\d{1,2})日?$/iu.exec(
    text,
  );
  if (era) {
    const [, name = '', year = '', month, day] = era;
    return fromEra(eraLetters[name] ?? name, year === '元' ? 1 : Number(year), Number(month), Number(day));
  }
  const western =
    /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/u.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const [, year = '', month = '', day = ''] = western ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : undefined;
}
