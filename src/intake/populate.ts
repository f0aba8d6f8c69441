import type { Patient, Questionnaire, QuestionnaireItem, QuestionnaireResponse } from '@medplum/fhirtypes';
import { fhirIssue, type FhirIssue } from '../fhir/outcome.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { RecordType } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { isQuestionType, placedItems } from '../programs/items.ts';
import type { Program } from '../programs/program.ts';
import { withOptions } from '../programs/value-sets.ts';
import { carryOver } from './carry.ts';
import type { Variables } from '../programs/fhirpath.ts';
import { fillIn, type Filled, type Sources } from './fill.ts';
import { operationText as text } from './form-operations-text.ts';
import { fromResponse, toResponse } from './response.ts';

export type Populating = Readonly<{
  form: Questionnaire;
  /** Patient id. */
  patient: string;
  /** What expressions may speak of besides `%patient` and `%subject`, by name. */
  context: Variables;
  language: Language;
  /** Which kinds of record may be read. */
  mayRead: (type: RecordType) => boolean;
}>;

export type Populated = Readonly<{ response: QuestionnaireResponse; issues: readonly FhirIssue[] }>;

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const extensionOf = (item: QuestionnaireItem, name: string) =>
  item.extension?.find((one) => one.url === `${sdc}-${name}`);

/**
 * A response in progress, filled in with what the caller sees (SDC, Questionnaire/$populate), as the pages fill it in
 * (`fill.ts`). Refuses a patient that is not there and a form with questions of a kind that is unknown here.
 */
export async function populate(
  records: Records,
  programs: readonly Program[],
  populating: Populating,
): Promise<Populated> {
  const { form, patient, language } = populating;
  const { answers, unfilled } = await known(records, programs, populating);
  const issues = unfilled.map(({ linkId, fault, because }) =>
    fault === 'unfit'
      ? fhirIssue('value', pathOf(linkId), text.unfit(linkId))
      : fhirIssue('not-supported', pathOf(linkId), text.expression(linkId, `${fault}: ${because}`)),
  );
  const response = toResponse(withOptions(form), answers, {
    subject: reference('Patient', patient),
    authored: records.now.toISOString(),
    status: 'in-progress',
    language,
  });
  return { response, issues };
}

/** The same as answers, with those to questions that are not asked yet. */
export async function known(
  records: Records,
  programs: readonly Program[],
  { form: given, patient, context, language, mayRead }: Populating,
): Promise<Filled> {
  refuseUnknown(given);
  const person = await records.read('Patient', patient);
  const form = withOptions(given);
  const items = placedItems(form).map(({ item }) => item);
  const found = await sources(records, programs, { form: given, person, items, language, mayRead });
  return fillIn({
    form,
    language,
    variables: { ...context, patient: person, subject: person },
    today: dayInTokyo(records.now),
    found,
  });
}

const pathOf = (linkId: string): string =>
  `Questionnaire.item.where(linkId='${linkId.replaceAll("'", String.raw`\'`)}')`;

function refuseUnknown(form: Questionnaire): void {
  const faults = placedItems(form).flatMap(({ item: { linkId, type }, place }) =>
    isQuestionType(type) || type === 'group' || type === 'display'
      ? []
      : [fhirIssue('not-supported', `Questionnaire.${place}.type`, text.itemType(linkId, type))],
  );
  if (form.url === undefined) faults.push(fhirIssue('required', 'Questionnaire.url', text.noUrl));
  if (faults.length > 0) throw invalid(...faults);
}

/** At most two statements besides the person's own record, and none that the form does not ask for. */
async function sources(
  records: Records,
  programs: readonly Program[],
  given: Readonly<{
    form: Questionnaire;
    person: Patient & { id: string };
    items: readonly QuestionnaireItem[];
    language: Language;
    mayRead: Populating['mayRead'];
  }>,
): Promise<Sources> {
  const { form, person, items, language, mayRead } = given;
  const program = programs.find((one) => one.assessment.url === form.url);
  const wantsObservations = items.some((item) => extensionOf(item, 'observationLinkPeriod'));
  const [answered] =
    program && mayRead('QuestionnaireResponse')
      ? await records.find(
          'QuestionnaireResponse',
          [
            ['patient', person.id],
            ['status', 'completed,amended'],
            ['questionnaire', program.screening.url ?? ''],
          ],
          1,
        )
      : [];
  return {
    carried:
      program && answered ? carryOver(program, fromResponse(program.screening, answered), language) : {},
    observations:
      wantsObservations && mayRead('Observation')
        ? await records.find('Observation', [
            ['patient', person.id],
            ['status', 'final,amended,corrected'],
          ])
        : [],
  };
}
