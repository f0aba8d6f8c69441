import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { asStored, isKana } from '../../kernel/japan/kana.ts';
import { asPhone } from '../../kernel/japan/phone.ts';
import { asPostalCode } from '../../kernel/japan/postal.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { readSearch } from '../../people/search.ts';
import type { Invitations } from '../../programs/program.ts';
import type { Column } from './columns.ts';
import { text } from './text.ts';

/** Somebody on a list, as it is kept. `branch` is two figures or empty, as are the others that were left out. */
export type Member = Readonly<Record<Column, string> & { line: number }>;

export type Reading = Readonly<{ now: Date; reasons: Invitations['reasons'] }>;
type Read = { value: string } | { fault: Sentence };

const longest: Readonly<Record<Column, number>> = {
  symbol: 30,
  number: 30,
  branch: 10,
  name: 100,
  kana: 100,
  birthDate: 20,
  postalCode: 10,
  address: 200,
  phone: 30,
  reason: 100,
};

const orFault = (value: string | undefined, fault: Sentence): Read =>
  value === undefined ? { fault } : { value };

function birthDay(typed: string, now: Date): Read {
  const day = readSearch(typed)?.birthDate;
  const today = dayInTokyo(now);
  if (day === undefined) return { fault: text.birthWrong(typed) };
  if (day > today) return { fault: text.birthFuture };
  if (day <= `${String(Number(today.slice(0, 4)) - 130)}${today.slice(4)}`) return { fault: text.birthOld };
  return { value: day };
}

const plain = (typed: string): string => typed.normalize('NFKC').replaceAll(/\s/gu, '').toLowerCase();

function reasonOf(typed: string, reasons: Reading['reasons']): Read {
  const found = reasons.find(({ code, name }) =>
    [code, name.ja, name.en].some((one) => plain(one) === plain(typed)),
  );
  return orFault(found?.code, text.reasonWrong(typed, reasons.map(({ name }) => name.ja).join('／')));
}

function read(column: Column, typed: string, { now, reasons }: Reading): Read {
  const narrow = typed.normalize('NFKC').trim();
  switch (column) {
    case 'symbol':
    case 'number':
      return orFault(
        /^[\p{L}\p{N}ー‐−・/-]*$/u.test(narrow) && !narrow.includes(':') ? narrow : undefined,
        text.numberWrong,
      );
    case 'branch':
      return orFault(/^\d{1,2}$/.test(narrow) ? narrow.padStart(2, '0') : undefined, text.branchWrong);
    case 'kana':
      return orFault(isKana(typed) ? asStored(typed) : undefined, text.kanaWrong);
    case 'birthDate':
      return birthDay(typed, now);
    case 'postalCode':
      return orFault(asPostalCode(typed), text.postalWrong);
    case 'phone':
      return orFault(asPhone(typed)?.shown, text.phoneWrong);
    case 'reason':
      return reasonOf(typed, reasons);
    case 'name':
    case 'address':
      // As it is written: NFKC would change characters of names.
      return { value: typed.replaceAll(/\s+/gu, ' ') };
  }
}

/** One cell of a list as it is kept, or what is wrong with it. A cell that may be empty stays so. */
export function readCell(column: Column, cell: string, isNeeded: boolean, reading: Reading): Read {
  const typed = cell.trim();
  if (typed === '') return isNeeded ? { fault: text.left } : { value: '' };
  if (/(?!\s)\p{Cc}|\p{Cs}|\p{Cf}/u.test(typed)) return { fault: text.control };
  if (Array.from(typed).length > longest[column]) return { fault: text.tooLong(longest[column]) };
  return read(column, typed, reading);
}
