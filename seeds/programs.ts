import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { findNeeds } from '../src/intake/findings.ts';
import type { Answers } from '../src/intake/form.ts';
import { limitsOf, optionCodes, questionsOf } from '../src/programs/items.ts';
import type { Answered, Program } from '../src/programs/program.ts';
import { answersFor } from './answers.ts';
import type { DemoCase } from './cases.ts';
import type { DemoPatient } from './patients.ts';
import type { Trouble } from './needs.ts';

export type ByProgram = Readonly<{ program: Program; answers: Answers }>;

/**
 * By which of its clinic's programs a case goes, and what was answered there: the clinic's own where its questionnaire
 * brings to light all that troubles the person, else the one that every clinic knows.
 */
export function programOfCase(
  one: DemoCase,
  patient: DemoPatient | undefined,
  programs: readonly Program[],
): ByProgram | undefined {
  const [usual] = programs;
  const own = (patient?.clinic.programs ?? []).flatMap((id) => programs.filter((p) => p.id === id));
  for (const program of own.filter((p) => p !== usual && patient !== undefined && isFor(p, patient))) {
    const answers = answersThatShow(program, one.troubles);
    const found = findNeeds(program, answers).map(({ code }) => code);
    if (one.troubles.every((trouble) => found.includes(trouble))) return { program, answers };
  }
  return usual && { program: usual, answers: answersFor(one.troubles, one.interests) };
}

/** One program is for pregnant women and mothers of small children. */
const isFor = (program: Program, { age, person }: DemoPatient): boolean =>
  program.id !== 'takaishi' || (person.sex === 'female' && age <= 45);

/** Answers to any questionnaire that meet a rule for each of these needs, and tell of no trouble beside them. */
export function answersThatShow(program: Program, needs: readonly Trouble[]): Answers {
  const asked = questionsOf(program.screening);
  const answers: Record<string, readonly string[]> = {};
  const answer = (item: QuestionnaireItem, values: readonly string[]): void => {
    const before = item.repeats === true ? (answers[item.linkId] ?? []) : [];
    answers[item.linkId] = [...new Set([...before, ...values])];
    // A question is asked once those before it were answered so that it is.
    const conditions = item.enableWhen ?? [];
    for (const when of item.enableBehavior === 'any' ? conditions.slice(0, 1) : conditions) {
      const before2 = asked.get(when.question);
      const value = when.answerCoding?.code ?? when.answerBoolean ?? when.answerInteger;
      if (before2 && when.operator === '=' && value !== undefined) answer(before2, [String(value)]);
    }
  };
  for (const need of needs) {
    const when = program.needs.find((rule) => rule.code === need)?.when;
    if (!when) continue;
    const conditions =
      'any' in when ? when.any.slice(0, 1) : 'all' in when ? when.all : when.of.slice(0, when.atLeast);
    for (const condition of conditions) {
      const item = asked.get(condition.question);
      if (item) answer(item, valuesFor(condition));
    }
  }
  for (const [linkId, item] of asked)
    if (item.required === true && answers[linkId] === undefined && item.enableWhen === undefined)
      answers[linkId] = harmless(item, program);
  return answers;
}

function valuesFor(condition: Answered): readonly string[] {
  switch (condition.operator) {
    case '=':
      return [condition.answer];
    case 'in':
      return condition.answers.slice(0, 1);
    case 'count':
      return condition.answers.slice(0, condition.atLeast);
    case '>=':
      return [String(condition.atLeast)];
    case '<=':
      return [String(condition.atMost)];
    case 'exists':
      return ['true'];
  }
}

/** The first answer that no rule asks after; of a number, the largest. */
function harmless(item: QuestionnaireItem, { needs }: Program): readonly string[] {
  const told = needs
    .flatMap(({ when }) => ('any' in when ? when.any : 'all' in when ? when.all : when.of))
    .filter((condition) => condition.question === item.linkId)
    .flatMap((c) => ('answer' in c ? [c.answer] : 'answers' in c ? c.answers : []));
  const offered = item.type === 'boolean' ? ['false', 'true'] : optionCodes(item);
  if (item.type === 'integer') return [limitsOf(item).max ?? '5'];
  // A box for "none of these" stands last.
  const order = item.repeats === true ? offered.toReversed() : offered;
  return [order.find((code) => !told.includes(code)) ?? order[0] ?? ''];
}
