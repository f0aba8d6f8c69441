import type { Bundle, QuestionnaireResponse, Resource } from '@medplum/fhirtypes';
import { buildConsent } from '../src/consent/record.ts';
import { reference } from '../src/fhir/references.ts';
import { toResponse, type Answers } from '../src/intake/answers.ts';
import { questionsIn, readQuestionnaire } from '../src/intake/form.ts';
import { visible } from '../src/intake/visible.ts';
import type { Program } from '../src/programs/program.ts';
import { buildReferral } from '../src/referral/record.ts';
import type { Chance } from './chance.ts';
import { makePatient, type Places } from './data.ts';

/** What is sent to the API, of about the sizes in which people send it. */

/** So many answers, the required ones among them, each the first that is offered. */
export function someAnswers({ screening }: Program, atMost: number): Answers {
  const model = readQuestionnaire(screening, 'ja');
  let answers: Answers = {};
  for (;;) {
    const shown = visible(model, answers);
    const open = questionsIn(model.sections).filter((q) => shown.has(q.linkId) && !(q.linkId in answers));
    const next = open.find((q) => q.required) ?? (Object.keys(answers).length < atMost ? open[0] : undefined);
    if (!next) return answers;
    const value =
      next.type === 'choice'
        ? (next.options[0]?.value ?? '')
        : next.type === 'boolean'
          ? 'true'
          : next.type === 'integer'
            ? (next.min ?? '1')
            : next.type === 'date'
              ? '2026-11-20'
              : 'ひとりで過ごす日が多く、話し相手がほしい。';
    answers = { ...answers, [next.linkId]: [value] };
  }
}

export const makeResponse = (program: Program, answers: Answers, patient: string): QuestionnaireResponse =>
  toResponse(program.screening, answers, {
    subject: reference('Patient', patient),
    source: reference('Patient', patient),
    authored: '2026-11-20T10:00:00+09:00',
    status: 'completed',
    language: 'ja',
  });

/** Five new records in one transaction: person, answers, consent, request, task. */
export function makeTransaction(chance: Chance, places: Places, program: Program, answers: Answers): Bundle {
  const [from, to] = [places.clinics[0]?.id ?? '', places.offices[0]?.id ?? ''];
  const patient = makePatient(chance, from, 0);
  const response = { ...makeResponse(program, answers, patient.id), id: chance.uuid() };
  const consent = {
    ...buildConsent({
      patient: patient.id,
      clinic: from,
      recipients: [],
      recipientIds: [to],
      items: ['contact', 'answers', 'assessment', 'plan'],
      from: '2026-11-20',
      until: '2027-11-19',
      at: '2026-11-20T10:00:00+09:00',
      explainedBy: undefined,
      explainedHow: 'spoken',
      proxy: undefined,
      evidence: { kind: 'paper', title: '同意書（紙）' },
      status: 'active',
    }),
    id: chance.uuid(),
  };
  const ids = { request: chance.uuid(), task: chance.uuid(), provenance: chance.uuid() };
  const [request, task] = buildReferral(
    {
      patient: patient.id,
      from,
      to,
      by: undefined,
      urgency: 'routine',
      reason: '外出が減り、話し相手がいない。',
      needs: [
        {
          system: 'http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes',
          code: 'social-connection',
        },
      ],
      consent: consent.id,
      answers: response.id,
      conditions: [],
      caseNumber: 'TS-2026-999999',
      at: '2026-11-20T10:00:00+09:00',
      due: '2026-11-25T23:59:59+09:00',
      program: program.id,
    },
    ids,
  );
  return transactionOf([patient, response, consent, ...([request, task] as (Resource & { id: string })[])]);
}

function transactionOf(records: readonly (Resource & { id: string })[]): Bundle {
  let text = JSON.stringify(records);
  for (const { resourceType, id } of records)
    text = text.replaceAll(`"${resourceType}/${id}"`, `"urn:uuid:${id}"`);
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: (JSON.parse(text) as (Resource & { id: string })[]).map(({ id, ...resource }) => ({
      fullUrl: `urn:uuid:${id}`,
      resource: resource as Resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  };
}
