import type { QuestionnaireItem } from '@medplum/fhirtypes';
import type { Sentence } from '../kernel/sentence.ts';
import { placedItems } from './items.ts';
import { inTongue, type Tongue } from './languages.ts';
import type { Program } from './program.ts';
import { worded } from './wording.ts';

export type ConsentChoice = Readonly<{ code: string; label: Sentence }>;
export type ConsentWords = Readonly<{
  title: Sentence;
  /** What the form says under each heading. */
  intro: Sentence;
  purpose: Sentence;
  period: Sentence;
  withdrawal: Sentence;
  recipients: readonly ConsentChoice[];
  items: readonly ConsentChoice[];
}>;

/** The linkIds by which a consent form's parts are found; loading refuses a consent form that lacks one. */
export const consentParts = {
  prose: ['intro', 'purpose', 'period', 'withdrawal'],
  choices: ['recipients', 'items'],
} as const;

/**
 * The wording of a program's consent form, for the page where consent is taken and for the printed sheet; in another language
 * of the form, its words stand in the place of both.
 */
export function consentWords(program: Pick<Program, 'consent'>, tongue: Tongue = 'ja'): ConsentWords {
  const form = inTongue(program.consent, tongue);
  const byId = new Map(placedItems(form).map(({ item }) => [item.linkId, item]));
  const part = (linkId: string): Sentence => wordsOf(byId.get(linkId));
  return {
    title: worded(form, 'title'),
    intro: part('intro'),
    purpose: part('purpose'),
    period: part('period'),
    withdrawal: part('withdrawal'),
    recipients: choicesOf(byId.get('recipients')),
    items: choicesOf(byId.get('items')),
  };
}

const wordsOf = (item: QuestionnaireItem | undefined): Sentence =>
  item ? worded(item, 'text') : { ja: '', en: '' };

const choicesOf = (item: QuestionnaireItem | undefined): ConsentChoice[] =>
  (item?.answerOption ?? []).flatMap(({ valueCoding }) =>
    valueCoding?.code === undefined
      ? []
      : [{ code: valueCoding.code, label: worded(valueCoding, 'display') }],
  );
