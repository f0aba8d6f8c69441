import type { Request } from 'express';
import { textOf } from '../access/request.ts';
import { findLink, type Link } from '../access/links.ts';
import { field, type OpenVisit } from '../access/visit.ts';
import type { Tongue } from '../programs/languages.ts';
import type { Records } from '../fhir/records.ts';
import type { View } from '../web/view.ts';
import { readAnswers, type Answers } from './answers.ts';
import { askedForm, type AskedForm } from './asked.ts';
import { begin, unasked } from './begin.ts';
import { readFilling, saveFilling, type Wishes } from './drafts.ts';
import type { FormModel } from './form.ts';
import type { IntakeNeeds } from './needs.ts';
import { fieldName } from './typed.ts';
import { whoHolds, withdrawn } from './tablet-service.ts';
import { spokenIn } from './tongue.ts';

/** A link with what its holder has done so far, asked in the language they wish. */
export type Opened = Readonly<{
  link: Link;
  asked: AskedForm;
  /** The form with its words in that language. */
  form: AskedForm['form'];
  tongue: Tongue;
  view: View;
  model: FormModel;
  answers: Answers;
  begun: boolean;
  wishes: Wishes;
  taken: readonly string[];
  /** `/a/<secret>` */
  base: string;
  secret: string;
}>;

/** Opens links and keeps what is done with them. */
export function openings({ database, open, programs, now, newId }: IntakeNeeds) {
  const find = async ({ view, req }: OpenVisit): Promise<Opened> => {
    const secret = textOf(req.params['secret']);
    const link = await findLink(database, secret, 'answer-questionnaire', now());
    if (link.patient === undefined) throw withdrawn();
    const current = programs.find(
      ({ screening }) => `${screening.url ?? ''}|${screening.version ?? ''}` === link.questionnaire,
    );
    const asked = current
      ? { form: current.screening, program: current }
      : await open(whoHolds(link, req), (records) => askedForm(records, programs, link.questionnaire));
    if (!asked) throw withdrawn();
    const { answers, wishes, taken } = await readFilling(database, link);
    // Whoever holds the link is the person, and sees of their own record what its row rules let them.
    const ownRecord = (act: (records: Records) => Promise<Answers>) => open(whoHolds(link, req), act);
    const beginning = { form: asked.form, patient: link.patient, language: view.language };
    const known = await (answers === undefined ? begin : unasked)(ownRecord, programs, beginning);
    const spoken = spokenIn(view, asked.form, wishes.tongue);
    return {
      ...spoken,
      view: { ...spoken.view, furigana: wishes.furigana === true },
      link,
      asked,
      // What is kept goes before what is known: nothing that was typed, or taken out, is filled in again.
      answers: { ...known, ...answers },
      begun: answers !== undefined,
      wishes,
      taken,
      base: `/a/${secret}`,
      secret,
    };
  };

  /** Keeps answers (undefined while there are none) and wishes; `from`: what a browser kept under the id that the form carries has arrived with it. */
  const keep = (
    { link, taken, wishes }: Opened,
    answers: Answers | undefined,
    given: Readonly<{ from?: Request; wishes?: Wishes }> = {},
  ): Promise<void> => {
    const id = given.from && field(given.from, '_kept');
    const arrived = id !== undefined && /^[\w-]{8,64}$/.test(id) ? [id] : [];
    return saveFilling(
      database,
      link,
      { answers, wishes: given.wishes ?? wishes, taken: [...taken, ...arrived] },
      { id: newId(), now: now() },
    );
  };
  /** What nobody types, for reading a page with all questions. */
  const unaskedOf = ({ req, view }: OpenVisit, { link, asked }: Opened): Promise<Answers> =>
    link.patient === undefined
      ? Promise.resolve({})
      : unasked((act) => open(whoHolds(link, req), act), programs, {
          form: asked.form,
          patient: link.patient,
          language: view.language,
        });
  return { find, keep, unaskedOf };
}

/** What of a page can be kept although it is not finished: what is no answer of its kind is asked again later. */
export function keepable(read: ReturnType<typeof readAnswers>): Answers {
  const wrong = new Set(read.issues.map((one) => one.path));
  return Object.fromEntries(Object.entries(read.answers).filter(([linkId]) => !wrong.has(fieldName(linkId))));
}
