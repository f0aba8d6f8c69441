import { z } from 'zod';
import { baseOf, rubyIn } from '../kernel/japan/readings.ts';
import { isPictureName, type PictureName } from '../web/pictures.tsx';

const Words = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });
/** Read by whoever answers, perhaps in easy Japanese. */
export const WordsForAnyone = Words.extend({
  easy: z.string().min(1).exactOptional(),
  /** The Japanese, easy or not, with its readings marked. */
  readings: z.array(z.string()).min(1).exactOptional(),
}).superRefine(({ ja, easy, readings = [] }, context) => {
  readings.forEach((text, i) => {
    const pieces = rubyIn(text);
    if (pieces !== undefined && [ja, easy].includes(baseOf(pieces))) return;
    const message =
      pieces === undefined
        ? `the readings in "${text}" cannot be read; they are marked {漢字|かんじ}, in kana`
        : `has readings for "${baseOf(pieces)}", which is not the text that stands here`;
    context.addIssue({ code: 'custom', path: ['readings', i], message });
  });
});
const Code = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'a code is lower-case letters, digits and -');
const Picture = z.custom<PictureName>(
  (name) => typeof name === 'string' && isPictureName(name),
  'no such picture',
);

export const ways = ['site', 'online'] as const;
export type Way = (typeof ways)[number];

/** Gatherings with a date and place that bodies of a program hold; a program without them has no such pages. */
export const SessionsShape = z.strictObject({
  /** What they are called here. */
  name: Words,
  kinds: z
    .array(
      z.strictObject({
        code: Code,
        name: Words,
        /** For whoever a body helps: offered in cases of its other programs too. */
        everybody: z.literal(true).exactOptional(),
      }),
    )
    .min(1),
  /** How one can take part; both at once where both stand here. */
  ways: z.array(z.enum(ways)).min(1),
  /** Whether people put their own names down, on a page without an account. */
  signUp: z.boolean(),
  /** Talks with whoever drops in, counted without a name; by these topics. */
  contacts: z
    .strictObject({
      topics: z
        .array(
          z.strictObject({
            code: Code,
            name: Words,
            picture: Picture,
            /** The need that a referral made of the talk begins with. */
            need: z.string().optional(),
          }),
        )
        .min(1),
    })
    .optional(),
});
export type SessionsOf = Readonly<z.infer<typeof SessionsShape>>;

/** Telephone numbers that certain answers lead to at once, on the page itself and at the top of the next one. */
export const AtOnceShape = z.strictObject({
  /** Any of these answers; options by their code. */
  when: z.array(z.strictObject({ question: z.string(), answers: z.array(z.string()).min(1) })).min(1),
  says: WordsForAnyone,
  numbers: z
    .array(
      z.strictObject({
        number: z.string().regex(/^#?[\d-]{3,15}$/, 'no telephone number'),
        name: WordsForAnyone,
      }),
    )
    .min(1),
});
export type AtOnce = Readonly<z.infer<typeof AtOnceShape>>;
