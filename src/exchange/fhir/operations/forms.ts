import type { Bundle, Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { outcomeOf, type FhirIssue } from '../../../fhir/outcome.ts';
import type { OpenRecords, Records } from '../../../fhir/records.ts';
import { idOf, isId } from '../../../fhir/references.ts';
import { isRecordType, type FhirRecord, type RecordType } from '../../../fhir/types.ts';
import type { ValidateResource } from '../../../fhir/validate.ts';
import { invalid } from '../../../kernel/problem.ts';
import type { Language } from '../../../kernel/sentence.ts';
import { localized } from '../links.ts';
import { outsideScope, turnAway } from '../refusal.ts';
import type { Asked, Input, Run, Value } from './operation.ts';
import { formsText as text, inputText } from './text.ts';

/** What the slice of the forms does; see `intake/populate.ts` and `intake/extract.ts`. */
export type Forms = Readonly<{
  populate: (
    records: Records,
    given: Readonly<{
      form: Questionnaire;
      patient: string;
      context: Readonly<Record<string, unknown>>;
      language: Language;
      mayRead: (type: RecordType) => boolean;
    }>,
  ) => Promise<Readonly<{ response: QuestionnaireResponse; issues: readonly FhirIssue[] }>>;
  extract: (
    records: Records,
    given: Readonly<{ response: QuestionnaireResponse; language: Language }>,
  ) => Promise<Bundle>;
}>;

type Needs = Readonly<{ open: OpenRecords; forms: Forms; validate: ValidateResource; base: string }>;

/** `Questionnaire/$populate`; answers with Parameters: `response`, and `issues` where something could not be filled in. */
export const populating =
  (needs: Needs): Run =>
  async (asked) => {
    const { bearer, language } = asked;
    const input = asked.input();
    const [subject] = input('subject');
    const patient = idOf(local(subject, needs.base), 'Patient');
    if (patient === undefined) throw turnAway(400, 'value', subject?.path ?? 'Parameters', text.subject);
    const mayRead = (type: RecordType): boolean => bearer.may(type, 'r');
    if (!mayRead('Patient')) throw outsideScope('Patient', 'r');
    const { response, issues } = await needs.open(bearer.actor, async (records) => {
      const form = await formIn(needs, records, asked, input);
      const context = await contextIn(needs, records, input('context'), mayRead);
      return needs.forms.populate(records, { form, patient, context, language, mayRead });
    });
    const outcome = outcomeOf({ kind: 'invalid', issues }, language);
    const warnings = { ...outcome, issue: outcome.issue.map((one) => ({ ...one, severity: 'warning' })) };
    return {
      body: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'response', resource: response },
          ...(issues.length > 0 ? [{ name: 'issues', resource: warnings }] : []),
        ],
      },
    };
  };

const local = (value: Value | undefined, base: string): { reference: string } | undefined => {
  const { reference } = (value?.value ?? {}) as { reference?: string };
  return reference === undefined
    ? undefined
    : { reference: reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference };
};

async function formIn(
  { validate, base }: Needs,
  records: Records,
  { id }: Asked,
  input: Input,
): Promise<Questionnaire> {
  const given = [...input('questionnaire'), ...input('questionnaireRef'), ...input('canonical')];
  const [one] = given;
  if (id !== undefined && given.length === 0) return records.read('Questionnaire', id);
  if (id !== undefined || one === undefined || given.length > 1)
    throw turnAway(400, 'required', 'Parameters.parameter', text.noForm);
  if (one.resource !== undefined) {
    const form = one.resource as Questionnaire;
    if ((form as { resourceType?: unknown }).resourceType !== 'Questionnaire')
      throw turnAway(
        400,
        'invalid',
        one.path || 'Parameters',
        inputText.type('questionnaire', 'Questionnaire'),
      );
    const faults = validate(form);
    if (faults.length > 0) throw invalid(...faults);
    return form;
  }
  const stored = idOf(local(one, base), 'Questionnaire');
  if (stored !== undefined) return records.read('Questionnaire', stored);
  if (typeof one.value !== 'string') throw turnAway(400, 'value', one.path, text.notHere);
  const [url = '', version] = one.value.split('|');
  const [found] = await records.find(
    'Questionnaire',
    [['url', url], ...(version === undefined ? [] : [['version', version] as const])],
    1,
  );
  if (!found) throw turnAway(404, 'not-found', one.path, text.unknownForm(one.value.slice(0, 200)));
  return found;
}

/** The records that expressions speak of, by name: as they were sent, or as the caller sees them. */
async function contextIn(
  { base }: Needs,
  records: Records,
  given: readonly Value[],
  mayRead: (type: RecordType) => boolean,
): Promise<Record<string, unknown>> {
  const context: Record<string, unknown> = {};
  for (const { path, part } of given) {
    const name = part?.get('name')?.[0]?.value;
    const contents = part?.get('content') ?? [];
    if (typeof name !== 'string' || contents.length === 0)
      throw turnAway(400, 'required', path, text.context);
    const found: unknown[] = [];
    for (const content of contents) {
      if (content.resource !== undefined) {
        found.push(content.resource);
        continue;
      }
      const [type, id, ...more] = local(content, base)?.reference.split('/') ?? [];
      if (!isRecordType(type) || !isId(id) || more.length > 0)
        throw turnAway(400, 'value', content.path, text.notHere);
      if (!mayRead(type)) throw outsideScope(type, 'r');
      found.push(await records.read(type, id));
    }
    context[name] = found;
  }
  return context;
}

/** `QuestionnaireResponse/$extract`; answers with the transaction itself. */
export const extracting =
  ({ open, forms, validate, base }: Needs): Run =>
  async ({ id, bearer, input, language, type }) => {
    const [given] = input()('questionnaire-response');
    if ((given === undefined) === (id === undefined))
      throw turnAway(400, 'required', 'Parameters.parameter', inputText.missing('questionnaire-response'));
    const body = given && (localized(given.resource as FhirRecord, base) as QuestionnaireResponse);
    if (body && (body as { resourceType?: unknown }).resourceType !== type)
      throw turnAway(400, 'invalid', given.path || type, inputText.type('questionnaire-response', type));
    const faults = body ? validate(body) : [];
    if (faults.length > 0) throw invalid(...faults);
    return {
      body: await open(bearer.actor, async (records) =>
        forms.extract(records, {
          response: body ?? (await records.read('QuestionnaireResponse', id ?? '')),
          language,
        }),
      ),
    };
  };
