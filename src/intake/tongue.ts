import type { Questionnaire } from '@medplum/fhirtypes';
import type { Request } from 'express';
import type { Sentence } from '../kernel/sentence.ts';
import { inTongue, pageLanguage, tongueIn, tonguesOf, type Tongue } from '../programs/languages.ts';
import type { View } from '../web/view.ts';
import { readQuestionnaire, type FormModel } from './form.ts';

/**
 * The page around questions in that language. Who is asked in easy Japanese is spoken to in it throughout; so is who reads
 * a language in which the form is asked but this software says nothing: more people in Japan understand easy Japanese than
 * English (Immigration Services Agency, survey of foreign residents).
 */
export function viewIn(view: View, tongue: Tongue): View {
  const language = pageLanguage(tongue);
  const isEasy = tongue !== 'ja' && tongue !== 'en';
  const t = (sentence: Sentence): string => (isEasy ? (sentence.easy ?? sentence.ja) : sentence[language]);
  return { ...view, language, t };
}

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
