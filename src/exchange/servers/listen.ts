import type { Task } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import { systems } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import { Refused } from '../../kernel/problem.ts';
import { markOf, placeOf, type Held } from './client.ts';
import { faults } from './faults.ts';
import { isOpen, type Meeting, type There } from './meeting.ts';
import { Unwilling, type Server } from './model.ts';
import { isOurs } from './names.ts';
import { keepForPerson, seenThere } from './partner-tasks.ts';
import { statusNow } from './queries.ts';

export type TheirTask = Task & Held;

/**
 * Takes over what became of the task there since it was last looked at, move by move; returns it as it is there now.
 * Undefined: it is over here, and one that was fetched is not shown to us any more.
 */
export async function listen(meeting: Meeting, there: There): Promise<TheirTask | undefined> {
  const { pool, open, partner, shared, them, elsewhere } = meeting;
  const shown = (await them.read(`/Task/${there.id}`)) as TheirTask | undefined;
  // Who asked us shows it to us no longer: the person took it back, or it was a mistake.
  if (shown === undefined && shared.server.way === 'poll') {
    if ((await them.search(`/Task?_id=${there.id}`)).found.some((one) => one.id === there.id))
      throw new Unwilling(faults.unreadable);
    if (!isOpen((await statusNow(pool, shared.task)) ?? 'cancelled')) return undefined;
    return closedToUs(meeting, there);
  }
  if (shown?.resourceType !== 'Task') throw new Unwilling(faults.lost, { final: true });
  const current = shown;
  if (!isShared(meeting, current)) throw new Unwilling(faults.another, { final: true });
  if (there.version !== undefined && markOf(current) === there.version) return current;
  if (shared.server.way === 'push') await takeReports(meeting, current.focus?.reference);
  for (const said of await since(meeting, current, there.version)) {
    const source = {
      system: `${shared.server.address}/Task`,
      value:
        said.meta?.versionId === undefined ? current.id : `${current.id}/_history/${said.meta.versionId}`,
    };
    const heard = await open(partner, (records) => elsewhere.hear(records, shared.task, said, source));
    if (heard.did === 'kept') await keepForPerson(pool, shared, heard.why);
    await seenThere(pool, shared, markOf(said), said.status);
  }
  return current;
}

/** Under that id is what we share, and not what another server at that address has there. */
function isShared({ base, names, shared }: Meeting, theirs: TheirTask): boolean {
  if (shared.server.way === 'push') return isOurs(theirs, base, 'Task', shared.task);
  return [theirs.for, theirs.focus].every((given) => {
    const place = placeOf(given?.reference);
    return place !== undefined && names.ours.has(`${place.type}/${place.id}`);
  });
}

async function closedToUs(meeting: Meeting, there: There): Promise<TheirTask> {
  const { pool, open, partner, shared, elsewhere } = meeting;
  const said: TheirTask = {
    resourceType: 'Task',
    id: there.id,
    intent: 'order',
    status: 'cancelled',
    statusReason: {
      coding: [{ system: systems.statusReason, code: 'other' }],
      text: '依頼元のサーバーで、この紹介が見られなくなりました（同意の取り消しなど）。',
    },
  };
  const source = { system: `${shared.server.address}/Task`, value: there.id };
  await open(partner, (records) => elsewhere.hear(records, shared.task, said, source));
  await seenThere(pool, shared, undefined, 'cancelled');
  return said;
}

/** Most that are read of the past; beyond that, what is there now has to do. */
const mostVersions = 50;

/** The versions after the one that was seen, oldest first; a server that keeps none has said what is there now. */
async function since(
  { them }: Meeting,
  current: TheirTask,
  seen: string | undefined,
): Promise<readonly TheirTask[]> {
  // Where versions are not counted, nothing says which of them were heard.
  if (current.meta?.versionId === undefined) return [current];
  try {
    const { found } = await them.search(`/Task/${current.id}/_history?_count=${String(mostVersions)}`);
    const tasks = found.filter(
      (one): one is TheirTask => one.resourceType === 'Task' && one.id === current.id,
    );
    const at = tasks.findIndex((one) => markOf(one) === seen);
    if (seen !== undefined && at < 0) return [current];
    const after = (at < 0 ? tasks : tasks.slice(0, at)).toReversed();
    return after.length > 0 ? after : [current];
  } catch (error) {
    if (error instanceof Unwilling && error.final) return [current];
    throw error;
  }
}

/** Reports back to the doctor come before the move that closes the person to whoever wrote them; each once. */
async function takeReports(meeting: Meeting, about: string | undefined): Promise<void> {
  const { open, partner, shared, them, elsewhere } = meeting;
  const request = placeOf(about);
  if (request?.type !== 'ServiceRequest') return;
  const category = encodeURIComponent(`${systems.communication}|report`);
  let found: Held[];
  try {
    ({ found } = await them.search(
      `/Communication?based-on=ServiceRequest/${request.id}&category=${category}&_count=50`,
    ));
  } catch (error) {
    // Not every server can be asked so.
    if (error instanceof Unwilling && error.final) return;
    throw error;
  }
  for (const one of found) {
    if (one.resourceType !== 'Communication') continue;
    const source = { system: `${shared.server.address}/Communication`, value: one.id };
    try {
      await open(partner, async (records) => {
        const id = await claim(records, shared.server, one);
        if (id !== undefined) await elsewhere.takeReport(records, shared.task, one, { id, source });
      });
    } catch (error) {
      // What it says about itself is none of ours to keep.
      if (!(error instanceof Refused)) throw error;
    }
  }
}

/** An id of ours for a record of theirs, in the transaction that writes it; undefined when it is here already. */
async function claim(records: Records, { id: server }: Server, theirs: Held): Promise<string | undefined> {
  const id = records.newId();
  const claimed = await records.run(
    sql`insert into partner_record (server, type, id, their_id)
      values (${server}::uuid, ${theirs.resourceType}, ${id}::uuid, ${theirs.id}) on conflict do nothing returning id`,
  );
  return claimed.length > 0 ? id : undefined;
}
