import { systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { readOrganization, type ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { routeFor } from '../programs/routing.ts';
import type { NeedCode } from './record.ts';

type Place = Readonly<{
  person: ReadPatient | undefined;
  /** The medical area where the person lives, where a program asks for it. */
  medicalArea: string | undefined;
}>;

/** What the program says to whoever handles a referral with such needs, such as how to call where home may not be safe. */
export const cautionOf = (
  program: Program,
  { person, medicalArea }: Place,
  needs: readonly NeedCode[],
): Sentence | undefined =>
  routeFor(program, {
    municipality: person?.municipalityCode || undefined,
    medicalArea,
    needs: needs.map((need) => need.code),
  })?.note;

/** The code of the medical area of that municipality; looked up only where some program routes by it. */
export async function medicalAreaOf(
  records: Records,
  programs: readonly Program[],
  municipality: string | undefined,
): Promise<string | undefined> {
  const asked = programs.some(({ routing }) => routing.some(({ when }) => when?.medicalAreas !== undefined));
  if (!asked || !municipality) return undefined;
  const named = await records.find('Organization', [
    ['identifier', `${systems.municipality}|${municipality}`],
    ['type', `${systems.organizationType}|municipality`],
  ]);
  return named.map(readOrganization).find((one) => one.medicalArea !== undefined)?.medicalArea?.code;
}
