import type { QuestionnaireItem } from '@medplum/fhirtypes';
import type { Sentence } from '../kernel/sentence.ts';
import { questionsOf } from './items.ts';
import type { Program } from './program.ts';
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

export type DomainScore = Readonly<{
  id: string;
  name: Sentence;
  /** Sum of the values that were answered; undefined when none was. */
  score: number | undefined;
  /** The highest sum that these questions could have. Questions without an answer do not count. */
  highest: number;
  answered: number;
  questions: number;
}>;

/** The domains of a program's assessment sheet with what these answers score, in the order of the program. */
export function scoreDomains(
  program: Pick<Program, 'domains' | 'assessment'>,
  answers: Readonly<Record<string, readonly string[]>>,
): DomainScore[] {
  const asked = questionsOf(program.assessment);
  return program.domains.map(({ id, name, questions }) => {
    const scored = questions.flatMap((question) => {
      const item = asked.get(question);
      const scores = item ? scoresOf(item) : new Map<string, number>();
      const value = scores.get(answers[question]?.[0] ?? '');
      return value === undefined ? [] : [{ value, most: Math.max(...scores.values()) }];
    });
    return {
      id,
      name,
      score: scored.length === 0 ? undefined : scored.reduce((sum, one) => sum + one.value, 0),
      highest: scored.reduce((sum, one) => sum + one.most, 0),
      answered: scored.length,
      questions: questions.length,
    };
  });
}

/** The values that an option of a scored question may have, from the least, with its words; empty when the questions differ. */
export function levelsOf(program: Pick<Program, 'domains' | 'assessment'>): Sentence[] {
  const asked = questionsOf(program.assessment);
  const items = program.domains.flatMap(({ questions }) => questions.flatMap((id) => asked.get(id) ?? []));
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
