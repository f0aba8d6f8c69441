import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import type { Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { changeRows, readAnswers, type Answers } from '../../intake/answers.ts';
import { typingPage } from '../../intake/asking-pages.tsx';
import { begin, unasked } from '../../intake/begin.ts';
import { answerFiles, receiveFiles } from '../../intake/files/receive.ts';
import { readQuestionnaire } from '../../intake/form.ts';
import { pageText } from '../../intake/page-text.ts';
import { storeAnswers } from '../../intake/storing.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { invalid, notFound, type Issue } from '../../kernel/problem.ts';
import type { Program } from '../../programs/program.ts';
import { chosenProgram, ownPrograms, programAsking } from '../../programs/record.ts';
import { inVersion } from '../../programs/versions.ts';
import { dateField, emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { readShown, refusedForm, refuseTyped } from './read.ts';
import { formOf, linkSource, typedFrom } from './typed.tsx';
import { formAt } from './typing.ts';

const staff = ['doctor', 'reception'] as const;

/** `/documents/:id/answers`: a questionnaire that was filled in on paper, typed in beside its picture. */
export function answersRoutes({ pages, open, programs, now }: ScanNeeds): Router {
  const around = async (records: Records, visit: Visit) => {
    const shown = await readShown(records, idIn(visit.req));
    if (formAt(shown, visit.actor.role)?.endsWith('/answers') !== true) throw notFound();
    const form = await formOf(records, shown.document.id);
    const own = await ownPrograms(records, programs);
    const program = programAsking(programs, form) ?? chosenProgram(own, undefined);
    return { shown, program: await inVersion(records, program, 'screening', form) };
  };
  type Around = Awaited<ReturnType<typeof around>>;
  const beginning = ({ view }: Visit, { shown, program }: Around) => ({
    form: program.screening,
    patient: shown.document.patient,
    language: view.language,
  });
  const page = (
    { view, newId }: Visit,
    { shown, program }: Around,
    given: Readonly<{ answers: Answers; issues: readonly Issue[]; typed: unknown; state: FormState }>,
  ): string =>
    typingPage({
      view,
      person: shown.person,
      program,
      programs: [program],
      model: readQuestionnaire(program.screening, view.language),
      tongue: view.language,
      once: newId(),
      from: typedFrom(view, shown, 'answers'),
      ...given,
    });
  /** Files that come beside what is typed, such as what lay in the envelope with the sheet. */
  const receive = async (visit: Visit, { shown, program }: Around): Promise<readonly Issue[]> => {
    const model = readQuestionnaire(program.screening, visit.view.language);
    const holder = { patient: shown.document.patient };
    return receiveFiles(open, visit.actor, visit.req, { model, holder });
  };
  return Router()
    .get(
      '/documents/:id/answers',
      pages.forRoles(staff, async (visit) => {
        const found = await open(visit.actor, (records) => around(records, visit));
        if (found.shown.document.typed !== undefined) throw notFound();
        const state = await visit.filled(emptyForm({ filled: dayInTokyo(now()) }));
        const start = beginning(visit, found);
        const acting = (act: (records: Records) => Promise<Answers>) => open(visit.actor, act);
        if (state.left === undefined) {
          // As where no paper is: what is known stands there, and the paper has the last word.
          const answers = await begin(acting, programs, start);
          return html(page(visit, found, { answers, issues: [], typed: undefined, state }));
        }
        const before = await unasked(acting, programs, start);
        const { answers } = readAnswers(found.program.screening, state.values, { before });
        return html(page(visit, found, { answers, issues: [], typed: state.values, state }));
      }),
    )
    .post(
      '/documents/:id/answers',
      pages.forRoles(
        staff,
        async (visit) => {
          const { actor, view, req, once } = visit;
          const asked = await open(actor, (records) => around(records, visit));
          const refused = await receive(visit, asked);
          const moved = changeRows(asked.program.screening, bodyOf(req));
          if (moved) {
            const state = formAgain(req.body, []);
            const given = { issues: refused, state, typed: undefined, ...moved };
            return html(page(visit, asked, given), refused.length > 0 ? 422 : 200);
          }
          try {
            // All of it in one transaction, so that a second tap gets the first one's answer.
            const made = await open(
              actor,
              async (records) => {
                const found = await around(records, visit);
                const { shown, program } = found;
                refuseTyped(shown);
                const { patient } = shown.document;
                const before = await unasked((act) => act(records), programs, beginning(visit, found));
                const given = typedIn(program, req, { today: dayInTokyo(now()), before, refused });
                const { answers } = given;
                const authored =
                  given.filled === undefined ? records.now.toISOString() : noonOf(given.filled);
                const response = await storeAnswers(
                  records,
                  { form: program.screening, program },
                  { patient, answers, authored, language: view.language, themselves: false },
                );
                await linkSource(records, shown, 'QuestionnaireResponse', response);
                return { patient, response };
              },
              { once },
            );
            return seeOther(`/patients/${made.patient}/answers/${made.response}?said=stored`);
          } catch (error) {
            const { issues, status } = refusedForm(error);
            const found = await open(actor, (records) => around(records, visit));
            const acting = (act: (records: Records) => Promise<Answers>) => open(actor, act);
            const before = await unasked(acting, programs, beginning(visit, found));
            const { answers } = readAnswers(found.program.screening, bodyOf(req), { before });
            const state = formAgain(req.body, []);
            return html(page(visit, found, { answers, issues, typed: req.body as unknown, state }), status);
          }
        },
        answerFiles,
      ),
    );
}

/** What was typed; `filled` is left out where it was today. Refuses with all that is wrong at once. */
function typedIn(
  program: Program,
  req: Visit['req'],
  { today, before, refused }: Readonly<{ today: string; before: Answers; refused: readonly Issue[] }>,
) {
  const { answers, issues } = readAnswers(program.screening, bodyOf(req), { before }, refused);
  const day = readForm(z.object({ filled: dateField() }), req.body);
  const filled = day.ok ? day.data.filled : today;
  const all: Issue[] = [
    ...(day.ok ? [] : day.state.issues),
    ...(filled > today ? [{ path: 'filled', says: pageText.filledFuture }] : []),
    ...issues,
  ];
  if (all.length > 0) throw invalid(...all);
  return { answers, filled: filled === today ? undefined : filled };
}

const noonOf = (day: string): string => `${day}T12:00:00+09:00`;

const bodyOf = ({ body }: Visit['req']): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
