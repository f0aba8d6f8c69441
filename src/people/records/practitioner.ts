import type { Practitioner, PractitionerRole } from '@medplum/fhirtypes';
import { codesOf, concept, systems } from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';
import type { Role } from '../../kernel/actor.ts';
import { buildTelecom, readTelecom, type Reach } from './address.ts';
import { buildNames, readNames, type Name } from './name.ts';

/** Somebody who works with persons: a doctor, a link worker, a neighbour. */
export type Worker = Name & Reach;

export const buildPractitioner = (worker: Worker, given: Readonly<{ id?: string }> = {}): Practitioner => {
  const telecom = buildTelecom(worker);
  return {
    resourceType: 'Practitioner',
    ...(given.id === undefined ? {} : { id: given.id }),
    active: true,
    name: buildNames(worker),
    ...(telecom ? { telecom } : {}),
  };
};

export const readPractitioner = (practitioner: Practitioner): Worker & Readonly<{ id: string }> => ({
  id: practitioner.id ?? '',
  ...readNames(practitioner.name),
  ...readTelecom(practitioner.telecom),
});

/** What a person can be in an organization. */
export const postKinds = [
  'doctor',
  'reception',
  'linkworker',
  'neighbour',
  'coordinator',
  'resource',
  'insurer',
  'meeting',
  'council',
  'admin',
] as const satisfies readonly Role[];
export type PostKind = (typeof postKinds)[number];

/** A person's post in an organization; `from` and `until` are days (`YYYY-MM-DD`). `name` is shown with references. */
export type Post = Readonly<{
  kind: PostKind;
  practitioner: string;
  organization: string;
  name?: string;
  from?: string;
  until?: string;
}>;

export type ReadPost = Readonly<{
  id: string;
  kind: PostKind | undefined;
  practitioner: string | undefined;
  organization: string | undefined;
  name?: string;
  from?: string;
  until?: string;
  active: boolean;
}>;

export const buildPost = (post: Post, given: Readonly<{ id?: string }> = {}): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  ...(given.id === undefined ? {} : { id: given.id }),
  active: true,
  ...(post.from || post.until
    ? {
        period: {
          ...(post.from ? { start: post.from } : {}),
          ...(post.until ? { end: post.until } : {}),
        },
      }
    : {}),
  practitioner: reference('Practitioner', post.practitioner, post.name || undefined),
  organization: reference('Organization', post.organization),
  code: [concept(systems.post, post.kind)],
});

export function readPost(role: PractitionerRole): ReadPost {
  const name = role.practitioner?.display;
  return {
    id: role.id ?? '',
    kind: codesOf(role.code, systems.post).find(isPostKind),
    practitioner: idOf(role.practitioner, 'Practitioner'),
    organization: idOf(role.organization, 'Organization'),
    ...(name === undefined ? {} : { name }),
    ...(role.period?.start === undefined ? {} : { from: role.period.start }),
    ...(role.period?.end === undefined ? {} : { until: role.period.end }),
    active: role.active ?? true,
  };
}

const isPostKind = (code: string): code is PostKind => (postKinds as readonly string[]).includes(code);
