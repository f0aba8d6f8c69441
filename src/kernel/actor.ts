/**
 * Who acts. Kernel holds the type because the store binds to it and access makes it; what each role may see is written
 * in `src/access/sight.ts` and enforced by the row rules of the database.
 */
export const roles = [
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
  'patient',
  'system',
] as const;
export type Role = (typeof roles)[number];

export type Actor = Readonly<{
  role: Role;
  /** Organization id the actor acts for. */
  organization: string;
  /** PractitionerRole id, where a person with a post acts. */
  post?: string;
  /** Account id, where somebody signed in. */
  account?: string;
  /** The program that acts, where one came with a token. */
  client?: string;
  /** The one patient a bearer of a one-time link may touch. */
  patient?: string;
  /** How the actor got in. */
  via: 'session' | 'token' | 'link' | 'job';
  /** The address it came from, where it came over the network. */
  from?: string;
  /** The basis of the access where it is not the usual one of the role, such as `emergency` and the id of its record. */
  why?: string;
  /** Correlates the access log with the server log. */
  request: string;
}>;
