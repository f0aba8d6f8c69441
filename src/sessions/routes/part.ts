import type { Request } from 'express';
import type { SliceNeeds } from '../../access/slice.ts';
import type { Attempts } from '../../access/attempts.ts';
import type { Visit } from '../../access/visit.ts';
import { isId } from '../../fhir/references.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Program } from '../../programs/program.ts';
import type { View } from '../../web/view.ts';
import type { Tell } from '../mails.ts';

export type SessionNeeds = SliceNeeds &
  Readonly<{ programs: readonly Program[]; tell: Tell; attempts: Attempts }>;

/** More would not fit an address; the call list has everybody. */
const mostCalled = 50;
/** What to add to the address of a session so that its page says whom to call: no name stands in an address. */
export const calling = (places: readonly string[]): string =>
  places.length === 0 ? '' : `&call=${places.slice(0, mostCalled).join(',')}`;
export function calledFor({ query }: Request): readonly string[] {
  const ids = query['call'];
  return typeof ids === 'string' ? ids.split(',').slice(0, mostCalled).filter(isId) : [];
}

/** The view after an action: with the sentence that says it is done. */
export function viewSaid(
  { view, req }: Pick<Visit, 'view' | 'req'>,
  said: Readonly<Record<string, Sentence>>,
): View {
  const word = req.query['said'];
  const notice =
    req.method === 'GET' && typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
  return notice === undefined ? view : { ...view, notice };
}
