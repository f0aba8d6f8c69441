import type { Sentence } from '../kernel/sentence.ts';
import { inOrderOfNeeds, needLabel } from '../programs/needs.ts';
import type { Answered, NeedRule, Program } from '../programs/program.ts';
import type { PictureName } from '../web/pictures.tsx';
import { questionsIn, readQuestionnaire, type Answers, type Question } from './form.ts';
import { sayAnswers } from './say.ts';
import { answersTo, askedOnly } from './visible.ts';

export { toConditions, toObservations, type Screened } from './finding-records.ts';

/** A question whose answers show a need. */
export type Because = Readonly<{
  linkId: string;
  question: Sentence;
  values: readonly string[];
  answer: Sentence;
}>;

/** A need that the answers show: something to talk about, never a diagnosis. */
export type Finding = Readonly<{
  code: string;
  system: string;
  label: Sentence;
  picture: PictureName;
  /** Why, in the words of the rules that found it. */
  says: readonly Sentence[];
  because: readonly Because[];
}>;

/**
 * The needs that the answers to a program's questionnaire show, in the order of needs, each once with all
 * its reasons. Answers to questions that are not asked show nothing.
 */
export function findNeeds(program: Program, answers: Answers): Finding[] {
  const model = readQuestionnaire(program.screening, 'ja');
  const questions = questionsIn(model.sections);
  const asked = askedOnly(model, answers);
  const met = rulesMet(program.needs, asked);
  const found = met.flatMap((rule, i): Finding[] => {
    const rules = met.filter((one) => one.code === rule.code);
    if (met.findIndex((one) => one.code === rule.code) < i) return [];
    return [
      {
        code: rule.code,
        system: rule.system,
        label: needLabel(rule.code),
        picture: rule.picture,
        says: rules.map((one) => one.because),
        because: becauseOf(rules.flatMap(conditionsOf), asked, questions),
      },
    ];
  });
  return inOrderOfNeeds(found, (one) => one.code);
}

const conditionsOf = ({ when }: NeedRule): readonly Answered[] =>
  'any' in when ? when.any : 'all' in when ? when.all : when.of;

/** The rules that these answers meet, whatever else the form asks. */
export const rulesMet = (rules: readonly NeedRule[], answers: Answers): NeedRule[] =>
  rules.filter((rule) => isMet(rule, answers));

function isMet(rule: NeedRule, answers: Answers): boolean {
  const conditions = conditionsOf(rule);
  const { when } = rule;
  const enough = 'any' in when ? 1 : 'all' in when ? conditions.length : when.atLeast;
  return conditions.filter((condition) => holding(condition, answers).length > 0).length >= enough;
}

/** The answers that make a condition hold; none when it does not. An unanswered question fulfils nothing. */
function holding(condition: Answered, answers: Answers): readonly string[] {
  const values = answersTo(answers, condition.question);
  switch (condition.operator) {
    case '=':
      return values.filter((value) => value === condition.answer);
    case 'in':
      return values.filter((value) => condition.answers.includes(value));
    case 'count': {
      const ticked = values.filter((value) => condition.answers.includes(value));
      return ticked.length >= condition.atLeast ? ticked : [];
    }
    case '>=':
      return values.filter((value) => Number(value) >= condition.atLeast);
    case '<=':
      return values.filter((value) => Number(value) <= condition.atMost);
    case 'exists':
      return values;
  }
}

/** One reason a question, with the answers that any of the conditions found, in the order of the form. */
function becauseOf(
  conditions: readonly Answered[],
  answers: Answers,
  questions: readonly Question[],
): Because[] {
  return questions.flatMap((question): Because[] => {
    const own = conditions.filter((condition) => condition.question === question.linkId);
    const found = new Set(own.flatMap((condition) => holding(condition, answers)));
    const values = answersTo(answers, question.linkId).filter((value) => found.has(value));
    if (values.length === 0) return [];
    return [
      { linkId: question.linkId, question: question.label, values, answer: sayAnswers(question, values) },
    ];
  });
}
