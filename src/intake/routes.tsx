import { Router } from 'express';
import { idIn, textOf } from '../access/request.ts';
import { makeLink } from '../access/links.ts';
import type { Visit } from '../access/visit.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo, endOfDayInTokyo } from '../kernel/japan/calendar.ts';
import type { Issue } from '../kernel/problem.ts';
import { readPatient } from '../people/record.ts';
import { pageLanguage } from '../programs/languages.ts';
import type { Program } from '../programs/program.ts';
import { variantIn } from '../programs/variants.ts';
import { chosenProgram, ownPrograms } from '../programs/record.ts';
import { dateField, emptyForm, formAgain, readForm, type FormState } from '../web/form.tsx';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { z } from 'zod';
import { changeRows, changeWords, readAnswers, type Answers } from './answers.ts';
import { begin, unasked } from './begin.ts';
import { linkPage, typingPage, waysPage } from './asking-pages.tsx';
import { dropStaleDrafts } from './drafts.ts';
import { answerFiles, receiveFiles } from './files/receive.ts';
import { fileReply, heldBytes } from './files/serve.ts';
import { filesText } from './files/text.ts';
import { fillingRoutes } from './forms/filling.tsx';
import { formInUse, formsInUse, ownForms } from './forms/service.ts';
import type { IntakeNeeds } from './needs.ts';
import { pageText as text } from './page-text.ts';
import { readRoutes, readers } from './read-routes.tsx';
import { registerSheet } from '../documents/printed.ts';
import { variantTag } from '../documents/variant.ts';
import { blankSheet, printQuestionnaire, sheetName } from './sheet.ts';
import { storeAnswers } from './storing.ts';
import { tabletRoutes } from './tablet.ts';
import { bodyOf, spokenIn, wordsOf } from './tongue.ts';
import { linkDays } from './tablet-service.ts';

export type { IntakeNeeds } from './needs.ts';

const staff = ['doctor', 'reception'] as const;

/** Asking a person the questions, on a tablet or on paper, and reading what they answered. */
export function intakeRoutes(needs: IntakeNeeds): Router {
  const { pages, open, now, programs, publicUrl } = needs;
  /** The programs that the body runs, and the one that is meant. */
  const offered = async ({ actor }: Visit, id: unknown) => {
    const all = await open(actor, (records) => ownPrograms(records, programs));
    return { programs: all, program: chosenProgram(all, id) };
  };
  const patientOf = async ({ actor, req }: Visit) =>
    readPatient(await open(actor, (records) => records.read('Patient', idIn(req))));

  const reading =
    ({ actor }: Visit) =>
    (act: (records: Records) => Promise<Answers>) =>
      open(actor, act);
  /** What was left here unsent; else what is known of the person. */
  const startOf = async (visit: Visit, program: Program, state: FormState) =>
    state.left === undefined
      ? { answers: await begin(reading(visit), programs, beginning(visit, program)) }
      : {
          answers: readAnswers(program.screening, state.values, {
            before: await unasked(reading(visit), programs, beginning(visit, program)),
          }).answers,
          typed: state.values,
        };

  const store = async (visit: Visit): Promise<Reply> => {
    const { actor, view, req, once, newId } = visit;
    const { programs: own, program } = await offered(visit, bodyOf(req)['program']);
    const { form, tongue, model } = spokenIn(view, program.screening, wordsOf(req));
    const holder = { patient: idIn(req) };
    const refused = await receiveFiles(open, actor, req, { model, holder });
    const part = { before: await unasked(reading(visit), programs, beginning(visit, program)) };
    const moved = changeWords(form, bodyOf(req), part) ?? changeRows(form, bodyOf(req), part);
    const { answers, issues } = moved
      ? { answers: moved.answers, issues: [] }
      : readAnswers(form, bodyOf(req), part, refused);
    const today = dayInTokyo(now());
    const day = readForm(z.object({ filled: dateField() }), req.body);
    const filled = day.ok ? day.data.filled : today;
    const all: Issue[] = [
      ...(day.ok ? [] : day.state.issues),
      ...(filled > today ? [{ path: 'filled', says: text.filledFuture }] : []),
      ...issues,
    ];
    if (moved || all.length > 0)
      return html(
        typingPage({
          view,
          person: await patientOf(visit),
          program,
          programs: own,
          model,
          tongue,
          answers,
          issues: moved ? refused : all,
          typed: moved ? moved.typed : (req.body as unknown),
          state: formAgain(req.body, []),
          once: newId(),
        }),
        moved && refused.length === 0 ? 200 : 422,
      );
    const patient = idIn(req);
    const response = await open(
      actor,
      async (records) => {
        await records.read('Patient', patient);
        return storeAnswers(
          records,
          { form: program.screening, program },
          {
            patient,
            answers,
            authored: filled === today ? records.now.toISOString() : `${filled}T12:00:00+09:00`,
            language: tongue,
            themselves: false,
          },
        );
      },
      { once },
    );
    return seeOther(`/patients/${patient}/answers/${response}?said=stored`);
  };

  const makeAddress = async (visit: Visit): Promise<Reply> => {
    const { actor, view, req } = visit;
    const { program } = await offered(visit, bodyOf(req)['program']);
    const elsewhere = textOf(bodyOf(req)['form']);
    const until = endOfDayInTokyo(dayInTokyo(new Date(now().getTime() + linkDays * 24 * 3_600_000)));
    const { person, secret } = await open(actor, async (records) => {
      const patient = await records.read('Patient', idIn(req));
      await dropStaleDrafts(records);
      const form =
        elsewhere === '' ? program.screening : await formInUse(records, ownForms(programs), elsewhere);
      return {
        person: readPatient(patient),
        secret: await makeLink(records, {
          purpose: 'answer-questionnaire',
          organization: actor.organization,
          patient: patient.id,
          questionnaire: `${form.url ?? ''}|${form.version ?? ''}`,
          expires: until,
        }),
      };
    });
    const path = `/a/${secret}`;
    return html(linkPage({ view, person, program, address: `${publicUrl}${path}`, path, until }));
  };

  return Router()
    .use(tabletRoutes(needs))
    .use(fillingRoutes(needs))
    .get(
      '/patients/:id/answers',
      pages.forRoles(staff, async (visit) => {
        const own = await offered(visit, visit.req.query['program']);
        const others = await open(visit.actor, (records) => formsInUse(records, ownForms(programs)));
        return html(waysPage({ view: visit.view, person: await patientOf(visit), ...own, others }));
      }),
    )
    .get(
      '/patients/:id/answers/new',
      pages.forRoles(staff, async (visit) => {
        const { view, req, newId } = visit;
        const own = await offered(visit, req.query['program']);
        const { program } = own;
        const person = await patientOf(visit);
        const state = await visit.filled(emptyForm({ filled: dayInTokyo(now()) }));
        const { tongue, model } = spokenIn(view, program.screening, state.values['words'] ?? wordsOf(req));
        return html(
          typingPage({
            view,
            person,
            ...own,
            model,
            tongue,
            ...(await startOf(visit, program, state)),
            issues: [],
            state,
            once: newId(),
          }),
        );
      }),
    )
    .post('/patients/:id/answers', pages.forRoles(staff, store, answerFiles))
    .get(
      '/patients/:id/files/:file',
      pages.forRoles(readers, async ({ actor, view, req }) => {
        const bytes = await open(actor, (records) =>
          heldBytes(records, { patient: idIn(req) }, req.params['file']),
        );
        return fileReply(req, bytes, view.t(filesText.nameless));
      }),
    )
    .post('/patients/:id/answer-links', pages.forRoles(staff, makeAddress))
    .get(
      '/patients/:id/questionnaire.pdf',
      pages.forRoles(staff, async (visit) => {
        const { actor, view, req } = visit;
        const { program } = await offered(visit, req.query['program']);
        const { model, tongue } = spokenIn(view, program.screening, wordsOf(req));
        const language = pageLanguage(tongue);
        const variant = variantIn(program.screening, tongue, req.query['furigana']);
        const { person, sheetId } = await open(actor, async (records) => {
          const patient = await records.read('Patient', idIn(req));
          records.note('print', 'questionnaire (blank)', patient.id);
          const sheet = blankSheet(program.screening, patient.id, variantTag(variant));
          return { person: readPatient(patient), sheetId: await registerSheet(records, sheet) };
        });
        const { furigana } = variant;
        const pdf = await printQuestionnaire({
          model,
          program,
          person,
          now: now(),
          language,
          sheetId,
          furigana,
        });
        return file(pdf, 'application/pdf', sheetName(view.t(text.questionnaire), person), { inline: true });
      }),
    )
    .use(readRoutes(needs));
}

const beginning = ({ req, view }: Visit, program: Program) => ({
  form: program.screening,
  patient: idIn(req),
  language: view.language,
});
