import { z } from 'zod';
import { questionTypes } from './items.ts';

/**
 * The part of a FHIR R4 Questionnaire that a form may use. Strict: a property this software does not act on (a typo)
 * is refused when the form is loaded, rather than passed over in silence.
 */
const Extension = z.looseObject({ url: z.string() });
const Companion = z.strictObject({ extension: z.array(Extension) });

const Code = z
  .string()
  .regex(/^[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*$/, 'a code is letters and digits, joined by - or .');
const Coding = z.strictObject({
  system: z.url(),
  version: z.string().optional(),
  code: Code,
  display: z.string().min(1),
  _display: Companion.optional(),
});

const Option = z.strictObject({
  valueCoding: Coding,
  initialSelected: z.boolean().optional(),
  extension: z.array(Extension).optional(),
});

const Concept = z.strictObject({
  code: Code,
  display: z.string().min(1),
  designation: z.array(z.strictObject({ language: z.string(), value: z.string().min(1) })).optional(),
  extension: z.array(Extension).optional(),
});
/** A value set that lists its codes: what a form carries is all that is asked with it. */
const ValueSet = z.strictObject({
  resourceType: z.literal('ValueSet', 'a form can carry value sets only'),
  id: z.string().min(1),
  url: z.url().optional(),
  version: z.string().optional(),
  name: z.string().optional(),
  title: z.string().optional(),
  status: z.enum(['draft', 'active', 'retired', 'unknown']),
  compose: z.strictObject({
    include: z.array(z.strictObject({ system: z.url(), concept: z.array(Concept).min(1) })).min(1),
  }),
});

const operators = ['exists', '=', '!=', '>', '<', '>=', '<='] as const;
const EnableWhen = z.strictObject({
  question: z.string(),
  operator: z.enum(operators),
  answerBoolean: z.boolean().optional(),
  answerInteger: z.int().optional(),
  answerDecimal: z.number().optional(),
  answerDate: z.string().optional(),
  answerDateTime: z.string().optional(),
  answerTime: z.string().optional(),
  answerString: z.string().optional(),
  answerQuantity: z.looseObject({ value: z.number() }).optional(),
  answerReference: z.looseObject({ reference: z.string() }).optional(),
  answerCoding: z
    .strictObject({ system: z.url(), code: z.string(), display: z.string().optional() })
    .optional(),
});

const types = ['group', 'display', ...questionTypes] as const;
const Item = z.strictObject({
  linkId: z
    .string()
    .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, 'a linkId is lower-case letters and digits, joined by - or .'),
  prefix: z.string().optional(),
  text: z.string().min(1),
  _text: Companion.optional(),
  type: z.enum(types, {
    error: (given) =>
      `the item type ${JSON.stringify(given.input)} is not known here; known are ${types.join(', ')}`,
  }),
  code: z.array(z.looseObject({})).optional(),
  definition: z.string().optional(),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  initial: z.array(z.looseObject({})).min(1).optional(),
  maxLength: z.int().min(1).max(2000).optional(),
  enableWhen: z.array(EnableWhen).min(1).optional(),
  enableBehavior: z.enum(['any', 'all']).optional(),
  answerOption: z.array(Option).min(1).optional(),
  answerValueSet: z.string().min(1).optional(),
  extension: z.array(Extension).optional(),
  get item() {
    return z.array(Item).min(1).optional();
  },
});

export const QuestionnaireShape = z.strictObject({
  resourceType: z.literal('Questionnaire'),
  id: z.string().optional(),
  language: z.literal('ja', 'a form is written in Japanese ("language": "ja") with English translations'),
  url: z.url(),
  version: z.string().regex(/^[0-9A-Za-z.-]+$/),
  name: z.string().optional(),
  title: z.string().min(1),
  _title: Companion.optional(),
  status: z.enum(['draft', 'active', 'retired']),
  experimental: z.boolean().optional(),
  subjectType: z.array(z.literal('Patient')).optional(),
  date: z.string().optional(),
  publisher: z.string().optional(),
  description: z.string().min(1),
  _description: Companion.optional(),
  copyright: z.string().min(1),
  _copyright: Companion.optional(),
  extension: z.array(Extension).optional(),
  contained: z.array(ValueSet).min(1).optional(),
  item: z.array(Item).min(1),
});
