import type { Role } from '../../kernel/actor.ts';
import type { OrganizationKind } from '../../fhir/codes.ts';

/** Who works where: what a role may see rests on the kind of organization it acts for. */
const rolesIn = {
  clinic: ['doctor', 'reception'],
  office: ['linkworker', 'neighbour'],
  resource: ['resource'],
  insurer: ['insurer'],
  meeting: ['meeting'],
  council: ['council', 'admin'],
  municipality: ['coordinator', 'admin'],
} as const satisfies Partial<Record<OrganizationKind, readonly Role[]>>;

/** What a person can be; nobody is given the role of a patient or of the system. */
export type WorkRole = Exclude<Role, 'patient' | 'system'>;
export type Body = keyof typeof rolesIn;
export const bodies = Object.keys(rolesIn) as Body[];
export const rolesFor = (body: Body): readonly WorkRole[] => rolesIn[body];

/** Everybody who can have an account. */
export const peopleRoles: readonly WorkRole[] = [...new Set(bodies.flatMap((body) => rolesFor(body)))];
