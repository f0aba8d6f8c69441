import type { Actor, Role } from '../kernel/actor.ts';
import type { Records } from '../fhir/records.ts';
import { readOrganization } from '../people/record.ts';
import type { Resource } from './record.ts';

/** Somebody who looks at the directory, with the municipalities (codes) that their organization works for. */
export type Keeper = Readonly<{ role: Role; organization: string; name: string; area: readonly string[] }>;

/** Who keeps entries at all. No clinic does. */
export const keeperRoles = ['coordinator', 'linkworker', 'resource'] as const satisfies readonly Role[];
export const keepsEntries = (role: Role): boolean => keeperRoles.some((r) => r === role);

/** One statement. */
export async function readKeeper(records: Records): Promise<Keeper> {
  const { role, organization }: Actor = records.actor;
  const [found] = await records.readMany('Organization', [organization]);
  const body = found && readOrganization(found);
  const own = body?.municipalityCode;
  return {
    role,
    organization,
    name: body?.name ?? '',
    area: [...new Set([...(body?.serves ?? []), ...(own === undefined ? [] : [own])])],
  };
}

/**
 * Whether that person keeps this entry, as in the row rules of the database: a coordinator and a link worker those of the
 * municipalities they work for, a group its own. An entry without areas takes everybody, so it is in every area.
 */
export function keeps(keeper: Keeper, entry: Pick<Resource, 'areas' | 'organizationId'>): boolean {
  switch (keeper.role) {
    case 'coordinator':
    case 'linkworker':
      return entry.areas.length === 0 || entry.areas.some((code) => keeper.area.includes(code));
    case 'resource':
      return entry.organizationId === keeper.organization;
    case 'system':
      return true;
    case 'doctor':
    case 'reception':
    case 'neighbour':
    case 'insurer':
    case 'meeting':
    case 'council':
    case 'admin':
    case 'patient':
      return false;
  }
}
