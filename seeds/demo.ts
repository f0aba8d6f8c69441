import type {
  Coverage,
  HealthcareService,
  Location,
  Organization,
  Patient,
  Practitioner,
  PractitionerRole,
} from '@medplum/fhirtypes';
import { buildResource, type Resource } from '../src/directory/record.ts';
import type { Sentence } from '../src/kernel/sentence.ts';
import {
  buildCoverage,
  buildOrganization,
  buildPatient,
  buildPost,
  buildPractitioner,
  displayName,
} from '../src/people/record.ts';
import { running } from '../src/programs/record.ts';
import { inventBodies, type Bodies } from './bodies.ts';
import { inventCases, type DemoCase } from './cases.ts';
import { inventPatients, type DemoPatient } from './patients.ts';
import { dice } from './random.ts';
import { inventResources } from './resources.ts';
import { inventStaff, type Account, type Client } from './staff.ts';

/** To be shown wherever demo data are: none of it is real. */
export const notice: Sentence = {
  ja: 'デモ用のデータです。県・市町村・団体・人・電話番号は、すべて架空のものです。',
  en: 'Demo data. The prefecture, municipalities, organizations, people and telephone numbers are all invented.',
};

export type DemoData = Readonly<{
  /** In an order in which they can be written: nothing refers to a later one. */
  organizations: readonly Organization[];
  practitioners: readonly Practitioner[];
  posts: readonly PractitionerRole[];
  locations: readonly Location[];
  services: readonly HealthcareService[];
  patients: readonly Patient[];
  coverages: readonly Coverage[];
  cases: readonly DemoCase[];
  accounts: readonly Account[];
  clients: readonly Client[];
  /** The same things before they became records. */
  bodies: Bodies;
  people: readonly DemoPatient[];
  resources: readonly Resource[];
}>;

/**
 * The whole demo, from a seed: the same seed, moment and number of patients give the same data, and ids don't depend on
 * the moment. Pure; whoever loads it writes the records and lets the cases happen.
 */
export function demo(options: Readonly<{ now: Date; seed?: number; patients?: number }>): DemoData {
  const { now, seed = 1, patients: count = 300 } = options;
  const bodies = inventBodies(dice(seed, 'bodies'));
  const { resources, providers } = inventResources(dice(seed, 'resources'), now);
  const demoProvider = providers[0];
  if (demoProvider === undefined) throw new Error('The demo has no community resource');
  const staff = inventStaff(dice(seed, 'staff'), bodies, demoProvider);
  const people = inventPatients(seed, now, bodies, count);
  const found = resources.flatMap((r) => buildResource(r));
  return {
    organizations: [
      bodies.council,
      ...bodies.insurers,
      ...bodies.municipalities,
      ...bodies.offices,
      ...bodies.clinics,
      bodies.meeting,
      ...providers.map((p) => ({ ...p, kind: 'resource' as const })),
    ].map((body) =>
      invented(running(buildOrganization(body), 'programs' in body ? (body.programs ?? []) : [])),
    ),
    practitioners: staff.posts.map((p) => invented(buildPractitioner(p.name, { id: p.practitionerId }))),
    posts: staff.posts.map((p) =>
      invented(
        buildPost(
          {
            kind: p.role,
            practitioner: p.practitionerId,
            organization: p.organizationId,
            name: displayName(p.name, 'ja'),
            from: p.since,
          },
          { id: p.postId },
        ),
      ),
    ),
    locations: found.filter((r): r is Location => r.resourceType === 'Location').map(invented),
    services: found
      .filter((r): r is HealthcareService => r.resourceType === 'HealthcareService')
      .map(invented),
    patients: people.map((p) => invented(buildPatient(p.person, { id: p.id, clinic: p.clinic.id }))),
    coverages: people.map((p) =>
      invented(
        buildCoverage(p.insurance, {
          id: p.coverageId,
          patient: p.id,
          insurerOrganization: p.insurer.id,
          insurerName: p.insurer.name,
        }),
      ),
    ),
    cases: inventCases(seed, now, people, staff.posts, resources),
    accounts: staff.accounts,
    clients: staff.clients,
    bodies,
    people,
    resources,
  };
}

/** Marks a record as test data, as HL7 asks: security label `HTEST`. */
const invented = <
  R extends
    Patient | Coverage | Organization | Practitioner | PractitionerRole | Location | HealthcareService,
>(
  record: R,
): R => ({
  ...record,
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] },
});
