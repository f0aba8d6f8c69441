import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { readAnswers, type Answers } from '../../intake/answers.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import { dangerToAsk, readAssessment, saveAssessment } from '../../support/assessment.ts';
import { readCase } from '../../support/case.ts';
import { assessmentPage } from '../../support/pages/assessment.tsx';
import type { Sentence } from '../../kernel/sentence.ts';
import { formAgain, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { readShown } from './read.ts';
import { linkSource, typedFrom } from './typed.tsx';
import { typingAt } from './typing.ts';

type Again = Readonly<{
  state: FormState;
  trouble?: Sentence;
  typed?: Readonly<{ answers: Answers; complete: boolean }>;
}>;

/** `/documents/:id/assessment`: an assessment sheet that was filled in on a visit, typed in beside its picture. */
export function assessmentRoutes({ pages, open, programs }: ScanNeeds): Router {
  const around = (visit: Visit) =>
    open(visit.actor, async (records) => {
      const shown = await readShown(records, idIn(visit.req));
      const task = shown.referral?.id;
      if (task === undefined || typingAt(shown, visit.actor.role)?.endsWith('/assessment') !== true)
        throw notFound();
      const one = await readCase(records, task);
      return { shown, one, assessment: await readAssessment(records, programs, one, visit.view.language) };
    });
  const show = async (visit: Visit, again: Again): Promise<string> => {
    const { shown, one, assessment } = await around(visit);
    const { typed } = again;
    return assessmentPage({
      view: visit.view,
      one,
      role: visit.actor.role,
      newId: visit.newId,
      state: again.state,
      trouble: again.trouble,
      assessment,
      typed: typed && { answers: typed.answers, body: again.state.values },
      danger: typed?.complete === true ? dangerToAsk(assessment, typed.answers) : undefined,
      edit: true,
      from: typedFrom(visit.view, shown, 'assessment'),
    });
  };
  return Router()
    .get(
      '/documents/:id/assessment',
      pages.forRoles(['linkworker'], async (visit) => {
        const state = await visit.filled({ values: {}, issues: [] });
        if (state.left === undefined) return html(await show(visit, { state }));
        const { assessment } = await around(visit);
        const { answers } = readAnswers(assessment.program.assessment, state.values, {
          before: assessment.answers,
        });
        return html(await show(visit, { state, typed: { answers, complete: false } }));
      }),
    )
    .post(
      '/documents/:id/assessment',
      pages.forRoles(['linkworker'], async (visit): Promise<Reply> => {
        const { actor, req, once, view } = visit;
        const { assessment, one } = await around(visit);
        const body = (req.body ?? {}) as Readonly<Record<string, unknown>>;
        const complete = field(req, 'act') !== 'keep';
        const { answers, issues } = readAnswers(assessment.program.assessment, body, {
          before: assessment.answers,
        });
        const typed = { answers, complete };
        const wrong = complete
          ? issues
          : issues.filter(({ path }) => (answers[path.replace(/^q\./, '')] ?? []).length > 0);
        if (wrong.length > 0) return html(await show(visit, { state: formAgain(body, wrong), typed }), 422);
        try {
          await open(
            actor,
            async (records) => {
              const shown = await readShown(records, idIn(visit.req));
              const saved = await saveAssessment(records, programs, {
                id: one.task.id,
                seen: field(req, 'seen'),
                answers,
                language: view.language,
                complete,
                ruledOut: field(req, 'danger'),
              });
              if (shown.document.typed === undefined)
                await linkSource(records, shown, 'QuestionnaireResponse', saved.id);
              return saved.id;
            },
            { once },
          );
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          const { problem } = error;
          if (problem.kind === 'invalid')
            return html(await show(visit, { state: formAgain(body, problem.issues), typed }), 422);
          if (problem.kind === 'conflict')
            return html(await show(visit, { state: formAgain(body, []), trouble: problem.says, typed }), 409);
          throw error;
        }
        return seeOther(`/referrals/${one.task.id}/assessment?said=${complete ? 'complete' : 'keep'}`);
      }),
    );
}
