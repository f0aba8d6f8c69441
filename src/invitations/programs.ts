import type { Organization } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { notFound } from '../kernel/problem.ts';
import type { Invitations, Program } from '../programs/program.ts';
import { ownPrograms, programsOf } from '../programs/record.ts';

/** A program in which an insurer invites members. */
export type Inviting = Program & Readonly<{ invitations: Invitations }>;

const isInviting = (program: Program): program is Inviting => program.invitations !== undefined;

/** Whether a body runs such a program, for its menu. */
export const invites = (
  programs: readonly Program[],
  body: Pick<Organization, 'extension' | 'address'>,
): boolean => programsOf(programs, body).some(isInviting);

/** Those of the actor's body. `not-found` for one that runs none: the pages are not there for it. */
export async function invitingOf(records: Records, programs: readonly Program[]): Promise<Inviting[]> {
  const found = (await ownPrograms(records, programs)).filter(isInviting);
  if (found.length === 0) throw notFound();
  return found;
}

/** The program a list goes by; where its folder was taken away, or invites no more, there is none. */
export const programOfList = (programs: readonly Program[], id: string): Inviting | undefined =>
  programs.filter(isInviting).find((program) => program.id === id);
