import type { Records } from '../fhir/records.ts';
import { municipalities } from '../people/queries.ts';
import { readOrganization } from '../people/record.ts';

export type AreaNames = ReadonlyMap<string, string>;

/** Names of municipalities by code, in the order of the codes. */
export async function areaNames(records: Records): Promise<AreaNames> {
  const bodies = (await municipalities(records)).map(readOrganization);
  return new Map(
    bodies
      .flatMap(({ municipalityCode, name }): [string, string][] =>
        municipalityCode === undefined ? [] : [[municipalityCode, name]],
      )
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
}
