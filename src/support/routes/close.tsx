import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { outcomes, type Outcome } from '../../referral/workflow.ts';
import { choice, emptyForm, optionalText, readForm, textField, typedIn } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { isWorkedOn, readCase, refuseChanged } from '../case.ts';
import { close, refuseUnsaid, type Closing, type Ending } from '../close.ts';
import { closeWords as text } from '../end-text.ts';
import { closeCheckPage, closePage } from '../pages/close.tsx';
import { readPlanOf } from '../plan.ts';
import { finalAchievements, readGoal, type Achievement, type ReadGoal } from '../record.ts';
import { isOpenRequest, readRequests, type AskedResource } from '../requests.ts';
import { asLeft, attempt, office, professional, seenIn, type Again, type SupportNeeds } from './part.ts';

const outcomeCodes = Object.keys(outcomes) as Outcome[];

type Open = Readonly<{ requests: readonly AskedResource[]; goals: readonly ReadGoal[] }>;

/** The fields follow from what is open: a request and a goal each have their own. */
const formFor = ({ requests, goals }: Open) =>
  z.object({
    outcome: choice(outcomeCodes, text.outcomeMissing),
    outcomeText: textField({ max: 1000, required: text.outcomeTextMissing }),
    next: optionalText(1000),
    ...Object.fromEntries(
      requests
        .filter((r) => isOpenRequest(r.referral))
        .flatMap((r): [string, z.ZodType<string>][] => [
          [`end-${r.task.id}`, choice([...outcomeCodes, 'fail', 'cancel'], text.endMissing)],
          [`text-${r.task.id}`, textField({ max: 300, required: text.endTextMissing })],
        ]),
    ),
    ...Object.fromEntries(
      goals
        .filter((g) => g.open)
        .map((g) => [`goal-${g.id}`, choice(finalAchievements, text.goalMissing)] as const),
    ),
  });

/** `/referrals/:id/close`: what came of everything, a check, and the end. */
export function closeRoutes(needs: SupportNeeds): Router {
  const { pages, open, programs } = needs;
  const read = (visit: Visit) =>
    open(visit.actor, async (records) => {
      const one = await readCase(records, idIn(visit.req));
      const { goals } = await readPlanOf(records, one);
      return { one, requests: await readRequests(records, one.task.id), goals: goals.map(readGoal) };
    });
  const show = async (visit: Visit, { state, trouble }: Again): Promise<string> => {
    const { view, actor, newId } = visit;
    return closePage({ view, role: actor.role, newId, state, trouble, ...(await read(visit)) });
  };

  return Router()
    .get(
      '/referrals/:id/close',
      pages.forRoles(
        office,
        professional(needs, async (visit) => html(await show(visit, await asLeft(visit)))),
      ),
    )
    .post(
      '/referrals/:id/close',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const { req, actor } = visit;
          const id = idIn(visit.req);
          const body = (req.body ?? {}) as Readonly<Record<string, unknown>>;
          const step = field(req, 'step');
          const shown = await read(visit);
          // A second press finds nothing open any more; its key gives it the first one's answer.
          if (step !== 'confirm' || shown.one.referral.status !== 'completed') {
            const form = readForm(formFor(shown), body);
            if (!form.ok) return html(await show(visit, { state: form.state }), 422);
          }
          const closing = closingOf(id, seenIn(visit), body, shown);
          if (step === 'confirm')
            return attempt(
              visit,
              () => open(actor, (records) => close(records, programs, closing), { once: visit.once }),
              () => seeOther(`/referrals/${id}/reports?said=closed`),
              (again) => show(visit, again),
            );
          return attempt(
            visit,
            async () => {
              refuseChanged(shown.one.task, closing.seen);
              refuseUnsaid(closing, shown.requests, openIds(shown.goals));
              await visit.keep(`/referrals/${id}/close`);
            },
            () => seeOther(`/referrals/${id}/close/check`),
            (again) => show(visit, again),
          );
        }),
      ),
    )
    .get(
      '/referrals/:id/close/check',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const id = idIn(visit.req);
          const page = `/referrals/${id}/close`;
          const { values } = await visit.filled(emptyForm(), page);
          const shown = await read(visit);
          // Nothing to check: it is closed, or something was asked or answered meanwhile.
          if (!isWorkedOn(shown.one.referral) || !readForm(formFor(shown), values).ok) return seeOther(page);
          return html(
            closeCheckPage({
              view: { ...visit.view, path: page },
              role: visit.actor.role,
              newId: visit.newId,
              state: emptyForm(),
              closing: closingOf(id, typedIn({ values, issues: [] }, 'seen'), values, shown),
              carried: values,
              ...shown,
            }),
          );
        }),
      ),
    );
}

const openIds = (goals: readonly ReadGoal[]): string[] => goals.filter((g) => g.open).map((g) => g.id);

const textIn = (body: Readonly<Record<string, unknown>>, name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value.replaceAll(/\r\n?/g, '\n').trim() : '';
};

/** What the form says, field by field; the service refuses what is missing. */
function closingOf(
  id: string,
  seen: string | undefined,
  body: Readonly<Record<string, unknown>>,
  { requests, goals }: Open,
): Closing {
  const code = outcomeCodes.find((o) => o === textIn(body, 'outcome'));
  const next = textIn(body, 'next');
  return {
    id,
    seen,
    outcome: code && { code, text: textIn(body, 'outcomeText') },
    requests: requests.filter((r) => isOpenRequest(r.referral)).flatMap((r) => endingOf(r.task.id, body)),
    goals: Object.fromEntries(
      openIds(goals).flatMap((goal): [string, Achievement][] => {
        const said = finalAchievements.find((a) => a === textIn(body, `goal-${goal}`));
        return said === undefined ? [] : [[goal, said]];
      }),
    ),
    ...(next === '' ? {} : { next }),
  };
}

function endingOf(request: string, body: Readonly<Record<string, unknown>>): Ending[] {
  const how = textIn(body, `end-${request}`);
  const words = textIn(body, `text-${request}`);
  const outcome = outcomeCodes.find((o) => o === how);
  if (outcome !== undefined) return [{ request, move: 'finish', outcome: { code: outcome, text: words } }];
  return how === 'fail' || how === 'cancel'
    ? [{ request, move: how, reason: { code: 'other', text: words } }]
    : [];
}
