import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import { recordAnswer } from '../../support/service.ts';
import { readCase } from '../../support/case.ts';
import { readMove } from '../../support/request-move.ts';
import { isOpenRequest, readRequests } from '../../support/requests.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { recordHanded } from './handed.ts';
import { readShown, refusedForm, refuseTyped, type ShownDocument } from './read.ts';
import { HandedForm, handedWords, replyPage, type Replying } from './reply-page.tsx';
import { linkSource, sheetOf } from './typed.tsx';
import { formAt, typingAt } from './typing.ts';

const office = ['linkworker'] as const;

/**
 * `/documents/:id/reply`: what a group answered by fax, or a window to which somebody was handed on, recorded beside the
 * picture by the same moves as after a telephone call.
 */
export function replyRoutes({ pages, open }: ScanNeeds): Router {
  const around = async (records: Records, visit: Visit): Promise<Replying & { shown: ShownDocument }> => {
    const shown = await readShown(records, idIn(visit.req));
    const { referral } = shown;
    if (referral === undefined || formAt(shown, visit.actor.role)?.endsWith('/reply') !== true)
      throw notFound();
    await readCase(records, referral.id);
    const sheet = await sheetOf(records, shown.document.id);
    const requests = (await readRequests(records, referral.id)).filter((one) => isOpenRequest(one.referral));
    const named = field(visit.req, 'request') ?? visit.req.query['request'];
    const one =
      requests.find(({ task }) => task.id === named) ??
      (named === undefined
        ? requests.find(
            (r) => sheet?.about?.type === 'ServiceRequest' && r.referral.requestId === sheet.about.id,
          )
        : undefined);
    return {
      shown,
      task: referral.id,
      requests,
      one,
      handedOn: sheet?.kind.startsWith('hand-over') === true,
      printed: sheet !== undefined,
    };
  };
  const show = async (visit: Visit, state: FormState, status = 200): Promise<Reply> => {
    const { view, newId } = visit;
    const found = await open(visit.actor, (records) => around(records, visit));
    return html(replyPage({ view, state, once: newId(), ...found }), status);
  };
  return Router()
    .get(
      '/documents/:id/reply',
      pages.forRoles(office, async (visit) => {
        const { shown } = await open(visit.actor, (records) => around(records, visit));
        if (typingAt(shown, visit.actor.role) === undefined) throw notFound();
        return show(visit, await visit.filled(emptyForm()));
      }),
    )
    .post(
      '/documents/:id/reply',
      pages.forRoles(office, async (visit) => {
        const { actor, req, once } = visit;
        const handed = field(req, 'as') === 'handed-on';
        const read = handed ? readForm(HandedForm, req.body) : readMove(req.body);
        if (!read.ok) return show(visit, formAgain(req.body, read.state.issues), 422);
        try {
          const task = await open(
            actor,
            async (records) => {
              const found = await around(records, visit);
              refuseTyped(found.shown);
              if ('answer' in read.data) {
                if (!found.handedOn) throw notFound();
                await recordHanded(records, found.shown, found.task, handedWords(read.data));
              } else {
                if (!found.one) throw notFound();
                const { id } = await recordAnswer(records, {
                  id: found.one.task.id,
                  seen: field(req, 'seen'),
                  ...read.data,
                });
                await linkSource(records, found.shown, 'Task', id);
              }
              return found.task;
            },
            { once },
          );
          return seeOther(`/referrals/${task}/${handed ? 'contacts?said=logged' : 'requests'}`);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          const { issues, status } = refusedForm(error);
          return show(visit, formAgain(req.body, issues), status);
        }
      }),
    );
}
