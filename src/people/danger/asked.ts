import { field, type Visit } from '../../access/visit.ts';
import { isId } from '../../fhir/references.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { formAgain, type FormState } from '../../web/form.tsx';
import { seeOther, type Reply } from '../../web/replies.ts';
import { dangerText as text } from './text.ts';

export const clinic = ['doctor', 'reception'] as const;
export const both = ['doctor', 'reception', 'linkworker'] as const;

const said = new Map<string, Sentence>([
  ['set', text.saidSet],
  ['lifted', text.saidLifted],
  ['sealed', text.saidSealed],
  ['corrected', text.saidCorrected],
  ['unsealed', text.saidUnsealed],
]);

/** Draws a page: at first, and again with what was wrong. */
export type Show = (visit: Visit, state: FormState, status?: 200 | 409 | 422) => Promise<Reply>;

/** Does it, or shows the same page again with what was wrong. */
export async function attempt(
  visit: Visit,
  again: Show,
  work: () => Promise<void>,
  then: string,
): Promise<Reply> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { problem } = error;
    if (problem.kind === 'invalid') return again(visit, formAgain(visit.req.body, problem.issues), 422);
    if (problem.kind === 'conflict')
      return again(visit, formAgain(visit.req.body, [{ path: '', says: problem.says }]), 409);
    throw error;
  }
  return seeOther(then);
}

export const backTo = (visit: Visit, address: string, word: string): string => {
  const referral = referralIn(visit);
  return `${address}?said=${word}${referral === undefined ? '' : `&referral=${referral}`}`;
};

/** The referral from which a link worker came, so that there is a way back. */
export function referralIn({ req }: Visit): string | undefined {
  const given = req.method === 'GET' ? req.query['referral'] : field(req, 'referral');
  return isId(given) ? given : undefined;
}

export const viewOf = ({ view, req }: Visit): Visit['view'] => {
  const word = req.method === 'GET' ? req.query['said'] : undefined;
  const notice = typeof word === 'string' ? said.get(word) : undefined;
  return notice ? { ...view, notice } : view;
};
