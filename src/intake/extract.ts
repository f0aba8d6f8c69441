import type { Bundle, BundleEntry, Condition, Observation, QuestionnaireResponse } from '@medplum/fhirtypes';
import { codesOf } from '../fhir/codes.ts';
import { fhirIssue, type FhirIssue } from '../fhir/outcome.ts';
import type { Records } from '../fhir/records.ts';
import { idOf, idsOf, reference } from '../fhir/references.ts';
import type { FhirRecord } from '../fhir/types.ts';
import { invalid } from '../kernel/problem.ts';
import { isLanguage, type Language } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { checkResponse } from './check-response.ts';
import { movedBy } from './extraction/move.ts';
import { areNew } from './extraction/rule.ts';
import { findNeeds, toConditions, toObservations } from './findings.ts';
import { operationText as text } from './form-operations-text.ts';
import { formAnswered } from './kept-forms.ts';
import { fromResponse } from './response.ts';
import { joinActive } from './storing.ts';

export type Extracting = Readonly<{
  /** Valid base R4. With the id of a record that the caller sees, the answers are stored already. */
  response: QuestionnaireResponse;
  language: Language;
}>;

type Whole = FhirRecord & { id: string };

/**
 * What answers show, as a transaction that can be posted as it is (SDC, QuestionnaireResponse/$extract): the needs that the
 * program finds, with their concerns, as when somebody answers here; and the records that the form makes of its answers, as
 * they are made when answers are stored (`extraction/move.ts`). Answers that are not stored yet come along as the first
 * entry. What was recorded of stored answers before is left out. Refuses answers that do not fit their form.
 */
export async function extract(
  records: Records,
  programs: readonly Program[],
  { response: given, language: asked }: Extracting,
): Promise<Bundle> {
  const form = await formAnswered(records, programs, given.questionnaire);
  if (!form) throw invalid(unknownForm(given));
  const faults: (FhirIssue | ReturnType<typeof checkResponse>[number])[] = checkResponse(form, given);
  const patient = idOf(given.subject, 'Patient');
  if (patient === undefined)
    faults.push(fhirIssue('required', 'QuestionnaireResponse.subject', text.noSubject));
  if (faults.length > 0 || patient === undefined) throw invalid(...faults);

  const stored = (
    await records.readMany('QuestionnaireResponse', given.id === undefined ? [] : [given.id])
  )[0];
  const language = isLanguage(given.language) ? given.language : asked;
  const response: QuestionnaireResponse & { id: string } = { ...given, id: stored?.id ?? records.newId() };
  const known = stored ? await alreadyMade(records, patient, stored.id) : [];
  const screened = {
    form,
    subject: reference('Patient', patient),
    response: reference('QuestionnaireResponse', response.id),
    at: response.authored ?? records.now.toISOString(),
    language,
    newId: records.newId,
  };
  const program = programs.find((one) => one.screening === form);
  const findings = program
    ? findNeeds(program, fromResponse(form, response)).filter(
        ({ system, code }) => !known.some((one) => codesOf(one.code, system).includes(code)),
      )
    : [];
  const needs = toObservations(findings, screened);
  const concerns = await joinActive(records, patient, toConditions(findings, needs, screened));
  const moved = await movedBy(records, {
    ...screened,
    response,
    patient,
    isNew: areNew(stored?.status),
    count: true,
  });
  if (moved.faults.length > 0) throw invalid(...moved.faults);
  const made: Whole[] = [
    ...(stored ? [] : [response]),
    ...needs,
    ...(concerns as (Condition & { id: string })[]),
    ...moved.writes,
  ];
  return transactionOf(made);
}

const unknownForm = ({ questionnaire = '' }: QuestionnaireResponse): FhirIssue =>
  fhirIssue(
    'not-found',
    'QuestionnaireResponse.questionnaire',
    text.unknownForm(questionnaire.slice(0, 200)),
  );

/** What was made of these answers before. */
const alreadyMade = async (records: Records, patient: string, response: string): Promise<Observation[]> =>
  (
    await records.find('Observation', [
      ['patient', patient],
      ['derived-from', `QuestionnaireResponse/${response}`],
    ])
  ).filter((one) => idsOf(one.derivedFrom, 'QuestionnaireResponse').includes(response));

/** Records that are stored replace their version; the others are created, and named by `urn:uuid` among each other. */
function transactionOf(made: readonly Whole[]): Bundle {
  const fresh = made.filter((one) => one.meta?.versionId === undefined);
  const linked = fresh.reduce(
    (all, { resourceType, id }) =>
      all.replaceAll(`"reference":"${resourceType}/${id}"`, `"reference":"urn:uuid:${id}"`),
    JSON.stringify(made),
  );
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: (JSON.parse(linked) as Whole[]).map((record): BundleEntry => {
      const { resourceType, id, meta } = record;
      if (meta?.versionId !== undefined)
        return {
          resource: record,
          request: { method: 'PUT', url: `${resourceType}/${id}`, ifMatch: `W/"${meta.versionId}"` },
        };
      const { id: _id, ...resource } = record;
      return {
        fullUrl: `urn:uuid:${id}`,
        resource,
        request: { method: 'POST', url: resourceType },
      };
    }),
  };
}
