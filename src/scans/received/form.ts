import { z } from 'zod';
import { lastDay } from '../../consent/term.ts';
import { asStored, isKana } from '../../kernel/japan/kana.ts';
import { asPhone } from '../../kernel/japan/phone.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { ReadBody } from '../../people/record.ts';
import { needCodes } from '../../programs/needs.ts';
import type { Program } from '../../programs/program.ts';
import { urgencies } from '../../referral/record.ts';
import {
  choice,
  choices,
  dateField,
  optionalDate,
  optionalText,
  saying,
  textField,
  tick,
} from '../../web/form.tsx';
import { text } from './text.ts';

export const sexes = ['female', 'male', 'unknown'] as const;

const named = (label: Sentence) =>
  textField({ max: 50, oneLine: true, required: text.missing(label.ja, label.en) });
const kana = (label: Sentence) =>
  named(label)
    .refine((typed) => typed === '' || isKana(typed), saying(text.notKana))
    .transform(asStored);

type Choices = Readonly<{
  today: string;
  clinics: readonly ReadBody[];
  towns: readonly ReadBody[];
}>;

/** A person as the sheet tells of them, and the clinic it came from. `today` is a day in Tokyo. */
export const personSchema = (given: Choices) =>
  z.object({
    clinic: choice(
      given.clinics.map((one) => one.id),
      text.clinicMissing,
    ),
    family: named(text.family),
    given: named(text.given),
    familyKana: kana(text.familyKana),
    givenKana: kana(text.givenKana),
    birthDate: dateField(text.birthMissing).refine((day) => day <= given.today, saying(text.birthFuture)),
    sex: choice(sexes),
    phone: optionalText(30).transform((typed, context) => {
      if (typed === undefined) return undefined;
      const phone = asPhone(typed)?.shown;
      if (phone === undefined) context.addIssue({ code: 'custom', message: saying(text.wrongPhone) });
      return phone;
    }),
    municipality: optionalText(10).refine(
      (code) => code === undefined || given.towns.some((town) => town.municipalityCode === code),
      saying(text.missing(text.town.ja, text.town.en)),
    ),
    line: optionalText(150),
    known: optionalText(36),
  });
export type PersonForm = z.infer<ReturnType<typeof personSchema>>;

/** The days on which a consent was most likely signed: the day the sheet came, and the day before it. */
export const likelyDays = (came: string): readonly [came: string, before: string] => [
  came,
  new Date(Date.parse(`${came}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10),
];

/**
 * What is asked, and the consent. Few fields, all of them on the sheet; where needs are ticked no words have to be typed.
 * `came` is the day on which the sheet came, in Tokyo. Refuses a consent that nobody saw, one of a day to come, and one
 * that has run out.
 */
export const askedSchema = ({
  today,
  came,
  program,
}: Readonly<{ today: string; came: string; program: Program }>) => {
  const holds = (day: string): boolean => lastDay(day, program.consentTerms.months) >= today;
  return z
    .object({
      urgency: choice(urgencies, text.urgencyMissing),
      needs: choices(needCodes(program)),
      reason: optionalText(500),
      consentSeen: tick(text.consentMissing),
      consentOn: choice([...likelyDays(came), 'other'], text.consentDayMissing).refine(
        (day) => day === 'other' || holds(day),
        saying(text.consentOver),
      ),
      consentDay: optionalDate()
        .refine((day) => day === undefined || day <= today, saying(text.consentFuture))
        .refine((day) => day === undefined || holds(day), saying(text.consentOver)),
    })
    .refine((asked) => asked.consentOn !== 'other' || asked.consentDay !== undefined, {
      ...always,
      path: ['consentDay'],
      message: saying(text.consentDayMissing),
    })
    .refine(({ reason, needs }) => reason !== undefined || (Array.isArray(needs) && needs.length > 0), {
      ...always,
      path: ['reason'],
      message: saying(text.reasonMissing),
    });
};
export type AskedForm = Pick<
  z.infer<ReturnType<typeof askedSchema>>,
  'urgency' | 'needs' | 'reason' | 'consentOn' | 'consentDay'
>;
const always = { when: () => true };

/** The day in Tokyo on which the consent was signed, as it was said. */
export const consentDayOf = ({ consentOn, consentDay }: AskedForm): string =>
  consentOn === 'other' ? (consentDay ?? '') : consentOn;

/** In the record, words of the sheet are Japanese whoever typed them in. */
export const reasonOf = ({ reason }: AskedForm): string => reason ?? text.asOnSheet.ja;

/** Whom a sheet is about: as it was typed, somebody whom the office supports already, or whom its code names. */
export type Whom =
  | Readonly<{ as: 'typed'; person: PersonForm }>
  | Readonly<{ as: 'known'; id: string }>
  | Readonly<{ as: 'coded' }>;
