import { Router, type Request } from 'express';
import type { Questionnaire } from '@medplum/fhirtypes';
import { idIn } from '../../access/request.ts';
import type { Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { notFound, Refused, type Issue } from '../../kernel/problem.ts';
import { registerSheet } from '../../documents/printed.ts';
import { displayName, readPatient } from '../../people/record.ts';
import { pageLanguage } from '../../programs/languages.ts';
import { emptyForm } from '../../web/form.tsx';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import { changeRows, changeWords, readAnswers, type Answers } from '../answers.ts';
import type { IntakeNeeds } from '../needs.ts';
import { begin, unasked } from '../begin.ts';
import { failuresOf } from '../failing.ts';
import { answerFiles, receiveFiles } from '../files/receive.ts';
import { fillingPage } from './filling-page.tsx';
import { formInUse, formsInUse, ownForms } from './service.ts';
import { variantTag } from '../../documents/variant.ts';
import { variantIn } from '../../programs/variants.ts';
import { blankSheet, printQuestionnaire } from '../sheet.ts';
import { storeAnswers } from '../storing.ts';
import { spokenIn, wordsOf } from '../tongue.ts';
import { text } from './text.ts';

const staff = ['doctor', 'reception', 'linkworker'] as const;

/** Answering a form that was loaded, for a person: begun with what is known, checked as any form, kept as a response. */
export function fillingRoutes({ open, pages, programs }: IntakeNeeds): Router {
  const own = ownForms(programs);
  const readForm = async (records: Records, req: Request): Promise<Stored<Questionnaire>> => {
    const form = await records.read('Questionnaire', idIn(req, 'form'));
    if (own.has(form.url ?? '')) throw notFound();
    return form;
  };

  const draw = async (visit: Visit, given: Drawn): Promise<Reply> => {
    const { actor, view, req, newId } = visit;
    const found = await open(actor, async (records) => {
      const form = await readForm(records, req);
      const retired = form.status === 'retired';
      const newer = retired
        ? (await formsInUse(records, own)).find((one) => one.url === form.url)
        : undefined;
      return {
        form,
        retired,
        newer,
        failing: await failuresOf(records, form),
        person: readPatient(await records.read('Patient', idIn(req))),
      };
    });
    const { form, retired, newer, failing, person } = found;
    const { model, tongue } = spokenIn(view, form, given.words ?? wordsOf(req));
    return html(
      fillingPage({
        view,
        person,
        form,
        model,
        tongue,
        retired,
        newer: newer?.id,
        failing,
        once: newId(),
        ...given,
      }),
      retired ? 409 : given.status,
    );
  };

  const start = async (visit: Visit): Promise<Reply> => {
    const { actor, req } = visit;
    const state = await visit.filled(emptyForm());
    const begun = await open(actor, async (records) => {
      const form = await readForm(records, req);
      if (Object.keys(state.values).length > 0)
        return {
          answers: readAnswers(form, state.values, {
            before: await unasked((act) => act(records), programs, beginning(visit, form)),
          }).answers,
          typed: state.values,
          words: state.values['words'],
        };
      return { answers: await begin((act) => act(records), programs, beginning(visit, form)) };
    });
    return draw(visit, { issues: [], status: 200, ...begun });
  };

  const store = async (visit: Visit): Promise<Reply> => {
    const { actor, view, req, once } = visit;
    const patient = idIn(req);
    const asked = await open(actor, (records) => readForm(records, req));
    const { form, model, tongue } = spokenIn(view, asked, wordsOf(req));
    const refused = await receiveFiles(open, actor, req, { model, holder: { patient } });
    const body: unknown = req.body;
    const part = {
      before: await unasked((act) => open(actor, act), programs, beginning(visit, asked)),
    };
    const moved = changeWords(form, body, part) ?? changeRows(form, body, part);
    if (moved) return draw(visit, { issues: refused, status: refused.length > 0 ? 422 : 200, ...moved });
    const { answers, issues } = readAnswers(form, body, part, refused);
    if (issues.length > 0 || asked.status === 'retired')
      return draw(visit, { answers, issues, typed: body, status: 422 });
    try {
      const id = await open(
        actor,
        async (records) => {
          await records.read('Patient', patient);
          return storeAnswers(
            records,
            { form: asked, program: undefined },
            { patient, answers, authored: records.now.toISOString(), language: tongue, themselves: false },
          );
        },
        { once },
      );
      return seeOther(`/patients/${patient}/answers/${id}?said=stored`);
    } catch (error) {
      // Taken out of use between our look and the writing: the page comes back and says so.
      if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
      return draw(visit, { answers, issues: error.problem.issues.map(atNoField), typed: body, status: 422 });
    }
  };

  /** The form to be filled in with a pen; a version that is out of use is not handed out any more. */
  const print = async ({ actor, view, req }: Visit): Promise<Reply> => {
    const { form, person, sheetId, at } = await open(actor, async (records) => {
      const asked = await formInUse(records, own, idIn(req, 'form'));
      const patient = await records.read('Patient', idIn(req));
      records.note('print', 'form (blank)', patient.id, `Questionnaire/${asked.id}`);
      const variant = variantIn(asked, spokenIn(view, asked, wordsOf(req)).tongue, req.query['furigana']);
      // Of a kind of its own: its pages are filed with the person, and nobody takes them for the program's questionnaire.
      const sheet = { ...blankSheet(asked, patient.id, variantTag(variant)), kind: 'loaded-form' };
      return {
        form: asked,
        person: readPatient(patient),
        sheetId: await registerSheet(records, sheet),
        at: records.now,
      };
    });
    const { model, tongue } = spokenIn(view, form, wordsOf(req));
    const program = { name: model.title, wording: { notTheProjectsForm: text.notOurs } };
    const language = pageLanguage(tongue);
    const { furigana } = variantIn(form, tongue, req.query['furigana']);
    const pdf = await printQuestionnaire({ model, program, person, now: at, language, sheetId, furigana });
    const name = `${view.t(model.title)} ${displayName(person, 'ja')}.pdf`;
    return file(pdf, 'application/pdf', name, { inline: true });
  };

  return Router()
    .get('/patients/:id/forms/:form', pages.forRoles(staff, start))
    .get('/patients/:id/forms/:form/blank.pdf', pages.forRoles(staff, print))
    .post('/patients/:id/forms/:form', pages.forRoles(staff, store, answerFiles));
}

type Drawn = Readonly<{
  answers: Answers;
  issues: readonly Issue[];
  typed?: unknown;
  status: number;
  words?: unknown;
}>;

const beginning = ({ req, view }: Visit, form: Questionnaire) => ({
  form,
  patient: idIn(req),
  language: view.language,
});
const atNoField = ({ says }: Issue): Issue => ({ path: '', says });
