import type { Role } from '../kernel/actor.ts';

/** The sheets that can be printed for many, in the order in which they lie in the file. */
export const sheetNames = [
  'questionnaire-blank',
  'answers',
  'consent-blank',
  'consent',
  'request-sheet',
  'referral',
  'assessment-blank',
  'assessment',
  'plan',
  'report',
  'provision',
] as const;
export type SheetName = (typeof sheetNames)[number];

const clinic: readonly SheetName[] = [
  'questionnaire-blank',
  'answers',
  'consent-blank',
  'consent',
  'request-sheet',
  'referral',
  'report',
  'provision',
];

/** What each role can print for many. */
export const sheetsFor: Readonly<Partial<Record<Role, readonly SheetName[]>>> = {
  doctor: clinic,
  reception: clinic,
  linkworker: ['answers', 'referral', 'assessment-blank', 'assessment', 'plan', 'report'],
};

/** Who prints for many. */
export const printers = ['doctor', 'reception', 'linkworker'] as const;
export const mostPeople = 500;
