import type { Questionnaire } from '@medplum/fhirtypes';
import type { Request } from 'express';
import { inTongue, tongueIn, tonguesOf, type Tongue } from '../programs/languages.ts';
import { viewIn } from '../programs/speaking.ts';
import type { View } from '../web/view.ts';
import { readQuestionnaire, type FormModel } from './form.ts';

export const bodyOf = (req: Request): Readonly<Record<string, unknown>> =>
  typeof req.body === 'object' && req.body !== null ? (req.body as Record<string, unknown>) : {};

export type Spoken = Readonly<{
  /** The form with its words in that language. */
  form: Questionnaire;
  tongue: Tongue;
  view: View;
  model: FormModel;
}>;

/** A form and its page in the language wished for; else in the page's; else in the form's own. */
export function spokenIn(view: View, form: Questionnaire, wished: unknown): Spoken {
  const offered = tonguesOf(form);
  const own = offered.includes(view.language) ? view.language : (offered[0] ?? view.language);
  const tongue = tongueIn(form, wished, own);
  return {
    form: inTongue(form, tongue),
    tongue,
    // A form in one language only is asked in it, and the page around it stays as it is.
    view: offered.length < 2 ? view : viewIn(view, tongue),
    model: readQuestionnaire(form, tongue),
  };
}

/** The language in which a page of the staff asks: as its button says, or as the page had it. */
export const wordsOf = (req: Request): unknown =>
  bodyOf(req)['_words'] ?? bodyOf(req)['words'] ?? req.query['words'];
