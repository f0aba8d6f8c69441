import type { Organization, PractitionerRole, Task } from '@medplum/fhirtypes';
import { buildConsent } from '../src/consent/record.ts';
import { systems } from '../src/fhir/codes.ts';
import type { Loaded } from '../src/fhir/load.ts';
import type { Stored } from '../src/fhir/types.ts';
import { buildResource } from '../src/directory/record.ts';
import { buildOrganization, buildPost, buildPractitioner } from '../src/people/record.ts';
import type { Program } from '../src/programs/program.ts';
import { buildReferral, buildRequest, changeTask } from '../src/referral/record.ts';
import { makeResponse, someAnswers } from './bodies.ts';
import type { Chance } from './chance.ts';
import { makePatient, type Places } from './data.ts';

type Named<R> = R & { id: string };

/** Those around the first office: residents who help there and community groups, with one thing each that they offer. */
export type Circle = Readonly<{
  residents: readonly Named<PractitionerRole>[];
  groups: readonly Readonly<{ body: Named<Organization>; service: string }>[];
  records: readonly Loaded[];
}>;

export function makeCircle(chance: Chance, { offices, council }: Places): Circle {
  const office = offices[0]?.id ?? '';
  const groups = Array.from({ length: 40 }, (_, i) => ({
    body: buildOrganization({
      id: chance.uuid(),
      kind: 'resource',
      name: `架空の会${String(i + 1)}`,
      email: `group-${String(i + 1)}@example.jp`,
    }) as Named<Organization>,
    service: chance.uuid(),
  }));
  const people = Array.from({ length: 5 }, (_, i) => {
    const practitioner = buildPractitioner(
      { family: '架空', given: `${String(i + 1)}郎`, familyKana: 'カクウ', givenKana: 'ロウ' },
      { id: chance.uuid() },
    );
    const post = buildPost(
      { kind: 'neighbour', practitioner: practitioner.id ?? '', organization: office },
      { id: chance.uuid() },
    );
    return [practitioner, post] as [Named<typeof practitioner>, Named<PractitionerRole>];
  });
  const offered = groups.flatMap(({ body, service }) =>
    buildResource({
      id: service,
      organizationId: body.id,
      name: body.name ?? '',
      summary: 'お茶と編み物',
      needs: [{ system: systems.sdohCategory, code: 'social-connection' }],
      interests: ['tea'],
      views: ['join'],
      kind: 'informal',
      areas: [],
      contact: { phone: '050-0000-0100' },
      availability: '毎週火曜',
      eligibility: '',
      capacity: 'capacity',
      assured: '2026-01-10',
      active: true,
    }),
  );
  const records = [...groups.map(({ body }) => body), ...people.flat(), ...offered];
  return {
    residents: people.map(([, post]) => post),
    groups,
    records: records.map((record) => ({ record: record as Loaded['record'], keeper: council })),
  };
}

export type Helped = Readonly<{
  patient: string;
  consent: string;
  answers: string;
  referral: string;
  /** Ids of the requests' tasks. */
  requests: readonly string[];
  records: readonly Loaded[];
}>;

/**
 * A person of the first clinic with answers, a consent that names office, residents and groups, a referral in progress,
 * in a resident's hand where one is given, and an open request to each of these groups.
 */
export function makeHelped(
  chance: Chance,
  given: Readonly<{
    number: number;
    places: Places;
    program: Program;
    groups: Circle['groups'];
    resident?: string | undefined;
    at: Date;
  }>,
): Helped {
  const { places, program, groups, number } = given;
  const [clinic, office] = [places.clinics[0]?.id ?? '', places.offices[0]?.id ?? ''];
  const at = given.at.toISOString();
  const due = new Date(given.at.getTime() + 5 * 86_400_000).toISOString();
  const patient = makePatient(chance, clinic, 0);
  const response = { ...makeResponse(program, someAnswers(program, 20), patient.id), id: chance.uuid() };
  const consent = buildConsent(
    {
      patient: patient.id,
      clinic,
      recipients: ['office', 'resident', 'resource'],
      recipientIds: [],
      items: ['contact', 'answers', 'assessment', 'plan', 'medical-note'],
      also: [
        { recipient: 'resident', items: ['answers'] },
        { recipient: 'resource', items: ['answers'] },
      ],
      from: '2026-04-01',
      until: '2099-03-31',
      at,
      explainedBy: undefined,
      explainedHow: 'spoken',
      proxy: undefined,
      evidence: { kind: 'paper', title: '同意書（紙）' },
      status: 'active',
    },
    chance.uuid(),
  ) as Loaded['record'];
  const three = () => ({ request: chance.uuid(), task: chance.uuid(), provenance: chance.uuid() });
  const ids = three();
  const about = {
    patient: patient.id,
    by: undefined,
    urgency: 'routine',
    needs: [{ system: systems.sdohCategory, code: 'social-connection' }],
    consent: consent.id,
    at,
    due,
  } as const;
  const caseNumber = `TS-2027-${String(number).padStart(6, '0')}`;
  const [order, referral] = buildReferral(
    {
      ...about,
      from: clinic,
      to: office,
      reason: '外出が減り、話し相手がいない。',
      answers: response.id,
      conditions: [],
      caseNumber,
      program: program.id,
    },
    ids,
  );
  const asked = groups.map(({ body, service }, i) => {
    const own = three();
    const [request, task] = buildRequest(
      {
        ...about,
        from: office,
        to: body.id,
        partOf: ids.task,
        basedOn: ids.request,
        service,
        wish: '火曜のサロンに来てみたいそうです。',
        caseNumber: `${caseNumber}-${String(i + 1)}`,
      },
      own,
    );
    return { task: own.task, records: [request, task] };
  });
  const begun = changeTask(referral as Stored<Task>, {
    status: 'in-progress',
    step: 'coordinating',
    at,
    ...(given.resident === undefined ? {} : { assignee: given.resident }),
  });
  const kept = (keeper: string) => (record: object) => ({ record: record as Loaded['record'], keeper, at });
  return {
    patient: patient.id,
    consent: consent.id,
    answers: response.id,
    referral: ids.task,
    requests: asked.map((one) => one.task),
    records: [
      ...[patient, response, consent, order, begun].map(kept(clinic)),
      ...asked.flatMap((one) => one.records).map(kept(office)),
    ],
  };
}
