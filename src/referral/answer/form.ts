import { z } from 'zod';
import {
  choice,
  optionalChoice,
  optionalText,
  readForm,
  saying,
  tick,
  type FormState,
} from '../../web/form.tsx';
import { outcomes, reasons } from '../workflow.ts';
import { answerNames, answers, groupOutcomes, groupReasons, needsOf, type Answer } from './moves.ts';
import type { Answering } from './service.ts';
import { moveSays, text } from './text.ts';

export const longestWords = 300;

const AnswerForm = z.object({
  answer: choice(answerNames, text.answerMissing),
  words: optionalText(longestWords),
  full: tick(),
});
export type AnswerFilled = Readonly<{ answer: Answer; words: string | undefined; full: boolean }>;

type Read<T> = { ok: true; data: T } | { ok: false; state: FormState };

export const readAnswer = (body: unknown): Read<AnswerFilled> => readForm(AnswerForm, body);

/** One tap is enough: what the answer stands for is the reason in words, unless somebody wrote their own. */
export function answeringOf(task: string, { answer, words, full }: AnswerFilled): Answering {
  const { move, reason } = answers[answer];
  if (reason === undefined) return { task, move, ...(words === undefined ? {} : { note: words }) };
  return {
    task,
    move,
    reason: { code: reason, text: words ?? reasons[reason].ja },
    ...(answer === 'full' && full ? { full } : {}),
  };
}

/** Moves after the answer. */
export type LaterMove = keyof typeof moveSays;
export const laterMoves = Object.keys(moveSays) as LaterMove[];

const asked = (need: string, move: unknown): boolean =>
  laterMoves.some((m) => m === move && needsOf(m).some((n) => n === need));

const LaterForm = z
  .object({
    move: choice(laterMoves, text.moveMissing),
    why: optionalChoice(groupReasons),
    outcome: optionalChoice(groupOutcomes),
    words: optionalText(longestWords),
  })
  .refine((f) => !asked('reason', f.move) || f.why !== undefined, {
    path: ['why'],
    error: saying(text.whyMissing),
    when: () => true,
  })
  .refine((f) => !asked('outcome', f.move) || f.outcome !== undefined, {
    path: ['outcome'],
    error: saying(text.outcomeMissing),
    when: () => true,
  });

/** Reads what happened after the answer; words nobody wrote are those of the choice. */
export function readLater(task: string, body: unknown): Read<Answering> {
  const read = readForm(LaterForm, body);
  if (!read.ok) return read;
  const { move, why, outcome, words } = read.data;
  const reasoned = asked('reason', move) && why !== undefined;
  const ended = asked('outcome', move) && outcome !== undefined;
  return {
    ok: true,
    data: {
      task,
      move,
      ...(reasoned ? { reason: { code: why, text: words ?? reasons[why].ja } } : {}),
      ...(ended ? { outcome: { code: outcome, text: words ?? outcomes[outcome].ja } } : {}),
      ...(!reasoned && !ended && words !== undefined ? { note: words } : {}),
    },
  };
}
