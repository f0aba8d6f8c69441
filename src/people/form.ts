import { z } from 'zod';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { asInsurerNumber } from '../kernel/japan/insurer.ts';
import { asStored, isKana } from '../kernel/japan/kana.ts';
import { asPhone } from '../kernel/japan/phone.ts';
import { asPostalCode } from '../kernel/japan/postal.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { choice, dateField, optionalText, saying, textField } from '../web/form.tsx';
import type { Insurance, Person, Postal, ReadBody, ReadPatient, Sex } from './record.ts';
import { text } from './text.ts';

export const sexes = ['female', 'male', 'other', 'unknown'] as const satisfies readonly Sex[];

export type Registration = Readonly<{ person: Person; insurance: Insurance | undefined }>;

/** Some text as typed → as it is kept; the sentence says why it can't be. */
type Reading = (typed: string) => { value: string } | { fault: Sentence };

const read =
  (reading: Reading) =>
  (typed: string, context: z.RefinementCtx): string => {
    const result = reading(typed);
    if ('value' in result) return result.value;
    context.addIssue({ code: 'custom', message: saying(result.fault) });
    return z.NEVER;
  };
const needed = (max: number, ja: string, en: string) =>
  textField({ max, oneLine: true, required: text.missing(ja, en) });
const kana = (ja: string, en: string) =>
  needed(50, ja, en).transform(
    read((typed) => (isKana(typed) ? { value: asStored(typed) } : { fault: text.notKana(ja, en) })),
  );
const optional = (max: number, reading: Reading = (value) => ({ value })) =>
  optionalText(max).transform((typed, context) =>
    typed === undefined ? '' : read(reading)(typed.replaceAll(/\s+/gu, ' '), context),
  );
const orFault =
  (as: (typed: string) => string | undefined, fault: Sentence): Reading =>
  (typed) => {
    const value = as(typed);
    return value === undefined ? { fault } : { value };
  };

/** Tells which of the ways an insurer number goes wrong it is, so that the receptionist knows where to look. */
const insurerNumber: Reading = (typed) => {
  const value = asInsurerNumber(typed);
  if (value !== undefined) return { value };
  const digits = typed.normalize('NFKC').replaceAll(/[\s‐‑–—−ー-]/gu, '');
  if (!/^\d+$/.test(digits)) return { fault: text.insurerNotNumber };
  return {
    fault: [6, 8].includes(digits.length) ? text.insurerCheck : text.insurerDigits(digits.length),
  };
};
/** Parts of the member's identifier are joined by colons. */
const cardText: Reading = (typed) => {
  const value = typed.normalize('NFKC');
  return value.includes(':') ? { fault: text.noColon } : { value };
};
const branch: Reading = (typed) => {
  const digits = typed.normalize('NFKC');
  return /^\d{1,2}$/.test(digits) ? { value: digits.padStart(2, '0') } : { fault: text.wrongBranch };
};
const email: Reading = (typed) => {
  const value = typed.normalize('NFKC');
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value) ? { value } : { fault: text.wrongEmail };
};

/** Where somebody lives and how to reach them. */
export type Whereabouts = Postal & Pick<Person, 'phone' | 'email'>;
const whereFields = (towns: readonly ReadBody[]) => ({
  postalCode: optional(20, orFault(asPostalCode, text.wrongPostal)),
  municipality: textField({ max: 10, required: text.municipalityMissing }).refine(
    (code) => towns.some((town) => town.municipalityCode === code),
    saying(text.unknownMunicipality),
  ),
  line: optional(150),
  phone: optional(
    30,
    orFault((typed) => asPhone(typed)?.shown, text.wrongPhone),
  ),
  email: optional(200, email),
});
type Where = Readonly<Record<keyof ReturnType<typeof whereFields>, string>>;
const whereIn = (f: Where, towns: readonly ReadBody[]): Whereabouts => {
  const town = towns.find((one) => one.municipalityCode === f.municipality);
  return {
    postalCode: f.postalCode,
    prefecture: town?.address?.prefecture ?? '',
    municipalityCode: f.municipality,
    municipality: town?.name ?? '',
    line: f.line,
    ...(f.phone ? { phone: f.phone } : {}),
    ...(f.email ? { email: f.email } : {}),
  };
};
/** The same alone, for an address that is kept apart. */
export const whereaboutsSchema = (towns: readonly ReadBody[]): z.ZodType<Whereabouts> =>
  z.object(whereFields(towns)).transform((f) => whereIn(f, towns));

const given = (value: unknown): boolean => typeof value === 'string' && value !== '';
const always = { when: () => true };

/**
 * What a registration has to be: names in kanji and kana, a birth date that can be, an address in a known municipality;
 * insurance as a whole or not at all. Says every fault at once. Where the address is `sealed` the form has none.
 */
export function registrationSchema(
  now: Date,
  towns: readonly ReadBody[],
  sealed = false,
): z.ZodType<Registration> {
  const today = dayInTokyo(now);
  const oldest = `${String(Number(today.slice(0, 4)) - 130)}${today.slice(4)}`;
  return z
    .object({
      family: needed(50, '姓', 'family name'),
      given: needed(50, '名', 'given name'),
      familyKana: kana('姓のフリガナ', 'family name in kana'),
      givenKana: kana('名のフリガナ', 'given name in kana'),
      birthDate: dateField(text.birthMissing)
        .refine((day) => day <= today, saying(text.birthFuture))
        .refine((day) => day > oldest, saying(text.birthTooOld)),
      sex: choice(sexes, text.sexMissing),
      ...whereFields(towns),
      ...(sealed ? { municipality: z.unknown().transform(() => '') } : {}),
      insurerNumber: optional(20, insurerNumber),
      symbol: optional(30, cardText),
      number: optional(30, cardText),
      branch: optional(4, branch),
    })
    .refine((f) => given(f.insurerNumber) || ![f.symbol, f.number, f.branch].some(given), {
      ...always,
      path: ['insurerNumber'],
      message: saying(text.insurerMissing),
    })
    .refine((f) => given(f.number) || ![f.insurerNumber, f.symbol, f.branch].some(given), {
      ...always,
      path: ['number'],
      message: saying(text.numberMissing),
    })
    .transform((f): Registration => ({
      person: {
        family: f.family,
        given: f.given,
        familyKana: f.familyKana,
        givenKana: f.givenKana,
        birthDate: f.birthDate,
        sex: f.sex,
        ...whereIn(f, towns),
      },
      insurance: f.insurerNumber
        ? { insurerNumber: f.insurerNumber, symbol: f.symbol, number: f.number, branch: f.branch }
        : undefined,
    }));
}

export const whereaboutsOf = (person: Whereabouts): Readonly<Record<string, string>> => ({
  postalCode: person.postalCode,
  municipality: person.municipalityCode,
  line: person.line,
  phone: person.phone ?? '',
  email: person.email ?? '',
});

/** A registration as the form's fields show it. */
export const valuesOf = (
  person: ReadPatient | Person,
  insurance: Insurance | undefined,
): Readonly<Record<string, string>> => ({
  family: person.family,
  given: person.given,
  familyKana: person.familyKana,
  givenKana: person.givenKana,
  birthDate: person.birthDate,
  sex: person.sex,
  ...whereaboutsOf(person),
  insurerNumber: insurance?.insurerNumber ?? '',
  symbol: insurance?.symbol ?? '',
  number: insurance?.number ?? '',
  branch: insurance?.branch ?? '',
});
