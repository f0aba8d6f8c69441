import type { Bundle, BundleEntry, Parameters } from '@medplum/fhirtypes';
import { topics, urls, type TopicType } from './model.ts';
import type { Notice } from './queries.ts';

export type Kind = 'handshake' | 'heartbeat' | 'event-notification' | 'query-status' | 'query-event';

type Told = Readonly<{
  id: string;
  type: TopicType;
  status: string;
  /** Events so far. */
  events: string;
  fault?: string | null;
}>;

/** The status of a subscription as the backport of R5's subscriptions to R4 has it. */
export const statusOf = (
  { id, type, status, events, fault }: Told,
  kind: Kind,
  notices: readonly Notice[],
  withFocus: boolean,
): Parameters => ({
  resourceType: 'Parameters',
  meta: { profile: [urls.profile] },
  parameter: [
    { name: 'subscription', valueReference: { reference: `Subscription/${id}` } },
    { name: 'topic', valueCanonical: topics[type].url },
    { name: 'status', valueCode: status },
    { name: 'type', valueCode: kind },
    { name: 'events-since-subscription-start', valueString: events },
    ...notices.map(({ number, at, record }) => ({
      name: 'notification-event',
      part: [
        { name: 'event-number', valueString: number ?? '' },
        { name: 'timestamp', valueInstant: at.toISOString() },
        ...(withFocus ? [{ name: 'focus', valueReference: { reference: `${type}/${record}` } }] : []),
      ],
    })),
    ...(fault === undefined || fault === null
      ? []
      : [{ name: 'error', valueCodeableConcept: { text: fault } }]),
  ],
});

/** What is sent: never more of a record than its id, and with an empty payload not even that. */
export function notification(
  told: Told,
  kind: Kind,
  notices: readonly Notice[],
  { base, isEmpty, at }: Readonly<{ base: string; isEmpty: boolean; at: Date }>,
): Bundle {
  const url = `Subscription/${told.id}/$status`;
  const records = isEmpty ? [] : [...new Set(notices.map((one) => `${told.type}/${one.record}`))];
  return {
    resourceType: 'Bundle',
    type: 'history',
    timestamp: at.toISOString(),
    entry: [
      {
        resource: statusOf(told, kind, notices, !isEmpty),
        request: { method: 'GET', url },
        response: { status: '200' },
      },
      ...records.map((record): BundleEntry => ({
        fullUrl: `${base}/${record}`,
        request: { method: 'GET', url: record },
        response: { status: '200' },
      })),
    ],
  };
}
