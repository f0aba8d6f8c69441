import { z } from 'zod';
import { lawfulDays, legalBasisNames } from '../consent/legal-basis.ts';
import { isId } from '../fhir/references.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { asStored, isKana } from '../kernel/japan/kana.ts';
import type { ConsentItem } from '../consent/record.ts';
import { choice, choices, dateField, optionalText, saying, textField } from '../web/form.tsx';
import { emergencyReasons } from './emergency.ts';
import { verdicts } from './review.ts';
import { text } from './text.ts';

const longEnough = (words: string): boolean => Array.from(words.trim()).length >= 10;

export const emergencySchema = z.object({
  kana: textField({ max: 60, oneLine: true, required: text.kanaMissing }).transform((typed, context) => {
    if (isKana(typed)) return asStored(typed);
    context.addIssue({ code: 'custom', message: saying(text.kanaMissing) });
    return z.NEVER;
  }),
  birthDate: dateField(text.birthMissing),
  key: textField({ max: 60, oneLine: true, required: text.keyMissing }),
  because: choice(emergencyReasons, text.becauseMissing),
  note: textField({ max: 500, required: text.noteShort }).refine(longEnough, saying(text.noteShort)),
});

/** A disclosure on a legal basis as the form sends it; `items` are those one sees oneself. */
export const disclosureSchema = (now: Date, items: readonly ConsentItem[]) => {
  const today = dayInTokyo(now);
  const last = dayInTokyo(new Date(now.getTime() + lawfulDays * 86_400_000));
  return z.object({
    basis: choice(legalBasisNames, text.basisMissing),
    to: z.preprocess(
      (value) => (value === undefined || value === '' ? [] : [value].flat()),
      z.array(z.string().refine(isId, saying(text.toMissing))).min(1, saying(text.toMissing)),
    ),
    items: choices(items, text.whatMissing).refine(
      (chosen) => chosen.length === 0 || chosen.includes('contact'),
      saying(text.contactNeeded),
    ),
    end: dateField(text.endMissing)
      .refine((day) => day >= today, saying(text.endPast))
      .refine((day) => day <= last, saying(text.endFar)),
    why: textField({ max: 1000, required: text.whyShort }).refine(longEnough, saying(text.whyShort)),
  });
};

export const endSchema = z.object({ reason: textField({ max: 300, required: text.endWhyMissing }) });

export const verdictSchema = z
  .object({ verdict: choice(verdicts, text.verdictMissing), remark: optionalText(500) })
  .refine((form) => form.verdict !== 'not-justified' || form.remark !== undefined, {
    path: ['remark'],
    message: saying(text.remarkMissing),
    when: () => true,
  });
