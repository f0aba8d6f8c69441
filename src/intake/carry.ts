import type { Language } from '../kernel/sentence.ts';
import type { CarryOver, Program } from '../programs/program.ts';
import { questionsIn, readQuestionnaire, type Answers, type Question } from './form.ts';
import { sayAnswers } from './say.ts';
import { answersTo, askedOnly } from './visible.ts';

/**
 * The assessment sheet as the answers of the questionnaire fill it in, so that nobody has to tell their story twice. A
 * chosen option becomes the option the program names, or the one with the same code; into free text go its words.
 */
export function carryOver(program: Program, answers: Answers, language: Language): Answers {
  const screening = readQuestionnaire(program.screening, language);
  const asked = askedOnly(screening, answers);
  const from = byLinkId(questionsIn(screening.sections));
  const to = byLinkId(questionsIn(readQuestionnaire(program.assessment, language).sections));
  const carried = new Map<string, string[]>();
  for (const one of program.carryOver) {
    const [source, target] = [from.get(one.from), to.get(one.to)];
    const values = answersTo(asked, one.from);
    if (source === undefined || target === undefined || values.length === 0) continue;
    const shared = program.carryOver.filter((other) => other.to === one.to).length > 1;
    const before = carried.get(one.to) ?? [];
    carried.set(
      one.to,
      isFree(target)
        ? [[...before, inWords(source, values, shared, language)].join('\n')]
        : [...new Set([...before, ...counterparts(values, one, target)])],
    );
  }
  return Object.fromEntries([...carried].filter(([, values]) => values.length > 0));
}

const byLinkId = (questions: readonly Question[]): ReadonlyMap<string, Question> =>
  new Map(questions.map((question) => [question.linkId, question]));

const isFree = ({ type }: Question): boolean => type === 'text' || type === 'string';

/** Where several answers come together, each says what it answers. */
function inWords(source: Question, values: readonly string[], shared: boolean, language: Language): string {
  const answer = sayAnswers(source, values)[language];
  return shared ? `${source.label[language]} ${answer}` : answer;
}

const counterparts = (values: readonly string[], { answers = {} }: CarryOver, target: Question): string[] =>
  values
    .map((value) => (Object.hasOwn(answers, value) ? (answers[value] ?? value) : value))
    .filter((value) => target.type !== 'choice' || target.options.some((option) => option.value === value));
