import type { Sentence } from '../kernel/sentence.ts';
import type { View } from '../web/view.ts';
import { pageLanguage, type Tongue } from './languages.ts';

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
