import type { Role } from '../../kernel/actor.ts';
import type { OrganizationKind } from '../../fhir/codes.ts';

/** Who works where: what a role may see rests on the kind of organization it acts for. */
const rolesIn = {
  clinic: ['doctor', 'reception'],
  office: ['linkworker', 'neighbour'],
  resource: ['resource'],
  council: ['council', 'admin'],
  municipality: ['coordinator', 'admin'],
} as const satisfies Partial<Record<OrganizationKind, readonly Role[]>>;

export type Body = keyof typeof rolesIn;
export const bodies = Object.keys(rolesIn) as Body[];
export const rolesFor = (body: Body): readonly Role[] => rolesIn[body];

/** Everybody who can have an account. */
export const peopleRoles: readonly Role[] = [...new Set(bodies.flatMap((body) => rolesFor(body)))];
