import { asIs, type Sentence } from '../kernel/sentence.ts';
import { questionsOf } from '../programs/items.ts';
import type { Program } from '../programs/program.ts';
import { worded } from '../programs/wording.ts';
import { text } from './text.ts';

/** What programs call what they count; its code where the program is here no more. */
export const topicName = (programs: readonly Program[], code: string): Sentence =>
  programs.flatMap(({ sessions }) => sessions?.contacts?.topics ?? []).find((topic) => topic.code === code)
    ?.name ?? asIs(code);

const itemOf = (programs: readonly Program[], program: string, question: string) => {
  const found = programs.find(({ id }) => id === program);
  return found && questionsOf(found.screening).get(question);
};

export function questionName(programs: readonly Program[], program: string, question: string): Sentence {
  const item = itemOf(programs, program, question);
  return item === undefined ? asIs(question) : worded(item, 'text');
}

export function answerName(
  programs: readonly Program[],
  program: string,
  question: string,
  option: string,
): Sentence {
  if (option === 'true') return text.yes;
  if (option === 'false') return text.no;
  const coding = itemOf(programs, program, question)?.answerOption?.find(
    ({ valueCoding }) => valueCoding?.code === option,
  )?.valueCoding;
  return coding === undefined ? asIs(option) : worded(coding, 'display');
}
