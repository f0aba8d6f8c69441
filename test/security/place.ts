import { randomUUID } from 'node:crypto';
import type { Consent, ConsentProvision, ServiceRequest, Task } from '@medplum/fhirtypes';
import { sightOf } from '../../src/access/sight.ts';
import { rulesFor, sessionTelling } from '../../src/open-store.ts';
import { concept, systems } from '../../src/fhir/codes.ts';
import type { OpenRecords } from '../../src/fhir/records.ts';
import { reference } from '../../src/fhir/references.ts';
import { makeStore } from '../../src/fhir/store.ts';
import type { RecordType } from '../../src/fhir/types.ts';
import { makeValidator } from '../../src/fhir/validate.ts';
import { namesItsPerson } from '../../src/fhir/patient.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { realSurroundings } from '../../src/kernel/clock.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { testSecret } from '../support/template.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { smallestReferral } from '../support/referral.ts';

type Id = { id: string };
export type Referral = ReturnType<typeof smallestReferral>;

export type Place = TestDatabase &
  Readonly<{
    bodies: Bodies;
    /** The product's store. */
    open: OpenRecords;
    /** A store that has forgotten every rule: what still holds, the database holds. */
    bare: OpenRecords;
    /** A referral sent from the clinic to the office; `edit` changes it first. */
    refer: (edit?: (referral: Referral) => void, open?: OpenRecords) => Promise<Referral>;
    sees: (actor: Actor, type: RecordType, id: string) => Promise<boolean>;
  }>;

export async function makePlace(): Promise<Place> {
  const here = await freshDatabase();
  const bodies = await makeBodies(here.owner);
  const needs = { ...realSurroundings, database: here.database, validate: makeValidator(), sightOf };
  const open = makeStore({
    ...needs,
    rules: rulesFor(
      await loadPrograms('forms'),
      sessionTelling({ publicUrl: 'https://tsunagi.example', secret: testSecret }),
    ),
  });
  const bare = makeStore({ ...needs, rules: [namesItsPerson] });
  return {
    ...here,
    bodies,
    open,
    bare,
    refer: async (edit = () => undefined, through = open) => {
      const referral = smallestReferral(bodies);
      edit(referral);
      await through(bodies.actors.doctor, (records) => records.write(Object.values(referral)));
      return referral;
    },
    sees: async (actor, type, id) => (await outcomeOf(open(actor, (r) => r.read(type, id)))) === 'done',
  };
}

/** `done`, or what it was refused as; anything but a refusal is a bug and fails the test. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.problem.kind;
    throw error;
  }
}

export const item = (code: string) => concept(systems.consentItem, code);
export const recipient = (id: string) => ({
  role: concept(systems.participation, 'IRCP'),
  reference: reference('Organization', id),
});
export const kindOfRecipient = (kind: string) => ({
  role: concept(systems.participation, 'IRCP'),
  reference: { type: 'Organization' as const, identifier: { system: systems.organizationType, value: kind } },
});

/** Another consent about the same person, taken by that organization. */
export const consentBy = (
  { consent }: Referral,
  by: string,
  actor: ConsentProvision['actor'],
  more: Partial<ConsentProvision> = {},
): Consent & Id => ({
  ...consent,
  id: randomUUID(),
  organization: [reference('Organization', by)],
  provision: {
    type: 'permit',
    period: { start: '2026-01-01', end: '2099-01-01' },
    ...(actor ? { actor } : {}),
    ...more,
  },
});

/** A request of `from` to `to` about the same person; part of the referral unless it stands `alone`. */
export function requestTo(
  referral: Referral,
  from: string,
  to: string,
  { consent = referral.consent.id, alone = false }: { consent?: string; alone?: boolean } = {},
): [ServiceRequest & Id, Task & Id] {
  const asked: ServiceRequest & Id = {
    ...referral.request,
    id: randomUUID(),
    intent: alone ? 'order' : 'filler-order',
    ...(alone ? {} : { basedOn: [reference('ServiceRequest', referral.request.id)] }),
    requester: reference('Organization', from),
    performer: [reference('Organization', to)],
    supportingInfo: [reference('Consent', consent)],
  };
  const task: Task & Id = {
    ...referral.task,
    id: randomUUID(),
    ...(alone ? {} : { partOf: [reference('Task', referral.task.id)] }),
    focus: reference('ServiceRequest', asked.id),
    requester: reference('Organization', from),
    owner: reference('Organization', to),
  };
  return [asked, task];
}
