import { Router, type Request } from 'express';
import { idIn, textOf } from '../access/request.ts';
import { registerSheet } from '../documents/printed.ts';
import { variantTag } from '../documents/variant.ts';
import type { Records } from '../fhir/records.ts';
import { notFound } from '../kernel/problem.ts';
import { readPatient } from '../people/record.ts';
import { pageLanguage } from '../programs/languages.ts';
import { programAsking } from '../programs/record.ts';
import { variantIn } from '../programs/variants.ts';
import { file, html } from '../web/replies.ts';
import { fromResponse } from './answers.ts';
import { shownBy } from './extraction/shown.ts';
import { printedPictures } from './files/printed.ts';
import { fileReply, keptBytes } from './files/serve.ts';
import { filesText } from './files/text.ts';
import { findNeeds } from './findings.ts';
import { readQuestionnaire } from './form.ts';
import { text as formsText } from './forms/text.ts';
import { formAnswered } from './kept-forms.ts';
import type { IntakeNeeds } from './needs.ts';
import { pageText as text } from './page-text.ts';
import { readPage } from './read-page.tsx';
import { answersSheet, printQuestionnaire, sheetName } from './sheet.ts';
import { spokenIn, wordsOf } from './tongue.ts';
import { openAnswers, saidAtOnce } from './urgent.ts';

/** Whoever may read the answers may print them. */
export const readers = ['doctor', 'reception', 'linkworker'] as const;

/** `/patients/:id/answers/:response`: what somebody answered, on screen, on paper, and the files given with it. */
export function readRoutes({ pages, open, now, programs }: IntakeNeeds): Router {
  const readOne = async (records: Records, req: Request) => {
    const response = await records.read('QuestionnaireResponse', idIn(req, 'response'));
    if (response.subject?.reference !== `Patient/${idIn(req)}`) throw notFound();
    const form = await formAnswered(records, programs, response.questionnaire);
    const person = readPatient(await records.read('Patient', idIn(req)));
    return { response, form, person, waits: await openAnswers(records, response) };
  };

  return Router()
    .get(
      '/patients/:id/answers/:response/files/:file',
      pages.forRoles(readers, async ({ actor, view, req }) => {
        const bytes = await open(actor, async (records) => {
          const response = await records.read('QuestionnaireResponse', textOf(req.params['response']));
          if (response.subject?.reference !== `Patient/${idIn(req)}`) throw notFound();
          return keptBytes(records, response, req.params['file']);
        });
        return fileReply(req, bytes, view.t(filesText.nameless));
      }),
    )
    .get(
      '/patients/:id/answers/:response.pdf',
      pages.forRoles(readers, async (visit) => {
        const { t } = visit.view;
        const { response, form, person, sheetId, variant, files } = await open(
          visit.actor,
          async (records) => {
            const read = await readOne(records, visit.req);
            records.note(
              'print',
              'questionnaire',
              read.person.id,
              `QuestionnaireResponse/${read.response.id}`,
            );
            if (!read.form) throw notFound();
            const { tongue } = spokenIn(visit.view, read.form, wordsOf(visit.req));
            const asked = variantIn(read.form, tongue, visit.req.query['furigana']);
            const sheet = answersSheet(read.response, variantTag(asked));
            return {
              ...read,
              form: read.form,
              variant: asked,
              files: await printedPictures(records, read.response),
              sheetId: await registerSheet(records, sheet),
            };
          },
        );
        const { tongue, furigana } = variant;
        const language = pageLanguage(tongue);
        const model = readQuestionnaire(form, tongue);
        const elsewhere = { name: model.title, wording: { notTheProjectsForm: formsText.notOurs } };
        const program = programAsking(programs, response.questionnaire) ?? elsewhere;
        const answers = fromResponse(form, response);
        const pdf = await printQuestionnaire({
          model,
          program,
          person,
          answers,
          pictures: await files(),
          now: now(),
          language,
          sheetId,
          furigana,
        });
        return file(pdf, 'application/pdf', sheetName(t(text.questionnaire), person), { inline: true });
      }),
    )
    .get(
      '/patients/:id/answers/:response',
      pages.forRoles(readers, async (visit) => {
        const { view, req } = visit;
        const { response, form, person, waits, shows } = await open(visit.actor, async (records) => {
          const read = await readOne(records, req);
          return { ...read, shows: await shownBy(records, read) };
        });
        const program = programAsking(programs, response.questionnaire);
        const asked = form && { form, model: readQuestionnaire(form, view.language) };
        const findings = program && form ? findNeeds(program, fromResponse(form, response)) : [];
        const shown = req.query['said'] === 'stored' ? { ...view, notice: text.saidStored } : view;
        const forClinic = visit.actor.role !== 'linkworker';
        const codes = findings.map(({ code }) => code);
        const atOnce = program && forClinic ? saidAtOnce(program, codes) : [];
        return html(
          readPage({ view: shown, person, response, asked, findings, forClinic, atOnce, waits, ...shows }),
        );
      }),
    );
}
