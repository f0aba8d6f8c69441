import type { ServiceRequest } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import { changeCapacity } from '../../directory/service.ts';
import { dropDraft } from '../../intake/drafts.ts';
import type { OpenRecords, Records } from '../../fhir/records.ts';
import { isId, reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import type { Link } from '../../access/links.ts';
import type { Actor } from '../../kernel/actor.ts';
import { gone, invalid, issue, notFound, type Issue } from '../../kernel/problem.ts';
import { endLinks } from '../call-off.ts';
import { buildProvenance, changeTask } from '../record.ts';
import { noSuchMove } from '../rules/changed-task.ts';
import { refuseStale } from '../stale.ts';
import { requestMoves, type Outcome, type Reason, type Status } from '../workflow.ts';
import { readAsked, type Asked } from './asked.ts';
import { movesNow, needsOf, stepAfter, type GroupMove } from './moves.ts';

export type Answering = Readonly<{
  /** Id of the request's Task. */
  task: string;
  move: GroupMove;
  /** The version the group saw; another one in the store is a conflict. Left out: whatever is there now. */
  seen?: string | undefined;
  reason?: Readonly<{ code: Reason; text: string }> | undefined;
  outcome?: Readonly<{ code: Outcome; text: string }> | undefined;
  /** Words to the office that asked. */
  note?: string | undefined;
  /** The directory is to say that there is no room. */
  full?: boolean | undefined;
}>;

export type Answered = Readonly<{ task: string; move: GroupMove; status: Status }>;

/**
 * A group's answer to a request, or a later move of it, in one transaction: the task, its request, who did it, the end of
 * its one-time links and, where the group says so, that it is full. Through a `link` it happens once: the second of two
 * taps gets the first's answer by its key (`once`), anybody later is refused as `gone`. Refuses with `not-found` a
 * request that is not this group's or no longer open to it, and what the table of moves does not have.
 */
export const answer = (
  open: OpenRecords,
  actor: Actor,
  answering: Answering,
  how: Readonly<{ once?: string | undefined; link?: Link | undefined }> = {},
): Promise<Answered> =>
  open(
    actor,
    async (records) => {
      if (!isId(answering.task)) throw notFound();
      await claimLinks(records, answering.task, how.link);
      if (how.link) await dropDraft(records, how.link);
      const asked = await readAsked(records, answering.task);
      refuseStale(asked.task, answering.seen);
      refuseUnready(asked, answering);
      await write(records, asked, answering);
      // Every sheet and mail has its own link; with the answer all of them end.
      await endLinks(records, [answering.task]);
      if (answering.full === true && asked.resource?.organizationId === actor.organization)
        await changeCapacity(records, asked.resource.id, 'no-capacity');
      return { task: answering.task, move: answering.move, status: requestMoves[answering.move].to };
    },
    { once: how.once },
  );

async function write(records: Records, { task, referral, row }: Asked, given: Answering): Promise<void> {
  const { actor } = records;
  const at = records.now.toISOString();
  const { to } = requestMoves[given.move];
  const step = stepAfter[given.move];
  const provenance = buildProvenance({
    id: records.newId(),
    targets: [reference('Task', task.id)],
    patient: referral.patient,
    organization: actor.organization,
    by: actor.post,
    at,
    activity: 'UPDATE',
  });
  const request = row.request && follow(row.request, to);
  const note = given.note?.trim();
  const changed = changeTask(task, {
    status: to,
    at,
    ...(step === undefined ? {} : { step }),
    ...(step === 'ended' || given.move === 'welcome' ? { due: null } : {}),
    ...(given.reason ? { reason: given.reason } : {}),
    ...(given.outcome ? { outcome: given.outcome } : {}),
    ...(note ? { note: { text: note, by: actor.organization } } : {}),
  });
  await records.write([provenance, ...(request ? [request] : []), changed]);
}

/** The request's own status goes along. */
function follow(request: Stored<ServiceRequest>, status: Status): Stored<ServiceRequest> | undefined {
  const next =
    status === 'completed' ? 'completed' : ['rejected', 'failed'].includes(status) ? 'revoked' : undefined;
  return next === undefined || next === request.status ? undefined : { ...request, status: next };
}

function refuseUnready({ task, referral }: Asked, given: Answering): void {
  const faults: Issue[] = [];
  if (!movesNow(task).includes(given.move))
    throw invalid(noSuchMove(referral.status, requestMoves[given.move].to));
  const needs: readonly string[] = needsOf(given.move);
  if (needs.includes('reason') && !given.reason?.text.trim())
    faults.push(issue('reason', '理由を選んでください。', 'Choose why.'));
  if (needs.includes('outcome') && !given.outcome?.text.trim())
    faults.push(issue('outcome', 'どうなったかを選んでください。', 'Choose what came of it.'));
  if (faults.length > 0) throw invalid(...faults);
}

/**
 * Takes hold of the request's links, always in the same order: two answers at once wait for each other here, and the
 * second finds its link used. Refuses as `gone` a link that is used or past its day.
 */
async function claimLinks(records: Records, task: string, link: Link | undefined): Promise<void> {
  const rows = await records.run<{ mine: boolean; holds: boolean }>(
    sql`select token_hash = ${link?.hash ?? null}::bytea as mine, used_at is null and expires_at > ${records.now} as holds
      from one_time_link where task_id = ${task}::uuid order by token_hash for update`,
  );
  if (link && !rows.some((row) => row.mine && row.holds))
    throw gone('このリンクはもう使えません。', 'This link can no longer be used.');
}
