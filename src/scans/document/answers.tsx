import { Router } from 'express';
import { z } from 'zod';
import type { Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { readAnswers, type Answers } from '../../intake/answers.ts';
import { typingPage } from '../../intake/asking-pages.tsx';
import { readQuestionnaire } from '../../intake/form.ts';
import { pageText } from '../../intake/page-text.ts';
import { storeAnswers } from '../../intake/storing.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound, type Issue } from '../../kernel/problem.ts';
import { chosenProgram, ownPrograms, programAsking } from '../../programs/record.ts';
import { inVersion } from '../../programs/versions.ts';
import { dateField, emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { documentId, readShown } from './read.ts';
import { formOf, linkSource, typedFrom } from './typed.tsx';
import { typingAt } from './typing.ts';

const staff = ['doctor', 'reception'] as const;

/** `/documents/:id/answers`: a questionnaire that was filled in on paper, typed in beside its picture. */
export function answersRoutes({ pages, open, programs, now }: ScanNeeds): Router {
  const around = async (records: Records, visit: Visit) => {
    const shown = await readShown(records, documentId(visit));
    if (typingAt(shown, visit.actor.role)?.endsWith('/answers') !== true) throw notFound();
    const form = await formOf(records, shown.document.id);
    const own = await ownPrograms(records, programs);
    const program = programAsking(programs, form) ?? chosenProgram(own, undefined);
    return { shown, program: await inVersion(records, program, 'screening', form) };
  };
  type Around = Awaited<ReturnType<typeof around>>;
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
  return Router()
    .get(
      '/documents/:id/answers',
      pages.forRoles(staff, async (visit) => {
        const found = await open(visit.actor, (records) => around(records, visit));
        const state = await visit.filled(emptyForm({ filled: dayInTokyo(now()) }));
        const { answers } = readAnswers(found.program.screening, state.values);
        return html(page(visit, found, { answers, issues: [], typed: state.values, state }));
      }),
    )
    .post(
      '/documents/:id/answers',
      pages.forRoles(staff, async (visit) => {
        const { actor, view, req, once } = visit;
        const found = await open(actor, (records) => around(records, visit));
        const today = dayInTokyo(now());
        const { answers, issues } = readAnswers(found.program.screening, bodyOf(req));
        const day = readForm(z.object({ filled: dateField() }), req.body);
        const filled = day.ok ? day.data.filled : today;
        const all: Issue[] = [
          ...(day.ok ? [] : day.state.issues),
          ...(filled > today ? [{ path: 'filled', says: pageText.filledFuture }] : []),
          ...issues,
        ];
        if (all.length > 0) {
          const state = formAgain(req.body, []);
          return html(page(visit, found, { answers, issues: all, typed: req.body as unknown, state }), 422);
        }
        const { patient } = found.shown.document;
        const response = await open(
          actor,
          async (records) => {
            const { shown } = await around(records, visit);
            const id = await storeAnswers(
              records,
              { form: found.program.screening, program: found.program },
              {
                patient,
                answers,
                authored: filled === today ? records.now.toISOString() : `${filled}T12:00:00+09:00`,
                language: view.language,
                themselves: false,
              },
            );
            await linkSource(records, shown, 'QuestionnaireResponse', id);
            return id;
          },
          { once },
        );
        return seeOther(`/patients/${patient}/answers/${response}?said=stored`);
      }),
    );
}

const bodyOf = ({ body }: Visit['req']): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
