import { z } from 'zod';
import {
  outcomes,
  reasonsToChoose,
  requestMoves,
  type Outcome,
  type Reason,
  type RequestMove,
} from '../referral/workflow.ts';
import { choice, optionalText, readForm, saying, type FormState } from '../web/form.tsx';
import type { Answering } from './answer.ts';
import { requestWords as text } from './request-text.ts';

const moves = (Object.keys(requestMoves) as RequestMove[]).filter((m) => m !== 'ask');
const needsOf = (move: RequestMove): readonly string[] => requestMoves[move].needs;

/** Fields that the chosen move does not need fall away, whatever stands in them. */
const MoveForm = z
  .object({
    move: choice(moves, text.moveMissing),
    outcome: optionalText(40),
    outcomeText: optionalText(500),
    reason: optionalText(40),
    reasonText: optionalText(500),
  })
  .superRefine((given, context) => {
    const miss = (path: string, says: typeof text.moveMissing): void =>
      context.addIssue({ code: 'custom', path: [path], message: saying(says) });
    if (needsOf(given.move).includes('outcome')) {
      if (given.outcome === undefined || !Object.hasOwn(outcomes, given.outcome))
        miss('outcome', text.outcomeCodeMissing);
      if (given.outcomeText === undefined) miss('outcomeText', text.outcomeTextMissing);
    }
    if (needsOf(given.move).includes('reason')) {
      if (!reasonsToChoose.some((code) => code === given.reason)) miss('reason', text.reasonCodeMissing);
      if (given.reasonText === undefined) miss('reasonText', text.reasonTextMissing);
    }
  });

/** What a form says that a group answered: typed in after a call, or beside the picture of its sheet. */
export function readMove(
  body: unknown,
):
  | Readonly<{ ok: true; data: Pick<Answering, 'move' | 'reason' | 'outcome'> }>
  | Readonly<{ ok: false; state: FormState }> {
  const read = readForm(MoveForm, body);
  if (!read.ok) return read;
  const { move, outcome, outcomeText, reason, reasonText } = read.data;
  const data = {
    move,
    ...(needsOf(move).includes('outcome')
      ? { outcome: { code: outcome as Outcome, text: outcomeText ?? '' } }
      : {}),
    ...(needsOf(move).includes('reason')
      ? { reason: { code: reason as Reason, text: reasonText ?? '' } }
      : {}),
  };
  return { ok: true, data };
}
