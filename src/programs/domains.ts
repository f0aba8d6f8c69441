import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import type { Sentence } from '../kernel/sentence.ts';
import { questionsOf } from './items.ts';
import type { Domain, Program } from './program.ts';
import { worded } from './wording.ts';

const ordinalValue = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';

/** The value of each option that has one (FHIR's extension `ordinalValue` on the option), by its code. */
export const scoresOf = (item: QuestionnaireItem): ReadonlyMap<string, number> =>
  new Map(
    (item.answerOption ?? []).flatMap(({ valueCoding, extension }) => {
      const value = extension?.find((one) => one.url === ordinalValue)?.valueDecimal;
      return valueCoding?.code === undefined || value === undefined ? [] : [[valueCoding.code, value]];
    }),
  );

/** What can be scored at least and at most. */
export type Span = Readonly<{ least: number; most: number }>;

export type DomainScore = Readonly<{
  id: string;
  name: Sentence;
  /** Sum of the values that were answered; undefined when none was. */
  score: number | undefined;
  /** The least and the highest sum of the questions that were answered: those without an answer do not count. */
  lowest: number;
  highest: number;
  answered: number;
  /** How many scored questions of the domain this version of the sheet has; 0 where it does not ask about it. */
  questions: number;
  /** The sums that all of those questions together can have. */
  scale: Span;
}>;

/** The scored questions of a domain that a version of the sheet has: those of today, and those that it had before. */
function scoredIn(form: Questionnaire, { questions, before }: Domain): QuestionnaireItem[] {
  const asked = questionsOf(form);
  return [...questions, ...before].flatMap((id) => {
    const item = asked.get(id);
    return item !== undefined && scoresOf(item).size > 0 ? [item] : [];
  });
}

const spanOf = (item: QuestionnaireItem): Span => {
  const values = [...scoresOf(item).values()];
  return { least: Math.min(...values), most: Math.max(...values) };
};

const together = (spans: readonly Span[]): Span => ({
  least: spans.reduce((sum, { least }) => sum + least, 0),
  most: spans.reduce((sum, { most }) => sum + most, 0),
});

/**
 * The domains of a program's assessment sheet with what these answers score, in the order of the program. `assessment` is
 * the form in the version in which they were given.
 */
export function scoreDomains(
  { domains, assessment }: Pick<Program, 'domains' | 'assessment'>,
  answers: Readonly<Record<string, readonly string[]>>,
): DomainScore[] {
  return domains.map((domain) => {
    const items = scoredIn(assessment, domain);
    const scored = items.flatMap((item) => {
      const value = scoresOf(item).get(answers[item.linkId]?.[0] ?? '');
      return value === undefined ? [] : [{ value, span: spanOf(item) }];
    });
    const { least, most } = together(scored.map(({ span }) => span));
    return {
      id: domain.id,
      name: domain.name,
      score: scored.length === 0 ? undefined : scored.reduce((sum, one) => sum + one.value, 0),
      lowest: least,
      highest: most,
      answered: scored.length,
      questions: items.length,
      scale: together(items.map(spanOf)),
    };
  });
}

/** The values that an option of a scored question may have, from the least, with its words; empty when the questions differ. */
export function levelsOf({ domains, assessment }: Pick<Program, 'domains' | 'assessment'>): Sentence[] {
  const items = domains.flatMap((domain) => scoredIn(assessment, domain));
  const scales = items.map((item) =>
    JSON.stringify([...scoresOf(item)].map(([code, value]) => [value, code])),
  );
  const [first] = items;
  if (first === undefined || scales.some((scale) => scale !== scales[0])) return [];
  const scores = scoresOf(first);
  return (first.answerOption ?? [])
    .filter((option) => scores.has(option.valueCoding?.code ?? ''))
    .toSorted((a, b) => valueOf(scores, a.valueCoding?.code) - valueOf(scores, b.valueCoding?.code))
    .map((option) => worded(option.valueCoding ?? {}, 'display'));
}

const valueOf = (scores: ReadonlyMap<string, number>, code: string | undefined): number =>
  scores.get(code ?? '') ?? 0;
