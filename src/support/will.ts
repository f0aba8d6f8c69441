import type { Records } from '../fhir/records.ts';
import type { FhirRecord } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { Case } from './case.ts';
import { buildContact, buildVisit, willTopic } from './record.ts';

/** How somebody heard that the person wants this now, and what kind of contact that was. */
export const willWays = {
  phone: { says: { ja: '電話で本人に聞いた', en: 'Asked the person by phone' }, kind: 'reached' },
  met: { says: { ja: '会って本人に聞いた', en: 'Asked the person face to face' }, kind: 'visited' },
  came: { says: { ja: '窓口に来た本人に聞いた', en: 'Asked the person at the office' }, kind: 'reached' },
  helper: {
    says: {
      ja: '本人の前で、家族や支援者を通じて聞いた',
      en: 'Asked through a relative or helper, in their presence',
    },
    kind: 'reached',
  },
} as const satisfies Record<string, Readonly<{ says: Sentence; kind: 'reached' | 'visited' }>>;
export type WillWay = keyof typeof willWays;
export const willWayNames = Object.keys(willWays) as WillWay[];

/** That the person wants it now, and how it was heard. */
export type Will = Readonly<{ way: WillWay; note?: string | undefined }>;

/** The record that the person was asked just now: a contact of its own topic, since what counts in law is the present will. */
export function confirmedWill(records: Records, one: Case, will: Will | undefined): FhirRecord[] {
  if (will === undefined) return [];
  const way = willWays[will.way];
  const contact = {
    patient: one.referral.patient,
    requestId: one.referral.requestId,
    taskId: one.task.id,
    office: one.referral.to,
    by: records.actor.post,
    kind: way.kind,
    at: records.now.toISOString(),
    text: [way.says.ja, will.note].filter(Boolean).join('。'),
    topic: willTopic,
  } as const;
  return [
    buildContact(contact, records.newId()),
    ...(way.kind === 'visited' ? [buildVisit(contact, records.newId())] : []),
  ];
}
