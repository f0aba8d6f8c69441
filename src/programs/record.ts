import type { Organization } from '@medplum/fhirtypes';
import { canonical, extensions, programBase } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { notFound } from '../kernel/problem.ts';
import type { Program } from './program.ts';

/** A program that an organization runs; repeated (valueUri, `programBase` and the id), the first is the usual one. */
export const programUrl = `${canonical}/StructureDefinition/program`;

/** The organization, running these programs and no others; none, and it goes by its area again. */
export const running = (organization: Organization, programs: readonly string[]): Organization => {
  const others = (organization.extension ?? []).filter((one) => one.url !== programUrl);
  const own = programs.map((id) => ({ url: programUrl, valueUri: `${programBase}${id}` }));
  const { extension: _before, ...rest } = organization;
  return others.length + own.length === 0 ? rest : { ...rest, extension: [...others, ...own] };
};

/**
 * The programs that a body runs: those that it names, in its order; else those that name the municipality where it is;
 * else those that name no area. Where nothing fits it runs them all, so that nobody stands without a form.
 */
export function programsOf(
  programs: readonly Program[],
  { extension, address }: Pick<Organization, 'extension' | 'address'>,
): readonly Program[] {
  const named = (extension ?? []).flatMap(({ url, valueUri }) =>
    url === programUrl && valueUri !== undefined
      ? programs.filter(({ id }) => valueUri === `${programBase}${id}`)
      : [],
  );
  if (named.length > 0) return named;
  const here = address?.[0]?.extension?.find((one) => one.url === extensions.municipality)?.valueCoding?.code;
  const local = programs.filter(({ areas }) => here !== undefined && areas?.includes(here) === true);
  if (local.length > 0) return local;
  const everywhere = programs.filter(({ areas }) => areas === undefined);
  return everywhere.length > 0 ? everywhere : programs;
}

/** The programs of the actor's own body: what there is to choose from. */
export async function ownPrograms(
  records: Records,
  programs: readonly Program[],
): Promise<readonly Program[]> {
  if (programs.length < 2) return programs;
  return programsOf(programs, await records.read('Organization', records.actor.organization));
}

/** The program with that id among those offered; the first one when none is named. Refuses any other. */
export function chosenProgram(offered: readonly Program[], id: unknown): Program {
  const found = typeof id === 'string' && id !== '' ? offered.find((p) => p.id === id) : offered[0];
  if (!found) throw notFound();
  return found;
}

/** The program whose questionnaire a canonical (`url|version`, or `url`) names, in whatever version. */
export const programAsking = (
  programs: readonly Program[],
  canonicalOfForm: string | undefined,
): Program | undefined => programs.find((p) => p.screening.url === canonicalOfForm?.split('|')[0]);
