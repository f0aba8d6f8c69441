import type { Records } from '../fhir/records.ts';
import { municipalities } from '../people/queries.ts';
import { readOrganization } from '../people/record.ts';

/** Municipalities of each medical area, by the name that a choice of areas has for it. */
export type MedicalAreas = ReadonlyMap<string, Readonly<{ name: string; municipalities: readonly string[] }>>;

export type AreaNames = ReadonlyMap<string, string>;

/** Names of municipalities by code, in the order of the codes. */
export async function areaNames(records: Records): Promise<AreaNames> {
  return (await areas(records)).names;
}

/** The same, and the medical areas that municipalities belong to: `area:<code>` stands for all municipalities of one. */
export async function areas(
  records: Records,
): Promise<Readonly<{ names: AreaNames; medical: MedicalAreas }>> {
  const bodies = (await municipalities(records))
    .map(readOrganization)
    .flatMap(({ municipalityCode: code, name, medicalArea }) =>
      code === undefined ? [] : [{ code, name, medicalArea }],
    )
    .toSorted((a, b) => a.code.localeCompare(b.code));
  const medical = new Map<string, { name: string; municipalities: readonly string[] }>();
  for (const { code, medicalArea: area } of bodies)
    if (area !== undefined) {
      const before = medical.get(`area:${area.code}`)?.municipalities ?? [];
      medical.set(`area:${area.code}`, { name: area.name, municipalities: [...before, code] });
    }
  return { names: new Map(bodies.map(({ code, name }) => [code, name])), medical };
}
