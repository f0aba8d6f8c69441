import { z } from 'zod';
import { isId } from '../fhir/references.ts';
import { asPhone } from '../kernel/japan/phone.ts';
import { optionalChoice, optionalText, saying, textField, tick } from '../web/form.tsx';
import { text } from './text.ts';

/** The kinds of window that a consent names without naming one body. */
export const windowKinds = ['office', 'resource'] as const;

const always = { when: () => true };
const number = () =>
  optionalText(30).transform((typed, context) => {
    const phone = typed === undefined ? undefined : asPhone(typed)?.shown;
    if (typed !== undefined && phone === undefined)
      context.addIssue({ code: 'custom', message: saying(text.numberWrong) });
    return phone;
  });

/** A hand-over as the form sends it; so many letters as fit on one page with what the record says: a body of the directory, or a window as it was typed. */
export const handOverSchema = z
  .object({
    to: textField({ max: 40, required: text.toMissing }).refine(
      (to) => to === 'typed' || isId(to),
      saying(text.toMissing),
    ),
    name: optionalText(100),
    kind: optionalChoice(windowKinds),
    phone: number(),
    fax: number(),
    reason: textField({ max: 250, required: text.reasonMissing }),
    asked: textField({ max: 150, required: text.askedMissing }),
    agreed: tick(text.agreedMissing),
  })
  .refine((f) => f.to !== 'typed' || f.name !== undefined, {
    ...always,
    path: ['name'],
    message: saying(text.nameMissing),
  })
  .refine((f) => f.to !== 'typed' || f.kind !== undefined, {
    ...always,
    path: ['kind'],
    message: saying(text.kindMissing),
  });
export type HandOverForm = z.infer<typeof handOverSchema>;
