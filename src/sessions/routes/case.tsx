import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { invalid, issue, notFound } from '../../kernel/problem.ts';
import { isId } from '../../fhir/references.ts';
import { refuseIdle, readCase } from '../../support/case.ts';
import { attempt, office, type Again } from '../../support/routes/part.ts';
import { emptyForm } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { ways } from '../../programs/sessions.ts';
import { waysOf } from '../model.ts';
import { casePage } from '../pages/case.tsx';
import { isMeantFor } from '../programs.ts';
import { placesOfCase, readPlace, toCome } from '../queries.ts';
import { giveUp, take } from '../take.ts';
import { text } from '../text.ts';
import { calling, viewSaid, type SessionNeeds } from './part.ts';

/** More to choose from than this is no help. */
const mostOffered = 20;

/** `/referrals/:id/sessions`: the person of a referral takes part in a session of the office. */
export function caseRoutes({ open, pages, programs, tell }: SessionNeeds): Router {
  const show = async (visit: Visit, { state, trouble }: Again): Promise<string> => {
    const { actor, newId } = visit;
    const shown = await open(actor, async (records) => {
      const one = await readCase(records, idIn(visit.req));
      const held = await placesOfCase(records, one.task.id);
      const found = (await toCome(records)).filter(
        (each) =>
          held.some(({ gathering_id: id }) => id === each.id) ||
          ((waysOf(each).length > 0 || each.drop_in) && isMeantFor(programs, each, one.asked.program)),
      );
      return {
        one,
        found: found.slice(0, mostOffered),
        held,
        hasMail: one.person.email !== undefined && one.person.limits === undefined && !one.person.sealed,
      };
    });
    const view = viewSaid(visit, {
      booked: text.saidTaken,
      waiting: text.saidWaiting,
      off: text.saidTakenOff,
    });
    return casePage({ view, role: actor.role, newId, state, trouble, ...shown });
  };

  return Router()
    .get(
      '/referrals/:id/sessions',
      pages.forRoles(office, async (visit) => html(await show(visit, { state: emptyForm() }))),
    )
    .post(
      '/referrals/:id/sessions',
      pages.forRoles(office, async (visit) => {
        const { req, actor, once } = visit;
        const id = idIn(visit.req);
        const session = field(req, 'session');
        const way = ways.find((one) => one === field(req, 'way'));
        return attempt(
          visit,
          () =>
            open(
              actor,
              async (records) => {
                const one = await readCase(records, id);
                refuseIdle(one);
                if (!isId(session)) throw notFound();
                if (way === undefined)
                  throw invalid(
                    issue('', '参加のしかたを選び直してください。', 'Choose how to take part again.'),
                  );
                const { email, limits, sealed } = one.person;
                // Whoever must not be reached freely gets no letters.
                const mail = limits === undefined && !sealed ? email : undefined;
                const who = {
                  task: one.task.id,
                  patient: one.patient.id,
                  ...(mail === undefined ? {} : { mail }),
                };
                return take(records, session, { way, who, language: 'ja' }, tell);
              },
              { once },
            ),
          ({ state }) => seeOther(`/referrals/${id}/sessions?said=${state}`),
          (again) => show(visit, again),
        );
      }),
    )
    .post(
      '/referrals/:id/sessions/cancel',
      pages.forRoles(office, async (visit) => {
        const { req, actor, once } = visit;
        const id = idIn(visit.req);
        const { gathering, toCall } = await open(
          actor,
          async (records) => {
            const one = await readCase(records, id);
            const place = await readPlace(records, field(req, 'place'));
            if (place.task_id !== one.task.id) throw notFound();
            return { gathering: place.gathering_id, toCall: await giveUp(records, place, tell) };
          },
          { once },
        );
        // Whom to call stands on the page of the session, not in the case of somebody else.
        return seeOther(
          toCall.length === 0
            ? `/referrals/${id}/sessions?said=off`
            : `/sessions/${gathering}?said=taken-off${calling(toCall)}`,
        );
      }),
    );
}
