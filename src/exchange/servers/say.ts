import type { Task } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import { noteWith } from '../../access/events.ts';
import { markOf } from './client.ts';
import { faults } from './faults.ts';
import { listen, type TheirTask } from './listen.ts';
import { isOpen, type Meeting } from './meeting.ts';
import { Unwilling } from './model.ts';
import { keepForPerson, seenThere } from './partner-tasks.ts';
import { stepsOf, type Step } from './queries.ts';

/** Somebody there is faster again and again: it is tried anew later. */
const mostTries = 3;

/**
 * Tells the other server what was said here since: the moves that are ours to make, one after the other, each in the version
 * that was seen. When somebody there was faster, theirs is heard first.
 */
export async function say(meeting: Meeting, seen: TheirTask): Promise<void> {
  let current = seen;
  for (let tries = 1; ; tries += 1)
    try {
      await sayOn(meeting, current);
      return;
    } catch (error) {
      const isOvertaken = error instanceof Unwilling && (error.status === 412 || error.status === 409);
      if (!isOvertaken) throw error;
      if (tries >= mostTries) throw new Unwilling(faults.overtaken);
      const now = await listen(meeting, { id: current.id, version: markOf(current) });
      if (!now) return;
      current = now;
    }
}

async function sayOn(meeting: Meeting, seen: TheirTask): Promise<void> {
  const { pool, open, ours, shared, them, side, elsewhere } = meeting;
  const steps = await stepsOf(pool, shared.task);
  let current = seen;
  for (const step of ahead(steps, current.status)) {
    const moved = step.status !== current.status;
    if (moved && !elsewhere.mayTell(step, side, current.status, step.status)) {
      // It may still change there; what has ended on both sides will not.
      const isOver = !isOpen(current.status) && !isOpen(step.status);
      const fault = (isOver ? faults.ended : faults.notOurs)(
        elsewhere.nameOf(current.status),
        elsewhere.nameOf(step.status),
      );
      await keepForPerson(pool, shared, fault);
      return;
    }
    const record = said(current, step, side);
    await open(ours, (records) =>
      noteWith(records, {
        action: 'export',
        what: `to another server: ${step.status}`,
        records: [`Task/${shared.task}`],
      }),
    );
    const version = await them.update(record, current.meta?.versionId);
    await seenThere(pool, shared, version, step.status);
    current = {
      ...record,
      meta: { ...record.meta, ...(version === undefined ? {} : { versionId: version }) },
    };
  }
}

/** The steps after the one that the other server is at; when it never was at that one here, the last alone. */
function ahead(steps: readonly Step[], theirs: Task['status']): Step[] {
  const last = steps.at(-1);
  if (!last) return [];
  const at = steps.map((one) => one.status).lastIndexOf(theirs);
  const later = at < 0 ? [last] : steps.slice(at + 1);
  // Of several versions in one status the last says all.
  return later.filter((one, i) => one.status !== later[i + 1]?.status && one.status !== theirs);
}

const ended = ['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error'];

function said(theirs: TheirTask, step: Step, side: 'sender' | 'receiver'): TheirTask {
  const { statusReason: _, ...task } = theirs;
  return {
    ...task,
    status: step.status,
    ...(step.reason ? { statusReason: step.reason } : {}),
    ...(side === 'receiver' && step.business ? { businessStatus: step.business } : {}),
    ...(side === 'receiver' && step.output ? { output: outputs(step) } : {}),
    ...(side === 'receiver' && ended.includes(step.status) && task.extension
      ? { extension: task.extension.filter((one) => one.url !== extensions.assignee) }
      : {}),
  };
}

/** Records of ours that it points to are not there. */
const outputs = (step: Step): NonNullable<Task['output']> =>
  (step.output ?? []).filter((one) => one.valueReference === undefined);
