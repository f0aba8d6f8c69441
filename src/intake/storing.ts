import type { Condition, Observation } from '@medplum/fhirtypes';
import { buildProvenance } from '../fhir/provenance.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import { pageLanguage, type Tongue } from '../programs/languages.ts';
import { toResponse, type Answers } from './answers.ts';
import type { AskedForm } from './asked.ts';
import { activeConcerns, needOf } from './concerns.ts';
import { takeHeld } from './files/held.ts';
import { findNeeds, toConditions, toObservations } from './findings.ts';

export type Storing = Readonly<{
  patient: string;
  /** Read without issue. */
  answers: Answers;
  /** ISO 8601 with offset: when the questions were answered. */
  authored: string;
  /** The language in which the questions were asked. */
  language: Tongue;
  /** The person answered by themselves; otherwise somebody typed in a paper sheet. */
  themselves: boolean;
}>;

/**
 * Keeps answers and what they show, in the open transaction: the completed response with the files given to it, one Observation a need, and one
 * concern a need. A concern that is still active is not doubled but gets the new Observation as evidence beside the old.
 * What the form itself makes of its answers follows by a rule of the store (`extraction/rule.ts`), whichever way answers
 * come. Returns the id of the response.
 */
export async function storeAnswers(
  records: Records,
  { form, program }: AskedForm,
  storing: Storing,
): Promise<string> {
  const subject = reference('Patient', storing.patient);
  const id = records.newId();
  const { actor } = records;
  const response = toResponse(form, storing.answers, {
    id,
    subject,
    source: subject,
    author: storing.themselves
      ? subject
      : actor.post === undefined
        ? reference('Organization', actor.organization)
        : reference('PractitionerRole', actor.post),
    authored: storing.authored,
    status: 'completed',
    language: storing.language,
  });
  const screened = {
    form,
    subject,
    response: reference('QuestionnaireResponse', id),
    at: storing.authored,
    language: pageLanguage(storing.language),
    newId: records.newId,
  };
  const findings = program ? findNeeds({ ...program, screening: form }, storing.answers) : [];
  const needs = toObservations(findings, screened);
  const concerns = await joinActive(records, storing.patient, toConditions(findings, needs, screened));
  const files = await takeHeld(records, response, storing.patient);
  await records.write([
    response,
    ...files,
    ...needs,
    ...concerns,
    buildProvenance({
      id: records.newId(),
      targets: [reference('QuestionnaireResponse', id), ...needs.map(targetOf)],
      patient: storing.patient,
      organization: actor.organization,
      by: actor.post,
      themselves: storing.themselves,
      at: records.now.toISOString(),
      activity: 'CREATE',
    }),
  ]);
  return id;
}

const targetOf = ({ id }: Observation & { id: string }): { reference: string } =>
  reference('Observation', id);

/** The new concerns, those that are active already being the old record with one more evidence. */
export async function joinActive(
  records: Records,
  patient: string,
  found: readonly Condition[],
): Promise<Condition[]> {
  if (found.length === 0) return [];
  const before = await activeConcerns(records, patient);
  return found.map((concern) => {
    const need = needOf(concern)?.code;
    const known = before.find((one) => need !== undefined && needOf(one)?.code === need);
    return known ? { ...known, evidence: [...(concern.evidence ?? []), ...(known.evidence ?? [])] } : concern;
  });
}
