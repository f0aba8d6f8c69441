import { systems } from '../fhir/codes.ts';
import { of, type Sentence } from '../kernel/sentence.ts';
import { organizationKinds } from '../people/record.ts';
import { needs } from '../programs/needs.ts';

/** Codes by system; `all` stands for every code of a system of ours. */
type CodesBySystem = Readonly<Record<string, readonly string[] | 'all'>>;
export type CodeChoice = Readonly<{ title: Sentence; codes: CodesBySystem }>;

const taskStatus = 'http://hl7.org/fhir/task-status';

/** The sets of codes that profiles ask for. */
export const choices = {
  'organization-type': {
    title: of('機関の種類', 'Kinds of organization'),
    codes: { [systems.organizationType]: organizationKinds },
  },
  post: { title: of('役割', 'Posts'), codes: { [systems.post]: 'all' } },
  need: {
    title: of('困りごと', 'Needs'),
    codes: {
      [systems.sdohCategory]: [
        'sdoh-category-unspecified',
        'protective-factor',
        'veteran-status',
        ...needs.flatMap((n) => (n.system === systems.sdohCategory ? [n.code] : [])),
      ],
      [systems.need]: 'all',
    },
  },
  'business-status': {
    title: of('紹介の段階', 'Steps of a referral'),
    codes: { [systems.businessStatus]: 'all' },
  },
  'status-reason': { title: of('理由', 'Reasons'), codes: { [systems.statusReason]: 'all' } },
  outcome: { title: of('結果', 'Outcomes'), codes: { [systems.outcome]: 'all' } },
  'consent-item': {
    title: of('同意で開く内容', 'What a consent opens'),
    codes: { [systems.consentItem]: 'all' },
  },
  'legal-basis': {
    title: of('同意によらない提供の根拠', 'Legal bases'),
    codes: { [systems.legalBasis]: 'all' },
  },
  'consent-explained': {
    title: of('同意の説明のしかた', 'How a consent was explained'),
    codes: { [systems.consentExplained]: 'all' },
  },
  'referral-task-status': {
    title: of('紹介の状態', 'Statuses of a referral'),
    codes: {
      [taskStatus]: [
        'draft',
        'requested',
        'accepted',
        'rejected',
        'in-progress',
        'on-hold',
        'completed',
        'failed',
        'cancelled',
        'entered-in-error',
      ],
    },
  },
  capacity: {
    title: of('空きの状態', 'Room'),
    codes: {
      [systems.sdohCategory]: ['capacity', 'no-capacity', 'waitlist', 'additional-assessment-required'],
    },
  },
  interest: { title: of('関心', 'Interests'), codes: { [systems.interest]: 'all' } },
} as const satisfies Record<string, CodeChoice>;

export type ValueSetId = keyof typeof choices;

/** Whether that code is in the set. `system` is undefined for an element that is a bare code. */
export function isIn(set: ValueSetId, system: string | undefined, code: string, known: KnownCodes): boolean {
  const codes: CodesBySystem = choices[set].codes;
  return Object.entries(codes).some(
    ([url, list]) =>
      (system === undefined || url === system) &&
      (list === 'all' ? known(url).has(code) : list.includes(code)),
  );
}

/** The codes of a system of ours. */
export type KnownCodes = (system: string) => ReadonlySet<string>;
