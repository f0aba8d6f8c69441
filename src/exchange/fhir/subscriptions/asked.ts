import { isId } from '../../../fhir/references.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { Answer } from '../answer.ts';
import { parametersOf } from '../asked.ts';
import { readInput } from '../operations/input.ts';
import type { Input, Operation } from '../operations/operation.ts';
import { outsideScope, turnAway } from '../refusal.ts';
import { isEmptyPayload } from './headers.ts';
import { notification, statusOf } from './notification.ts';
import { subscriptionOperations } from './operations.ts';
import { noticesOf, numberNotices, subscriptionOf, subscriptionsOf, type Row } from './queries.ts';
import type { Call } from './routes.ts';
import { subscriptionText as text } from './text.ts';

/** The subscription that the address names; that of another program does not exist. */
export async function mine({ records, req }: Call): Promise<Row> {
  const row = isId(req.params.id) ? await subscriptionOf(records, req.params.id) : undefined;
  if (!row) throw notFound();
  return row;
}

/** What the operations answer. */
export const asked: Readonly<Record<keyof typeof subscriptionOperations, (call: Call) => Promise<Answer>>> = {
  status: statuses,
  events,
};

const inputOf = ({ req }: Call, operation: Operation): Input =>
  readInput(operation, req.body as unknown, parametersOf(req));

/** One subscription, or all that the program has; what narrows them is for the type alone. */
async function statuses(call: Call): Promise<Answer> {
  const input = inputOf(call, subscriptionOperations.status);
  const among = (name: string, value: string): boolean => {
    const wanted = input(name).flatMap((one) => String(one.value).split(','));
    return wanted.length === 0 || wanted.includes(value);
  };
  // The address of the type has no id.
  const { id } = call.req.params as { id?: string };
  const rows =
    id === undefined
      ? (await subscriptionsOf(call.records)).filter(
          (row) => among('id', row.id) && among('status', row.status),
        )
      : [await mine(call)];
  const entry = rows.map((row) => ({
    fullUrl: `urn:uuid:${call.records.newId()}`,
    resource: statusOf(row, 'query-status', [], false),
    search: { mode: 'match' },
  }));
  return { body: { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry } };
}

/** Events of the week between two numbers, told or not: what a program missed, it takes up here. */
async function events(call: Call): Promise<Answer> {
  const input = inputOf(call, subscriptionOperations.events);
  const row = await mine(call);
  if (!call.bearer.may(row.type, 'r')) throw outsideScope(row.type, 'r');
  const numberOf = (name: string, other: number): number => {
    const [given] = input(name);
    if (given && !/^\d{1,15}$/.test(String(given.value)))
      throw turnAway(400, 'value', given.path, text.number);
    return given ? Number(given.value) : other;
  };
  const [content] = input('content');
  if (content && !['empty', 'id-only', 'full-resource'].includes(String(content.value)))
    throw turnAway(400, 'value', content.path, text.content);
  const between = [
    numberOf('eventsSinceNumber', 0),
    numberOf('eventsUntilNumber', Number.MAX_SAFE_INTEGER),
  ] as const;
  await numberNotices(call.records, row.id, row.type);
  const notices = await noticesOf(call.records, row, between);
  const now = (await subscriptionOf(call.records, row.id)) ?? row;
  const isEmpty = content === undefined ? isEmptyPayload(row.content) : content.value === 'empty';
  const { base } = call.needs;
  return { body: notification(now, 'query-event', notices, { base, isEmpty, at: call.records.now }) };
}
