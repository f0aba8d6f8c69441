import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { isId } from '../../fhir/references.ts';
import { Refused, type Issue } from '../../kernel/problem.ts';
import { needs as allNeeds } from '../../programs/needs.ts';
import { isReport, readReport } from '../../referral/report.ts';
import { unseenAnswers } from '../../referral/unseen.ts';
import {
  choices,
  optionalChoice,
  optionalDate,
  optionalText,
  readForm,
  textField,
  typedIn,
} from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { readAssessment } from '../assessment.ts';
import { readCase } from '../case.ts';
import { goalsPage, needKey } from '../pages/goals.tsx';
import { readPlanOf, tellPlan, writeGoal } from '../plan.ts';
import { achievementNames, readGoal, summaryIn } from '../record.ts';
import { readRequests } from '../requests.ts';
import { threeKinds } from '../resource-kinds.ts';
import { goalWords as text } from '../text.ts';
import {
  asLeft,
  attempt,
  office,
  professional,
  seenIn,
  viewAfter,
  type Again,
  type SupportNeeds,
} from './part.ts';

const needKeys = allNeeds.map(needKey);

/** Fields carry the goal they belong to, since several forms stand on the page. */
const goalForm = (key: string) =>
  z.object({
    [`text-${key}`]: textField({ max: 300, required: text.textMissing }),
    [`due-${key}`]: optionalDate(),
    [`needs-${key}`]: choices(needKeys),
    [`achievement-${key}`]: optionalChoice(achievementNames),
  });

const PlanForm = z.object({
  plan: textField({ max: 1500, required: text.planTextMissing }),
  next: optionalText(1500),
});

/** `/referrals/:id/goals`: the goals, and the plan that the doctor is told of. */
export function goalRoutes(needs: SupportNeeds): Router {
  const { pages, open, programs } = needs;
  const show = async (visit: Visit, { state, trouble }: Again, failed?: string): Promise<string> => {
    const { actor, newId } = visit;
    const view = viewAfter(visit, { goal: text.saidGoal, plan: text.saidPlan });
    const shown = await open(actor, async (records) => {
      const one = await readCase(records, idIn(visit.req));
      const { plan, goals } = await readPlanOf(records, one);
      const reports = await records.find('Communication', [
        ['based-on', one.referral.requestId],
        ['category', 'report'],
      ]);
      const { program, answers } = await readAssessment(records, programs, one, view.language);
      const requests = await readRequests(records, one.task.id);
      return {
        one,
        goals: goals.map(readGoal),
        planVersion: plan?.meta.versionId,
        told: reports
          .filter(isReport)
          .map(readReport)
          .filter((r) => r.kind === 'plan'),
        summary: summaryIn(program.assessment, answers),
        resources: threeKinds(program, answers, requests, view.language),
        unseen: unseenAnswers(
          one.task,
          requests.map((r) => r.task),
        ).length,
      };
    });
    return goalsPage({ view, role: actor.role, newId, state, trouble, failed, ...shown });
  };

  const savePlan = async (visit: Visit, id: string): Promise<Reply> => {
    const read = readForm(PlanForm, visit.req.body);
    if (!read.ok) return html(await show(visit, { state: read.state }, 'plan'), 422);
    const { plan, next } = read.data;
    return attempt(
      visit,
      () =>
        open(visit.actor, (records) => tellPlan(records, { id, seen: seenIn(visit), text: plan, next }), {
          once: visit.once,
        }),
      () => seeOther(`/referrals/${id}/goals?said=plan`),
      (again) => show(visit, again, 'plan'),
    );
  };

  const saveGoal = async (visit: Visit, id: string, key: string): Promise<Reply> => {
    const read = readForm(goalForm(key), visit.req.body);
    if (!read.ok) return html(await show(visit, { state: read.state }, key), 422);
    const data = read.data as Readonly<Record<string, unknown>>;
    const given = {
      id,
      ...(key === 'new' ? {} : { goal: { id: key, seen: seenIn(visit) } }),
      text: data[`text-${key}`] as string,
      due: data[`due-${key}`] as string | undefined,
      needs: allNeeds
        .filter((n) => (data[`needs-${key}`] as string[]).includes(needKey(n)))
        .map(({ system, code }) => ({ system, code })),
      achievement: data[`achievement-${key}`] as (typeof achievementNames)[number] | undefined,
    };
    return attempt(
      visit,
      () => open(visit.actor, (records) => at(key, writeGoal(records, given)), { once: visit.once }),
      () => seeOther(`/referrals/${id}/goals?said=goal`),
      (again) => show(visit, again, key),
    );
  };

  return Router()
    .get(
      '/referrals/:id/goals',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const left = await asLeft(visit);
          return html(await show(visit, left, typedIn(left.state, 'goal')));
        }),
      ),
    )
    .post(
      '/referrals/:id/goals',
      pages.forRoles(
        office,
        professional(needs, (visit) => {
          const which = field(visit.req, 'goal') ?? 'new';
          const id = idIn(visit.req);
          return which === 'plan' ? savePlan(visit, id) : saveGoal(visit, id, isId(which) ? which : 'new');
        }),
      ),
    );
}

/** The service names a field `text`; on this page it is `text-<goal>`. */
async function at<T>(key: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
    const issues: Issue[] = error.problem.issues.map((i) => ({
      ...i,
      path: i.path === '' ? '' : `${i.path}-${key}`,
    }));
    throw new Refused({ kind: 'invalid', issues });
  }
}
