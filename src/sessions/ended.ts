import type { Task } from '@medplum/fhirtypes';
import { queueMails } from '../access/outbox.ts';
import { sql } from '../database/sql.ts';
import type { Change, Records, Rule } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { Language } from '../kernel/sentence.ts';
import { readTask } from '../referral/record.ts';
import { isRequest } from '../referral/workflow.ts';
import { letterTo, type Tell } from './mails.ts';
import type { Gathering, Way } from './model.ts';
import { moveUp } from './take.ts';

const over: readonly Task['status'][] = ['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error'];

/**
 * A place in a session rests on the referral that it is part of. When that ends, by whomever, or because a consent was
 * taken back, what is still to come is free again, in the same transaction: the person is told, and so is whoever gets
 * the place.
 */
export const endedRule = (tell: Tell): Rule => ({
  types: ['Task'],
  check: () => undefined,
  settle: async ({ before, after }: Change, records) => {
    const task = after as Stored<Task>;
    const was = (before as Stored<Task> | undefined)?.status;
    if (was === undefined || over.includes(was) || !over.includes(task.status) || isRequest(task))
      return undefined;
    await records.onBehalfOf(readTask(task).to, (office) => freePlaces(office, task.id, tell));
    return undefined;
  },
});

type Freed = { place_id: string; gathering_id: string; way: Way; mail: string | null; language: Language };

/** A person has a few places at most. The body may see the referral no longer, so its row is not asked for. */
async function freePlaces(records: Records, task: string, tell: Tell): Promise<void> {
  const freed = await records.run<Freed>(
    sql`select * from free_places(${task}::uuid, ${records.now}::timestamptz)`,
  );
  if (freed.length === 0) return;
  const found = await records.rows<Gathering & Record<string, unknown>>(
    'sessions',
    sql`select * from gathering where id = any (${freed.map((one) => one.gathering_id)}::uuid[]) order by id`,
  );
  await queueMails(
    records,
    freed.flatMap(({ place_id: placeId, gathering_id: at, mail, ...row }) => {
      const one = found.find(({ id }) => id === at);
      return mail === null || !one ? [] : [letterTo(tell, one, { ...row, placeId, mail }, 'given-up')];
    }),
  );
  for (const one of found) await moveUp(records, tell, one);
}
