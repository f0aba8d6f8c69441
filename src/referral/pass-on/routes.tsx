import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import type { Visit } from '../../access/visit.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Program } from '../../programs/program.ts';
import { emptyForm, formAgain, readForm, textField, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { passOnPage } from './page.tsx';
import { passOn, readPassable } from './pass-on.ts';
import { text } from './text.ts';

const office = ['linkworker'] as const;

/** Whether the office is one of the network is asked with the rest: the second tap finds a referral that is over. */
const Passed = z.object({
  to: textField({ max: 40, required: text.toMissing }),
  reason: textField({ max: 300, required: text.reasonMissing }),
  seen: textField({ max: 12 }),
});

/** `/referrals/:id/pass-on` */
export function passOnRoutes({
  pages,
  open,
  programs,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  const show = async (visit: Visit, state: FormState, status = 200, trouble?: Sentence): Promise<Reply> => {
    const shown = await open(visit.actor, (records) => readPassable(records, programs, idIn(visit.req)));
    return html(passOnPage({ view: visit.view, shown, state, trouble, once: visit.newId() }), status);
  };
  return Router()
    .get(
      '/referrals/:id/pass-on',
      pages.forRoles(office, async (visit) => show(visit, await visit.filled(emptyForm()))),
    )
    .post(
      '/referrals/:id/pass-on',
      pages.forRoles(office, async (visit) => {
        const { actor, req, once } = visit;
        const id = idIn(visit.req);
        const form = readForm(Passed, req.body);
        if (!form.ok) return show(visit, formAgain(req.body, form.state.issues), 422);
        try {
          await open(actor, (records) => passOn(records, programs, { id, ...form.data }), { once });
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          const { problem } = error;
          if (problem.kind === 'invalid') return show(visit, formAgain(req.body, problem.issues), 422);
          if (problem.kind === 'conflict') return show(visit, formAgain(req.body, []), 409, problem.says);
          throw error;
        }
        return seeOther('/inbox?said=passed');
      }),
    );
}
