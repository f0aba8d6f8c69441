import type { Role } from '../../kernel/actor.ts';
import type { ShownDocument } from './read.ts';

/**
 * Where a form is typed in beside its picture, for whoever may fill in that form: answers and consents at the clinic that
 * keeps the person, the assessment at the office that has the referral. Undefined where there is nothing to type.
 */
export function typingAt({ document, referral, person }: ShownDocument, role: Role): string | undefined {
  const base = `/documents/${document.id}`;
  const isClinic = role === 'doctor' || role === 'reception';
  switch (document.what) {
    case 'questionnaire':
      return isClinic && document.typed === undefined && person.clinic !== undefined
        ? `${base}/answers`
        : undefined;
    case 'consent':
      return isClinic && document.typed === undefined ? `${base}/consent` : undefined;
    case 'assessment':
      return role === 'linkworker' && referral !== undefined ? `${base}/assessment` : undefined;
    case 'referral':
    case 'answer':
    case 'other':
      return undefined;
  }
}
