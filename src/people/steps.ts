import type { Sentence } from '../kernel/sentence.ts';
import type { ShapeName, Tone } from '../web/status.tsx';
import type { PatientLine } from './queries.ts';
import { text } from './text.ts';

export type State = Readonly<{ shape: ShapeName; tone: Tone; says: Sentence }>;

const state = (shape: ShapeName, tone: Tone, says: Sentence): State => ({ shape, tone, says });

export const answersState = (line: Pick<PatientLine, 'answered_at' | 'asked_until' | 'see_today'>): State => {
  if (line.see_today !== null) return state('alert', 'bad', text.seeToday);
  if (line.answered_at !== null) return state('check', 'good', text.answered);
  return line.asked_until === null
    ? state('circle', 'neutral', text.notAnswered)
    : state('half', 'info', text.answering);
};

export const consentState = (
  line: Pick<PatientLine, 'consent_status' | 'consent_until'>,
  now: Date,
): State => {
  if (line.consent_status === null) return state('circle', 'neutral', text.noConsent);
  if (line.consent_status !== 'active') return state('cross', 'warn', text.consentWithdrawn);
  return line.consent_until !== null && line.consent_until > now
    ? state('check', 'good', text.consented)
    : state('alert', 'warn', text.consentOver);
};

const referralStates: Readonly<Record<string, State>> = {
  draft: state('circle', 'neutral', text.draft),
  requested: state('half', 'info', text.waiting),
  accepted: state('check', 'good', text.accepted),
  'in-progress': state('full', 'info', text.inProgress),
  'on-hold': state('pause', 'warn', text.onHold),
  rejected: state('cross', 'bad', text.declined),
  cancelled: state('cross', 'neutral', text.cancelled),
  completed: state('check', 'good', text.sent),
  failed: state('check', 'neutral', text.sent),
};

export const referralState = (line: Pick<PatientLine, 'task_status'>): State =>
  referralStates[line.task_status ?? ''] ?? state('circle', 'neutral', text.notReferred);

export const resultState = (line: Pick<PatientLine, 'task_status' | 'report_id'>): State => {
  if (line.task_status === 'completed') return state('check', 'good', text.closed);
  if (line.task_status === 'failed') return state('cross', 'warn', text.failed);
  return line.report_id === null
    ? state('circle', 'neutral', text.noResult)
    : state('full', 'info', text.reported);
};
