import type { Subscription } from '@medplum/fhirtypes';
import { z } from 'zod';
import { canonical } from '../../../fhir/codes.ts';
import { fhirIssue, type FhirIssue } from '../../../fhir/outcome.ts';
import { isId } from '../../../fhir/references.ts';
import { invalid } from '../../../kernel/problem.ts';
import { localLink } from '../links.ts';
import { isFitAddress } from '../../reach.ts';
import { subscriptionText as text } from './text.ts';

const backport = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';
export const urls = {
  filter: `${backport}/backport-filter-criteria`,
  payload: `${backport}/backport-payload-content`,
  heartbeat: `${backport}/backport-heartbeat-period`,
  profile: `${backport}/backport-subscription-status-r4`,
  topic: `${backport}/capabilitystatement-subscriptiontopic-canonical`,
} as const;

/** What can be subscribed to: changes of the status of these, by these parameters. */
export const topics = {
  Task: { url: `${canonical}/SubscriptionTopic/task-status`, parameters: ['owner', 'requester', 'status'] },
  ServiceRequest: {
    url: `${canonical}/SubscriptionTopic/service-request-status`,
    parameters: ['performer', 'requester', 'status'],
  },
} as const;
export type TopicType = keyof typeof topics;

const Line = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}*$/u);
const filterExtension = z.strictObject({ url: z.literal(urls.filter), valueString: Line });
const Given = z.strictObject({
  resourceType: z.literal('Subscription'),
  id: z.string().optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
  status: z.enum(['requested', 'active', 'error', 'off']),
  error: z.string().optional(),
  reason: Line,
  end: z.iso.datetime({ offset: true }).optional(),
  criteria: Line,
  _criteria: z.strictObject({ extension: z.array(filterExtension).max(1) }).optional(),
  channel: z.strictObject({
    type: z.literal('rest-hook'),
    endpoint: Line,
    payload: z.literal('application/fhir+json').optional(),
    _payload: z
      .strictObject({
        extension: z.tuple([
          z.strictObject({ url: z.literal(urls.payload), valueCode: z.enum(['empty', 'id-only']) }),
        ]),
      })
      .optional(),
    header: z.array(Line).max(10).optional(),
    extension: z
      .tuple([
        z.strictObject({ url: z.literal(urls.heartbeat), valueUnsignedInt: z.int().min(60).max(86_400) }),
      ])
      .optional(),
  }),
});
type Given = z.infer<typeof Given>;

/** A subscription that was read and found right. */
export type Wanted = Readonly<{
  content: Subscription;
  status: 'requested' | 'off';
  headers: readonly string[];
  type: TopicType;
  statuses: readonly string[] | null;
  owners: readonly string[] | null;
  requesters: readonly string[] | null;
  ends: string | null;
  heartbeat: number | null;
}>;

/** Stands for a header's value where the subscription is read; given back, the value stays as it was. */
export const hidden = '(sealed)';
const forbidden =
  /^(host|connection|content-.*|transfer-encoding|upgrade|expect|te|trailer|keep-alive|proxy-.*|accept.*)$/i;
const headerOf = /^([!#$%&'*+.^_`|~\w-]{1,60}): ?(.*)$/;
export const nameOfHeader = (line: string): string => (headerOf.exec(line)?.[1] ?? '').toLowerCase();

/** Reads what a program asks for; refuses with every fault and its place. `mayHttp`: addresses on this machine are taken. */
export function readSubscription(body: unknown, base: string, mayHttp: boolean): Wanted {
  const read = Given.safeParse(body);
  if (!read.success)
    throw invalid(
      ...read.error.issues.slice(0, 100).flatMap((one) => {
        const keys = one.code === 'unrecognized_keys' ? one.keys : [undefined];
        return keys.map((key) => fault(pathOf([...one.path, ...(key === undefined ? [] : [key])])));
      }),
    );
  const given = read.data;
  const faults: FhirIssue[] = [];
  const bad = (path: string, says: FhirIssue['says']): void =>
    void faults.push(fhirIssue('value', path, says));
  const type = (Object.keys(topics) as TopicType[]).find((name) => topics[name].url === given.criteria);
  if (!type)
    bad(
      'Subscription.criteria',
      text.topic(
        Object.values(topics)
          .map((t) => t.url)
          .join(', '),
      ),
    );
  if (!isFitAddress(given.channel.endpoint, mayHttp)) bad('Subscription.channel.endpoint', text.endpoint);
  for (const [i, line] of (given.channel.header ?? []).entries())
    if (!headerOf.test(line) || forbidden.test(nameOfHeader(line)))
      bad(`Subscription.channel.header[${String(i)}]`, text.header);
  const filter = type && readFilter(given, type, base);
  if (type && !filter)
    bad('Subscription.criteria.extension[0]', text.filter(type, topics[type].parameters.join(', ')));
  if (faults.length > 0 || !type || !filter) throw invalid(...faults);
  const { header = [], ...channel } = given.channel;
  const { id: _id, meta: _meta, error: _error, status, ...kept } = given;
  return {
    content: { ...kept, status, channel } as Subscription,
    status: status === 'off' ? 'off' : 'requested',
    headers: header,
    type,
    ...filter,
    ends: given.end ?? null,
    heartbeat: channel.extension?.[0].valueUnsignedInt ?? null,
  };
}

const fault = (path: string): FhirIssue => fhirIssue('structure', path, text.element(path));
const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (all, part) =>
      typeof part === 'number' ? `${all}[${String(part)}]` : `${all}.${String(part).slice(0, 60)}`,
    'Subscription',
  );

type Filter = Pick<Wanted, 'statuses' | 'owners' | 'requesters'>;
/** `Task?owner=Organization/…&status=requested,accepted`; undefined when it cannot be read. */
function readFilter(given: Given, type: TopicType, base: string): Filter | undefined {
  const filter: { -readonly [K in keyof Filter]: Filter[K] } = {
    statuses: null,
    owners: null,
    requesters: null,
  };
  const line = given['_criteria']?.extension[0]?.valueString;
  if (line === undefined) return filter;
  const [name, query = ''] = line.split('?');
  if (name !== type) return undefined;
  for (const [parameter, value] of new URLSearchParams(query)) {
    const values = value.split(',');
    if (!(topics[type].parameters as readonly string[]).includes(parameter)) return undefined;
    if (parameter === 'status') {
      if (!values.every((one) => /^[a-z-]{2,30}$/.test(one))) return undefined;
      filter.statuses = values;
      continue;
    }
    const ids = values.map((one) => localLink(base)(one, 'reference').replace(/^Organization\//, ''));
    if (!ids.every(isId)) return undefined;
    filter[parameter === 'requester' ? 'requesters' : 'owners'] = ids;
  }
  return filter;
}
