import type { Role } from '../kernel/actor.ts';

/** The kinds of record a consent can open, as in the database's row rules (`item`). */
export const items = [
  'request',
  'contact',
  'insurance',
  'answers',
  'assessment',
  'plan',
  'medical-note',
] as const;
export type Item = (typeof items)[number];

/**
 * What each role may see of a person whom its organization may see at all: the one place where this is written. The row
 * rules of the database cross it with consent and tasks. Residents who help (おせっかい人, 民生委員) and community groups get
 * the request and how to reach the person, never answers, plans or what the doctor wrote.
 */
const sights: Readonly<Record<Role, readonly Item[]>> = {
  doctor: items,
  reception: items,
  linkworker: items,
  neighbour: ['request', 'contact'],
  resource: ['request', 'contact'],
  patient: ['contact', 'answers', 'request'],
  coordinator: [],
  council: [],
  admin: [],
  // The service itself, in what follows for an organization from somebody else's change (`onBehalfOf`).
  system: ['request', 'contact', 'plan'],
};

export const itemsOf = (role: Role): readonly Item[] => sights[role];
