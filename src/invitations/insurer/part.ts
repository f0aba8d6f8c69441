import type { Request } from 'express';
import { textOf } from '../../access/request.ts';
import type { Seal } from '../../access/seal.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field } from '../../access/visit.ts';
import { isId } from '../../fhir/references.ts';
import { notFound } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Program } from '../../programs/program.ts';
import type { Inviting } from '../programs.ts';
import { pageSize } from '../queries.ts';
import { text } from '../text.ts';

export type InvitationNeeds = SliceNeeds & Readonly<{ programs: readonly Program[]; seal: Seal }>;

export const insurer = ['insurer'] as const;

/** A list that something is done with; one whose program is there no more can only be read and emptied. */
export const onList = ({ list, program }: { list: { id: string }; program: Inviting | undefined }) => {
  if (!program) throw notFound();
  return { list: list.id, invitations: program.invitations };
};

const sayings: ReadonlyMap<string, Sentence> = new Map([
  ['kept', text.saidKept],
  ['sent', text.saidSent],
  ['asked', text.saidAsked],
  ['agreed', text.saidYesNoted],
  ['ended', text.saidEnded],
]);
export function said<V extends object>(view: V, req: Request): V & { notice?: Sentence } {
  const notice = req.method === 'GET' ? sayings.get(textOf(req.query['said'])) : undefined;
  return notice ? { ...view, notice } : view;
}
/** What was sent is no page of its own: another language leads back to where it was sent from. */
export const at = <V extends object>(view: V, path: string): V & { path: string } => ({ ...view, path });

export const pageIn = (req: Request): number =>
  Math.min(Math.max(Math.trunc(Number(req.query['page'])) || 1, 1), 100);
/** The members that a form names, at most a page of them. */
export const idsIn = (req: Request): string[] =>
  (field(req, 'ids') ?? '').split(' ').filter(isId).slice(0, pageSize);
