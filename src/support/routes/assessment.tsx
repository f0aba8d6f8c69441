import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { readAnswers, type Answers } from '../../intake/answers.ts';
import { formAgain } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { assessmentForm, dangerToAsk, overlooked, readAssessment, saveAssessment } from '../assessment.ts';
import { readCase } from '../case.ts';
import { shownDomains } from '../compare-domains.ts';
import { readStandings } from '../domains.ts';
import { assessmentPage } from '../pages/assessment.tsx';
import { sheetWords as text } from '../text.ts';
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

type Typed = Readonly<{ answers: Answers; body: unknown; complete: boolean }>;

/** `/referrals/:id/assessment` */
export function assessmentRoutes(needs: SupportNeeds): Router {
  const { pages, open, programs } = needs;
  const show = async (visit: Visit, { state, trouble }: Again, typed?: Typed): Promise<string> => {
    const { actor, newId } = visit;
    const view = viewAfter(visit, {
      keep: text.saidKeep,
      complete: text.saidComplete,
      saved: text.saidSaved,
    });
    const { one, assessment, standings } = await open(actor, async (records) => {
      const found = await readCase(records, idIn(visit.req));
      const read = await readAssessment(records, programs, found, view.language);
      return { one: found, assessment: read, standings: await readStandings(records, read) };
    });
    const danger = typed?.complete === true ? dangerToAsk(assessment, typed.answers) : undefined;
    // Whatever else is wrong with the sheet, this is asked along with it.
    const isSaid = danger === undefined || state.issues.some(({ path }) => path === overlooked.path);
    const asked =
      isSaid || field(visit.req, 'danger') ? state : { ...state, issues: [...state.issues, overlooked] };
    const edit = typed !== undefined || visit.req.query['edit'] !== undefined;
    return assessmentPage({
      view,
      one,
      role: actor.role,
      newId,
      state: asked,
      trouble,
      assessment,
      typed,
      danger,
      edit,
      domains: shownDomains(standings, view.language),
    });
  };
  const readSheet = async (visit: Visit, body: unknown) => {
    const { form, before } = await open(visit.actor, async (records) =>
      assessmentForm(records, programs, await readCase(records, idIn(visit.req)), visit.view.language),
    );
    return readAnswers(form, body, { before });
  };
  return Router()
    .get(
      '/referrals/:id/assessment',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const left = await asLeft(visit);
          const { values: body } = left.state;
          const isLeft = left.state.left !== undefined;
          const answers = isLeft ? (await readSheet(visit, body)).answers : {};
          return html(await show(visit, left, isLeft ? { answers, body, complete: false } : undefined));
        }),
      ),
    )
    .post(
      '/referrals/:id/assessment',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const id = idIn(visit.req);
          const body = (visit.req.body ?? {}) as Readonly<Record<string, unknown>>;
          const complete = field(visit.req, 'act') !== 'keep';
          const { answers, issues } = await readSheet(visit, body);
          // What is only kept for now may have gaps, but nothing that cannot be read.
          const wrong = complete ? issues : issues.filter((i) => isAnswered(answers, i.path));
          const typed = { answers, body, complete };
          if (wrong.length > 0) return html(await show(visit, { state: formAgain(body, wrong) }, typed), 422);
          const given = {
            id,
            seen: seenIn(visit),
            answers,
            language: visit.view.language,
            complete,
            ruledOut: field(visit.req, 'danger'),
          };
          return attempt(
            visit,
            () =>
              open(visit.actor, (records) => saveAssessment(records, programs, given), { once: visit.once }),
            ({ version, status }) =>
              seeOther(
                `/referrals/${id}/assessment?said=${status !== 'completed' ? 'keep' : Number(version) > 2 ? 'saved' : 'complete'}`,
              ),
            (again) => show(visit, again, typed),
          );
        }),
      ),
    );
}

/** Whether there is an answer at that field, `q.<linkId>`, that can be wrong. */
const isAnswered = (answers: Answers, path: string): boolean =>
  (answers[path.replace(/^q\./, '')] ?? []).length > 0;
