import type { FhirRecord, Stored } from '../fhir/types.ts';
import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { idOf, reference } from '../fhir/references.ts';
import { invalid, issue, notFound } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { dueAt, programOf, type DeadlineKind, type Deadlines } from './deadlines.ts';
import { buildProvenance, changeTask, readServiceRequest, readTask, type Referral } from './record.ts';
import { decisionReport, type Decision } from './decision.ts';
import { noSuchMove } from './rules/changed-task.ts';
import { refuseStale } from './stale.ts';
import { isRequest, referralMoves, type Move, type Status, type Step } from './workflow.ts';

export type Moving = Decision &
  Readonly<{
    /** Id of the referral's Task. */
    id: string;
    /** The version the mover saw; another one in the store is a conflict. Left out: whatever is there now. */
    seen?: string | undefined;
    /** When a referral on hold is to be looked at again (ISO instant). */
    again?: string | undefined;
  }>;

export type Moved = Readonly<{ id: string; version: string; status: Status; step: Step; report?: string }>;

/**
 * Makes one move of a referral: task, request, who did it and, where the receiver decides something, the report back to
 * the clinic, in one transaction. Refuses a request to a resource, a move that is not open to this side now, a stale
 * version, and a resident link worker's hand on somebody else's referral.
 */
export async function move(records: Records, programs: readonly Program[], moving: Moving): Promise<Moved> {
  const { task, referral, request } = await readForMove(records, moving);
  const { actor, now } = records;
  const side = actor.organization === referral.to ? 'receiver' : 'sender';
  const lifecycle: Move = referralMoves[moving.move];
  refuseUnready(lifecycle, moving, referral);
  const at = now.toISOString();
  const { deadlines } = programOf(programs, readServiceRequest(request).program);
  const changed = changeTask(task, {
    status: lifecycle.to,
    at,
    ...effects(moving, referral, records, deadlines),
    ...(moving.reason ? { reason: moving.reason } : {}),
    ...(moving.outcomes ? { outcomes: moving.outcomes } : {}),
  });
  // An office that made the referral itself tells nobody but itself.
  const tells = side === 'receiver' && referral.from !== referral.to;
  const report = tells ? await decisionReport(records, moving, readTask(changed)) : undefined;
  const followed = follow(request, lifecycle.to, actor.organization);
  const provenance = buildProvenance({
    id: records.newId(),
    targets: [
      reference('Task', task.id),
      ...(report?.id === undefined ? [] : [reference('Communication', report.id)]),
    ],
    patient: referral.patient,
    organization: actor.organization,
    by: actor.post,
    at,
    activity: 'UPDATE',
  });
  const all: FhirRecord[] = [
    ...(report ? [report] : []),
    provenance,
    ...(followed ? [followed] : []),
    changed,
  ];
  const saved = (await records.write(all)).at(-1) as Stored<Task>;
  const { version, status, step } = readTask(saved);
  return { id: task.id, version, status, step, ...(report?.id === undefined ? {} : { report: report.id }) };
}

async function readForMove(records: Records, moving: Moving) {
  const task = await records.read('Task', moving.id);
  if (isRequest(task)) throw notFound();
  const referral = readTask(task);
  refuseStale(task, moving.seen);
  refuseOthersHands(records, referral);
  const [request] = await records.readMany('ServiceRequest', [referral.requestId]);
  if (!request) throw notFound();
  return { task, referral, request };
}

/** A resident link worker works on what is theirs or nobody's. */
export function refuseOthersHands(records: Records, referral: Referral): void {
  const { role, post } = records.actor;
  if (role === 'neighbour' && referral.assignee !== undefined && referral.assignee !== post) throw notFound();
}

/** Says at the field what the store would say of the record. */
function refuseUnready(lifecycle: Move, moving: Moving, { status }: Referral): void {
  if (!lifecycle.from.includes(status)) throw invalid(noSuchMove(status, lifecycle.to));
  if (lifecycle.needs.includes('reason') && !moving.reason?.text.trim())
    throw invalid(issue('reason', '理由を書いてください。', 'Write down why.'));
  if (lifecycle.needs.includes('outcome') && (moving.outcomes ?? []).length === 0)
    throw invalid(issue('outcome', '結果を記録してください。', 'Record what came of it.'));
}

/** What a move changes besides the status. */
function effects(moving: Moving, referral: Referral, records: Records, deadlines: Deadlines) {
  const by = (kind: DeadlineKind): string =>
    dueAt(deadlines, referral.urgency, kind, records.now).toISOString();
  switch (moving.move) {
    case 'send':
      return { due: by('accept') };
    case 'accept': {
      const assignee = referral.assignee ?? records.actor.post;
      return {
        step: 'contacting' as const,
        due: by('firstContact'),
        ...(assignee === undefined ? {} : { assignee }),
      };
    }
    case 'start':
      return { due: null, ...(isEarly(referral.step) ? { step: 'met' as const } : {}) };
    case 'hold':
      return { due: moving.again ?? null };
    case 'resume':
      return { due: isEarly(referral.step) ? by('firstContact') : null };
    case 'complete':
    case 'decline':
    case 'fail':
    case 'cancel':
    case 'retract':
      return { step: 'ended' as const, due: null };
  }
}

const isEarly = (step: Step): boolean => step === 'waiting' || step === 'contacting';

const statusOfRequest: Readonly<Partial<Record<Status, ServiceRequest['status']>>> = {
  requested: 'active',
  completed: 'completed',
  rejected: 'revoked',
  failed: 'revoked',
  cancelled: 'revoked',
  'entered-in-error': 'entered-in-error',
};

/** The request's status goes along, where the mover may write it: its sender and the body it is addressed to. */
export function follow(
  request: Stored<ServiceRequest>,
  status: Status,
  organization: string,
): Stored<ServiceRequest> | undefined {
  const next = statusOfRequest[status];
  const mine = [request.requester, request.performer?.[0]].some(
    (r) => idOf(r, 'Organization') === organization,
  );
  return next === undefined || next === request.status || !mine ? undefined : { ...request, status: next };
}
