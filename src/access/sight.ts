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

/** As whom somebody in a body sees a person: consent opens each by itself. Nobody: no person at all. */
export type Audience = 'staff' | 'resident' | 'group' | 'insurer' | 'meeting' | 'nobody';

/**
 * What a role may see of a person whom its body may see at all. `items` is the most that a consent can open to it, `own`
 * what it sees of all that its body wrote or received.
 */
export type Sight = Readonly<{ audience: Audience; items: readonly Item[]; own: readonly Item[] }>;

const all = (audience: Audience): Sight => ({ audience, items, own: items });
const ofService: readonly Item[] = ['request', 'contact', 'answers', 'plan', 'medical-note'];
const none: Sight = { audience: 'nobody', items: [], own: [] };

/**
 * The one place where this is written. The row rules of the database cross it with consent and tasks. Residents who help
 * (おせっかい人, 民生委員) and community groups get the request and how to reach the person, and answers, plans or what the
 * doctor wrote only where the consent says so by name. A program may give residents less (`linkWorkers[].items`, 0060).
 */
const sights: Readonly<Record<Role, Sight>> = {
  doctor: all('staff'),
  reception: all('staff'),
  linkworker: all('staff'),
  neighbour: { audience: 'resident', items, own: ['request', 'contact'] },
  resource: { audience: 'group', items, own: ['request', 'contact'] },
  insurer: { audience: 'insurer', items, own: ['request'] },
  meeting: { audience: 'meeting', items, own: ['request'] },
  patient: {
    audience: 'staff',
    items: ['contact', 'answers', 'request'],
    own: ['contact', 'answers', 'request'],
  },
  // The service itself, in what follows for an organization from somebody else's change (`onBehalfOf`), and where it puts
  // a sheet that came in into the record it belongs to.
  system: { audience: 'staff', items: ofService, own: ofService },
  coordinator: none,
  council: none,
  admin: none,
};

export const sightOf = (role: Role): Sight => sights[role];
