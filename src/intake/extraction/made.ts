import type {
  ContactPoint,
  Patient,
  Questionnaire,
  QuestionnaireResponse,
  Reference,
} from '@medplum/fhirtypes';
import { concept, systems } from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';
import { remembered } from '../../kernel/remembered.ts';
import { placedItems } from '../../programs/items.ts';
import { isMarked } from '../../programs/marked.ts';
import { withOptions } from '../../programs/value-sets.ts';
import { contextOf, definedRecords, isComplete, type Defined, type Unmade } from './definitions.ts';
import { isExtracted, keyOf, saysSomething, type ExtractedRecord, type ExtractedType } from './kinds.ts';
import { markedObservations } from './marked.ts';
import { withOrigins, type Origin } from './origin.ts';

/** A record that answers make, with the item that it is made of. It has no id yet. */
export type Made = Readonly<{ record: ExtractedRecord; origin: Origin }>;

export type Making = Readonly<{
  form: Questionnaire;
  response: QuestionnaireResponse & { id: string };
  subject: Reference<Patient>;
  /** ISO 8601 with offset: when the questions were answered. */
  at: string;
}>;

/** The types of record that a form makes of its answers. */
export const typesOf = remembered((form: Questionnaire): readonly ExtractedType[] => {
  const items = placedItems(form).map(({ item }) => item);
  const types = [form, ...items].flatMap((one) => contextOf(one) ?? []).filter(isExtracted);
  return [...new Set([...([form, ...items].some(isMarked) ? ['Observation' as const] : []), ...types])];
});

/** What the form says of the registration of the person: shown beside it, and written by nobody but a person. */
export const saidOfPerson = (form: Questionnaire, response: QuestionnaireResponse): Partial<Patient> =>
  Object.assign(
    {},
    ...definedRecords(withOptions(form), response.item ?? [])
      .made.filter(({ type }) => type === 'Patient')
      .map(({ said }) => said),
  ) as Partial<Patient>;

/**
 * Every record that a form makes of these answers, as it is stored and as $extract gives it: the observations of its marked
 * items, and what its definitions describe. One that says nothing, because nobody answered that, is none.
 */
export function madeOf(making: Making): Readonly<{ made: Made[]; faults: readonly Unmade[] }> {
  const form = withOptions(making.form);
  const items = making.response.item ?? [];
  const [marked, defined] = [markedObservations(form, items), definedRecords(form, items)];
  const made = [...marked.made, ...defined.made].flatMap((one) => whole(one, making));
  return { made: made.filter(isFirst), faults: [...marked.faults, ...defined.faults] };
}

/** The same helper named in two rows is one helper; what is measured twice was measured twice. */
const isFirst = ({ record }: Made, i: number, all: readonly Made[]): boolean =>
  record.resourceType === 'Observation' ||
  all.findIndex(
    (one) => one.record.resourceType === record.resourceType && keyOf(one.record) === keyOf(record),
  ) === i;

function whole({ type, item, said }: Defined, making: Making): Made[] {
  if (!isExtracted(type)) return [];
  const { form, response } = making;
  const origin = { answers: response.id, form: form.url ?? '', item, version: 1 };
  const record = withOrigins(complete(type, said, making), [origin]);
  return isComplete(record) && saysSomething(record) ? [{ record, origin }] : [];
}

/** With what is the same for every record of its type, whatever the form is. */
function complete(type: ExtractedType, said: object, { response, subject, at }: Making): ExtractedRecord {
  const answers = reference('QuestionnaireResponse', response.id);
  switch (type) {
    case 'Observation':
      return {
        resourceType: type,
        status: 'final',
        code: {},
        ...('effectiveDateTime' in said || 'effectivePeriod' in said ? {} : { effectiveDateTime: at }),
        ...said,
        category: categoryOf(said, response),
        subject,
        derivedFrom: [answers],
      };
    case 'Condition':
      // A hit is never silently a diagnosis.
      return {
        resourceType: type,
        ...said,
        clinicalStatus: concept(systems.conditionClinical, 'active'),
        verificationStatus: concept(systems.conditionVerification, 'unconfirmed'),
        category: [
          concept(systems.conditionCategoryUsCore, 'health-concern'),
          ...('category' in said ? (said.category as object[]) : []),
        ],
        subject,
        recordedDate: at,
        evidence: [{ detail: [answers] }],
      };
    case 'Goal':
      return {
        resourceType: type,
        lifecycleStatus: 'proposed',
        ...said,
        subject,
        ...saidBy(response),
      } as ExtractedRecord;
    case 'RelatedPerson':
      return { resourceType: type, active: true, ...said, ...reachedBy(said), patient: subject };
  }
}

/** A form that asks for a number asks for a telephone number, and need not say so; FHIR wants it said (cpt-2). */
export const reachedBy = ({ telecom }: Readonly<{ telecom?: ContactPoint[] }>): Pick<Patient, 'telecom'> =>
  telecom === undefined
    ? {}
    : {
        telecom: telecom.map((one) => ({
          ...one,
          system: one.system ?? (one.value?.includes('@') === true ? 'email' : 'phone'),
        })),
      };

/**
 * What the row rules go by: observations of answers are opened with the answers, those of an assessment sheet with the
 * sheet, whatever the form says (`questionnaire_response.item` and `observation.item` in the schema).
 */
function categoryOf(said: object, { questionnaire = '' }: QuestionnaireResponse) {
  const given = 'category' in said ? (said.category as { coding?: { code?: string }[] }[]) : [];
  const isSurvey = (one: (typeof given)[number]): boolean =>
    one.coding?.some(({ code }) => code === 'survey') === true;
  const others = given.filter((one) => !isSurvey(one));
  const own = questionnaire.includes('assessment') ? 'social-history' : 'survey';
  return [concept(systems.observationCategory, own), ...others] as ReturnType<typeof concept>[];
}

/** Whose goal it is: of whoever gave the answers or wrote them down; a body sets none. */
const saidBy = ({ author, source }: QuestionnaireResponse): object => {
  const who = [author, source].find(
    (one) =>
      idOf(one, 'Patient') !== undefined ||
      idOf(one, 'PractitionerRole') !== undefined ||
      idOf(one, 'RelatedPerson') !== undefined,
  );
  return who ? { expressedBy: who } : {};
};
