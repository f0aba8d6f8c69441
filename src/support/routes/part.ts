import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Program } from '../../programs/program.ts';
import { emptyForm, formAgain, type FormState } from '../../web/form.tsx';
import { html, type Reply } from '../../web/replies.ts';
import type { View } from '../../web/view.ts';
import { readCase } from '../case.ts';
import { notForYouPage } from '../pages/frame.tsx';

export type SupportNeeds = SliceNeeds & Readonly<{ programs: readonly Program[] }>;

export const office = ['linkworker', 'neighbour'] as const;

/** The version of the record that a form was drawn from. */
export const seenIn = ({ req }: Pick<Visit, 'req'>): string | undefined => field(req, 'seen');

/** The view of a GET after an action: with the sentence that says it is done. */
export function viewAfter(visit: Visit, said: Readonly<Record<string, Sentence>>): View {
  const { view, req } = visit;
  const word = req.query['said'];
  if (req.method !== 'GET' || typeof word !== 'string' || !Object.hasOwn(said, word)) return view;
  const notice = said[word];
  return notice === undefined ? view : { ...view, notice };
}

/** How a page is shown once more: with what was typed, what is wrong with it, and what somebody else did meanwhile. */
export type Again = Readonly<{ state: FormState; trouble?: Sentence | undefined }>;
export const fresh: Again = { state: emptyForm() };
/** With what the same person typed here before and did not send. */
export const asLeft = async ({ filled }: Visit): Promise<Again> => ({ state: await filled(emptyForm()) });

/**
 * Does what was asked, and shows the same page when it is refused: 422 with the issues at their fields, 409 when the
 * record has changed meanwhile; what was typed stays. Anything else that is refused has its own page.
 */
export async function attempt<T>(
  visit: Visit,
  work: () => Promise<T>,
  then: (done: T) => Reply,
  again: (shown: Again) => Promise<string>,
): Promise<Reply> {
  let done: T;
  try {
    done = await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { problem } = error;
    if (problem.kind === 'invalid')
      return html(await again({ state: formAgain(visit.req.body, problem.issues) }), 422);
    if (problem.kind === 'conflict')
      return html(await again({ state: formAgain(visit.req.body, []), trouble: problem.says }), 409);
    throw error;
  }
  return then(done);
}

/** A page for professionals; a resident link worker reads why it is not for them. */
export const professional =
  (needs: SupportNeeds, handler: (visit: Visit) => Promise<Reply>) =>
  async (visit: Visit): Promise<Reply> => {
    if (visit.actor.role !== 'neighbour') return handler(visit);
    const id = idIn(visit.req);
    const one = await needs.open(visit.actor, (records: Records) => readCase(records, id));
    const { view, newId, actor } = visit;
    return html(notForYouPage({ view, one, newId, role: actor.role, state: emptyForm() }), 403);
  };
