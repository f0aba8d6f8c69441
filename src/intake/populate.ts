import type {
  Observation,
  Patient,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
} from '@medplum/fhirtypes';
import { fhirIssue, type FhirIssue } from '../fhir/outcome.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { RecordType } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { variablesOf } from '../programs/expressions.ts';
import { isQuestionType, placedItems } from '../programs/items.ts';
import type { Program } from '../programs/program.ts';
import { withOptions } from '../programs/value-sets.ts';
import { asValues } from './calculate.ts';
import { carryOver } from './carry.ts';
import { evaluate, type Variables } from '../programs/fhirpath.ts';
import { questionsIn, readQuestionnaire, type Answers, type Question } from './form.ts';
import { operationText as text } from './form-operations-text.ts';
import { judge } from './judge.ts';
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
 * A response in progress, filled in with what the caller sees (SDC, Questionnaire/$populate). For each question, the first
 * that says something: its expression (FHIRPath), the newest observation with its code
 * (`observationLinkPeriod`), what the program carries over from the questionnaire, its initial value. Refuses a patient
 * that is not there and a form with questions of a kind that is unknown here.
 */
export async function populate(
  records: Records,
  programs: readonly Program[],
  populating: Populating,
): Promise<Populated> {
  const { form, patient, language } = populating;
  const { answers, issues } = await known(records, programs, populating);
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
): Promise<Readonly<{ answers: Answers; issues: readonly FhirIssue[] }>> {
  refuseUnknown(given);
  const person = await records.read('Patient', patient);
  const form = withOptions(given);
  const today = dayInTokyo(records.now);
  const items = placedItems(form).map(({ item }) => item);
  const found = await sources(records, programs, { form: given, person, items, language, mayRead });
  const named: Variables = { ...context, patient: person, subject: person };
  // The form's own names; one that stands for answers has nothing to say before there are any.
  const variables = variablesOf(form).reduce<Variables>((before, { name, expression }) => {
    const result = evaluate(expression, {}, before, today);
    return 'found' in result ? { ...before, [name]: result.found } : before;
  }, named);
  const issues: FhirIssue[] = [];
  const questions = new Map(
    questionsIn(readQuestionnaire(form, language).sections).map((one) => [one.linkId, one]),
  );
  const answers: [string, readonly string[]][] = [];
  for (const item of items) {
    const question = questions.get(item.linkId);
    if (!question) continue;
    const values = valuesFor(item, question, { variables, today, found, issues });
    if (values.length === 0) continue;
    if (judge({ ...question, required: false }, values) === undefined) answers.push([item.linkId, values]);
    else issues.push(fhirIssue('value', pathOf(item.linkId), text.unfit(item.linkId)));
  }
  return { answers: Object.fromEntries(answers), issues };
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

type Sources = Readonly<{ carried: Answers; observations: readonly Observation[] }>;

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

type Filling = Readonly<{ variables: Variables; today: string; found: Sources; issues: FhirIssue[] }>;

function valuesFor(item: QuestionnaireItem, question: Question, filling: Filling): string[] {
  const expression = extensionOf(item, 'initialExpression')?.valueExpression;
  if (expression) {
    const { language, expression: words = '' } = expression;
    const result =
      language === 'text/fhirpath'
        ? evaluate(words, {}, filling.variables, filling.today)
        : { fault: 'syntax' as const, because: language ?? '' };
    if ('fault' in result)
      filling.issues.push(
        fhirIssue(
          'not-supported',
          pathOf(item.linkId),
          text.expression(item.linkId, `${result.fault}: ${result.because}`),
        ),
      );
    else if (result.found.length > 0) return asAnswers(result.found, item, question);
  }
  const observed = extensionOf(item, 'observationLinkPeriod') ? observedFor(item, filling) : undefined;
  if (observed !== undefined) return asAnswers([observed], item, question);
  const carried = filling.found.carried[item.linkId] ?? [];
  if (carried.length > 0) return [...carried];
  return question.repeats ? [...question.initial] : question.initial.slice(0, 1);
}

/** The value of an element of several types: `value[x]`. */
const firstValue = (element: object): unknown =>
  Object.entries(element).find(([key]) => /^value[A-Z]/.test(key))?.[1];

/** The newest value of an observation with one of the item's codes, not older than the period that the form gives. */
function observedFor(item: QuestionnaireItem, { found, today }: Filling): unknown {
  const { value = 0, code = 'd' } = extensionOf(item, 'observationLinkPeriod')?.valueDuration ?? {};
  const days: Readonly<Record<string, number>> = { d: 1, wk: 7, mo: 30, a: 365 };
  const oldest = new Date(`${today}T00:00:00Z`).getTime() - value * (days[code] ?? 1) * 86_400_000;
  const dated = found.observations
    .filter((one) =>
      (one.code.coding ?? []).some((c) =>
        (item.code ?? []).some((i) => i.system === c.system && i.code === c.code),
      ),
    )
    .map((one) => ({ at: one.effectiveDateTime ?? one.effectivePeriod?.start ?? '', value: firstValue(one) }))
    .filter((one) => one.value !== undefined && new Date(one.at).getTime() >= oldest)
    .toSorted((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime());
  return dated[0]?.value;
}

/** Values as answers are kept. Of several only as many as the question takes. */
function asAnswers(found: readonly unknown[], item: QuestionnaireItem, question: Question): string[] {
  const values = found.flatMap((one) => asAnswer(one, item, question));
  return [...new Set(question.repeats ? values : values.slice(0, 1))];
}

function asAnswer(value: unknown, item: QuestionnaireItem, { type }: Question): string[] {
  if (type === 'quantity' || type === 'reference' || type === 'open-choice') return asValues(item, [value]);
  if (typeof value === 'object' && value !== null) {
    const { code, coding, display, text: words, system } = value as Record<string, unknown>;
    if (Array.isArray(coding)) {
      const codes = (coding as unknown[]).flatMap((one) => asAnswer(one, item, { type } as Question));
      return codes.length > 0 ? codes : typeof words === 'string' ? [words] : [];
    }
    if (type !== 'choice') return [display, words, code].filter((one) => typeof one === 'string').slice(0, 1);
    const option = (item.answerOption ?? []).find(
      ({ valueCoding }) =>
        valueCoding?.code === code && (system === undefined || valueCoding?.system === system),
    );
    return option?.valueCoding?.code === undefined ? [] : [option.valueCoding.code];
  }
  const said = String(value);
  return [type === 'date' ? said.slice(0, 10) : said];
}
