import type { Organization } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Program } from '../programs/program.ts';
import { programUrl } from '../programs/record.ts';
import { programBase } from '../fhir/codes.ts';
import type { SessionsOf } from '../programs/sessions.ts';
import { readOrganization, type ReadBody } from '../people/record.ts';

/** A program that has sessions. */
export type Holding = Program & Readonly<{ sessions: SessionsOf }>;

/** The actor's body, and the programs with sessions that it names; a program of its area alone makes no calendar. */
export type Holder = Readonly<{ body: ReadBody; programs: readonly Holding[] }>;

export const holds = (program: Program): program is Holding => program.sessions !== undefined;

/** Whether the person of a referral by this program is offered it: a woman of 83 is not offered exercise after a birth. */
export const isMeantFor = (
  programs: readonly Program[],
  one: Readonly<{ program: string; kind: string }>,
  asking: string | undefined,
): boolean =>
  one.program === asking ||
  programs
    .filter(holds)
    .some(
      ({ id, sessions }) =>
        id === one.program &&
        sessions.kinds.some(({ code, everybody }) => code === one.kind && everybody === true),
    );

export async function readHolder(records: Records, programs: readonly Program[]): Promise<Holder> {
  const organization = await records.read('Organization', records.actor.organization);
  return { body: readOrganization(organization), programs: namedBy(programs, organization).filter(holds) };
}

/** The programs that a body names, in its order. */
export const namedBy = (
  programs: readonly Program[],
  { extension = [] }: Pick<Organization, 'extension'>,
): Program[] =>
  extension.flatMap(({ url, valueUri }) =>
    url === programUrl && valueUri !== undefined
      ? programs.filter(({ id }) => valueUri === `${programBase}${id}`)
      : [],
  );

/** The municipalities that a body works for, its own among them. */
export const areaOf = ({ serves, municipalityCode }: ReadBody): string[] => [
  ...new Set([...serves, ...(municipalityCode === undefined ? [] : [municipalityCode])]),
];
