import { randomUUID } from 'node:crypto';
import type { Organization, Practitioner, PractitionerRole } from '@medplum/fhirtypes';
import type pg from 'pg';
import type { Actor, Role } from '../../src/kernel/actor.ts';
import { concept, systems, type OrganizationKind } from '../../src/fhir/codes.ts';
import { loadRecords } from '../../src/fhir/load.ts';
import { reference } from '../../src/fhir/references.ts';

export type Bodies = Awaited<ReturnType<typeof makeBodies>>;

/** The smallest set of bodies with which a referral can happen, twice over where somebody else's rows are tried. */
export async function makeBodies(owner: pg.Pool) {
  const clinic = organization('clinic', '試験クリニック');
  const otherClinic = organization('clinic', '隣町クリニック');
  const office = organization('office', '試験リンクワーカー室');
  const otherOffice = organization('office', '隣町リンクワーカー室');
  const resource = organization('resource', '試験サロン');
  const otherResource = organization('resource', '試験子ども食堂');
  const municipality = {
    ...organization('municipality', '試験市'),
    identifier: [{ system: systems.municipality, value: '052019' }],
  };
  const council = organization('council', '試験協議会');
  const all = [clinic, otherClinic, office, otherOffice, resource, otherResource, municipality, council];
  const people: (Practitioner & { id: string })[] = [];
  const posts: (PractitionerRole & { id: string })[] = [];
  const post = (role: Role, body: Organization & { id: string }): string => {
    const practitioner: Practitioner & { id: string } = {
      resourceType: 'Practitioner',
      id: randomUUID(),
      name: [{ text: `試験 ${role}` }],
    };
    const held: PractitionerRole & { id: string } = {
      resourceType: 'PractitionerRole',
      id: randomUUID(),
      practitioner: reference('Practitioner', practitioner.id),
      organization: reference('Organization', body.id),
      code: [concept(systems.post, role)],
    };
    people.push(practitioner);
    posts.push(held);
    return held.id;
  };
  const actor = (role: Role, body: Organization & { id: string }): Actor => ({
    role,
    organization: body.id,
    ...(role === 'system' || role === 'patient' ? {} : { post: post(role, body) }),
    via: 'session',
    request: 'test',
  });
  const actors = {
    doctor: actor('doctor', clinic),
    reception: actor('reception', clinic),
    otherDoctor: actor('doctor', otherClinic),
    linkworker: actor('linkworker', office),
    neighbour: actor('neighbour', office),
    otherLinkworker: actor('linkworker', otherOffice),
    resource: actor('resource', resource),
    otherResource: actor('resource', otherResource),
    coordinator: actor('coordinator', municipality),
    council: actor('council', council),
    admin: actor('admin', council),
    system: actor('system', council),
  };
  const client = await owner.connect();
  try {
    await client.query('begin');
    await loadRecords(
      client,
      [...all, ...people, ...posts].map((record) => ({ record, keeper: council.id })),
      new Date(),
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  return { clinic, otherClinic, office, otherOffice, resource, otherResource, municipality, council, actors };
}

const organization = (kind: OrganizationKind, name: string): Organization & { id: string } => ({
  resourceType: 'Organization',
  id: randomUUID(),
  active: true,
  name,
  type: [concept(systems.organizationType, kind)],
});
