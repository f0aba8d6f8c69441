import { Router } from 'express';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import type { Visit } from '../access/visit.ts';
import { readLawful } from '../consent/legal-basis.ts';
import { Refused } from '../kernel/problem.ts';
import { readOrganization } from '../people/record.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../web/form.tsx';
import { html, seeOther, type Reply } from '../web/replies.ts';
import { verdictSchema } from './form.ts';
import { openedElsewhere } from './queries.ts';
import { reviewPage, reviewsPage } from './review-pages.tsx';
import { isOwn, linesFor, readReview, review } from './review.ts';
import { text } from './text.ts';

const reviewers = ['doctor', 'linkworker', 'admin'] as const;

/** `/reviews`: what was opened without consent, and whether that was right. */
export function reviewRoutes({ pages, open }: SliceNeeds): Router {
  const one = async (visit: Visit, state: FormState, status: 200 | 409 | 422 = 200): Promise<Reply> => {
    const { actor, view, newId } = visit;
    const shown = await open(actor, async (records) => {
      const line = await readReview(records, idIn(visit.req));
      const to = line.consent === null ? [] : readLawful(line.consent).to;
      const bodies = await records.readMany('Organization', to);
      return { line, own: isOwn(records, line), to: bodies.map((body) => readOrganization(body).name) };
    });
    const notice = visit.req.query['said'] === 'reviewed' ? { notice: text.saidReviewed } : {};
    return html(reviewPage({ view: { ...view, ...notice }, state, once: newId(), ...shown }), status);
  };
  return Router()
    .get(
      '/reviews',
      pages.forRoles(reviewers, async ({ actor, view }) => {
        const shown = await open(actor, async (records) => ({
          lines: await linesFor(records),
          elsewhere: actor.role === 'admin' ? [] : await openedElsewhere(records),
        }));
        return html(reviewsPage({ view, me: actor.post, lead: leadFor(actor), ...shown }));
      }),
    )
    .get(
      '/reviews/:id',
      pages.forRoles(reviewers, (visit) => one(visit, emptyForm())),
    )
    .post(
      '/reviews/:id',
      pages.forRoles(reviewers, async (visit) => {
        const form = readForm(verdictSchema, visit.req.body);
        if (!form.ok) return one(visit, form.state, 422);
        try {
          await open(visit.actor, (records) => review(records, idIn(visit.req), form.data), {
            once: visit.once,
          });
        } catch (error) {
          if (!(error instanceof Refused) || error.problem.kind !== 'conflict') throw error;
          return one(visit, formAgain(visit.req.body, [{ path: '', says: error.problem.says }]), 409);
        }
        return seeOther(`/reviews/${idIn(visit.req)}?said=reviewed`);
      }),
    );
}

const leadFor = ({ role }: Visit['actor']) => (role === 'admin' ? text.overdueLead : text.reviewsLead);
