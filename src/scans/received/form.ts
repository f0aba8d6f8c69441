import { z } from 'zod';
import { lastDay } from '../../consent/term.ts';
import { asStored, isKana } from '../../kernel/japan/kana.ts';
import { asPhone } from '../../kernel/japan/phone.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { ReadBody } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { urgencies } from '../../referral/record.ts';
import { choice, choices, dateField, optionalText, saying, textField, tick } from '../../web/form.tsx';
import { text } from './text.ts';

export const sexes = ['female', 'male', 'unknown'] as const;

const named = (label: Sentence) =>
  textField({ max: 50, oneLine: true, required: text.missing(label.ja, label.en) });
const kana = (label: Sentence) =>
  named(label)
    .refine((typed) => typed === '' || isKana(typed), saying(text.notKana))
    .transform(asStored);

/** The codes of the needs that a program knows, each once. */
export const needsOf = (program: Program): string[] => [...new Set(program.needs.map((rule) => rule.code))];

/**
 * A sheet as it is typed in: few fields, all of them on the sheet. `today` is a day in Tokyo. Refuses a consent that nobody
 * saw, one of a day to come, and one that has run out.
 */
export const receivedSchema = (
  given: Readonly<{
    today: string;
    clinics: readonly ReadBody[];
    towns: readonly ReadBody[];
    program: Program;
  }>,
) =>
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
    consentSeen: tick(text.consentMissing),
    consentDay: dateField(text.consentDayMissing)
      .refine((day) => day <= given.today, saying(text.consentFuture))
      .refine(
        (day) => lastDay(day, given.program.consentTerms.months) >= given.today,
        saying(text.consentOver),
      ),
    urgency: choice(urgencies, text.urgencyMissing),
    needs: choices(needsOf(given.program)),
    reason: textField({ max: 500, required: text.reasonMissing }),
  });
export type ReceivedForm = z.infer<ReturnType<typeof receivedSchema>>;
