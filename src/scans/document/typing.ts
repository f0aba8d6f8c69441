import type { Role } from '../../kernel/actor.ts';
import type { ShownDocument } from './read.ts';

/** Where it is typed in, as long as nobody has; an assessment is written on as the case goes on. */
export const typingAt = (shown: ShownDocument, role: Role): string | undefined =>
  shown.document.typed === undefined || shown.document.what === 'assessment'
    ? formAt(shown, role)
    : undefined;

/**
 * Where a form is typed in beside its picture, for whoever may fill in that form: answers and consents at the clinic that
 * keeps the person, the assessment and what a group or window answered at the office that has the referral. Undefined where there is nothing to type.
 */
export function formAt({ document, referral, person }: ShownDocument, role: Role): string | undefined {
  const base = `/documents/${document.id}`;
  const isClinic = role === 'doctor' || role === 'reception';
  switch (document.what) {
    case 'questionnaire':
      return isClinic && person.clinic !== undefined ? `${base}/answers` : undefined;
    case 'consent':
      return isClinic ? `${base}/consent` : undefined;
    case 'assessment':
      return role === 'linkworker' && referral !== undefined ? `${base}/assessment` : undefined;
    case 'answer':
      return role === 'linkworker' && referral !== undefined ? `${base}/reply` : undefined;
    case 'referral':
    case 'other':
      return undefined;
  }
}
