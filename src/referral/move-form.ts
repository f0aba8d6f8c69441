import { z } from 'zod';
import { dayInTokyo, endOfDayInTokyo } from '../kernel/japan/calendar.ts';
import { choice, optionalDate, readForm, saying, textField } from '../web/form.tsx';
import type { Moving } from './move.ts';
import { caseText as text } from './case-text.ts';
import { reasonsToChoose, referralMoves, type ReferralMove } from './workflow.ts';

export const needsReason = (move: ReferralMove): boolean =>
  (referralMoves[move].needs as readonly string[]).includes('reason');

const names = Object.keys(referralMoves) as ReferralMove[];
const codes = reasonsToChoose;

/** A move of one press: accept, start, resume. */
const Plain = z.object({ move: choice(names, text.whichMissing), seen: textField({ max: 12 }) });

const withReason = (today: string) =>
  z.object({
    move: choice(names, text.whichMissing),
    seen: textField({ max: 12 }),
    reason_code: choice(codes, text.reasonCodeMissing),
    reason: textField({ max: 500, required: text.reasonTextMissing }),
    again: optionalDate().refine((day) => day === undefined || day > today, saying(text.againPast)),
  });

const Handing = z.object({
  assignee: textField({ max: 36, required: text.handToMissing }),
  seen: textField({ max: 12 }),
});

export const readHandForm = (body: unknown) => readForm(Handing, body);

/** What a posted form says about a move; a move that needs a reason, or none chosen yet, is read with its reason. */
export function readMoveForm(
  id: string,
  body: unknown,
  now: Date,
): { ok: true; data: Moving } | Extract<ReturnType<typeof readHandForm>, { ok: false }> {
  const plain = readForm(Plain, body);
  if (plain.ok && !needsReason(plain.data.move)) return { ok: true, data: { id, ...plain.data } };
  const read = readForm(withReason(dayInTokyo(now)), body);
  if (!read.ok) return read;
  const { move, seen, reason_code: code, reason, again } = read.data;
  return {
    ok: true,
    data: {
      id,
      move,
      seen,
      reason: { code, text: reason },
      ...(again === undefined || move !== 'hold' ? {} : { again: endOfDayInTokyo(again).toISOString() }),
    },
  };
}
