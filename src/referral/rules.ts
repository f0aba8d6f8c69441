import type { Consent, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeOf, systems } from '../fhir/codes.ts';
import type { Change, Records, Rule } from '../fhir/records.ts';
import { idOf, idsOf } from '../fhir/references.ts';
import type { RecordOf, RecordType, Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { forbidden, invalid, issue } from '../kernel/problem.ts';
import { opensTo, readConsent } from '../consent/record.ts';
import { readOrganization, readPost } from '../people/record.ts';
import { readTask } from './record.ts';
import { isRequest, mayMove, moveBetween, statusNames, type Move, type Status } from './workflow.ts';

/**
 * What the store refuses of referrals, for pages and strangers' programs alike: a task that begins anywhere but at its
 * beginning, a move that is not in the table or not open to that side, one that lacks its reason, outcome or consent.
 */
export const referralRules: readonly Rule[] = [
  { types: ['Task'], check: checkTask },
  { types: ['ServiceRequest'], check: checkServiceRequest },
];

async function checkTask({ before, after, together }: Change, records: Records): Promise<void> {
  const task = after as Stored<Task>;
  if (before) {
    await checkMove(before as Stored<Task>, task, together, records);
    await checkAssignee(before as Stored<Task>, task, records);
  } else await checkNewTask(task, together, records);
}

async function checkNewTask(
  task: Stored<Task>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const sender = idOf(task.requester, 'Organization');
  const owner = idOf(task.owner, 'Organization');
  const faults = [];
  if (sender !== records.actor.organization)
    faults.push(
      issue(
        'Task.requester',
        '依頼元はご自分の機関でなければなりません。',
        'The requester must be your own organization.',
      ),
    );
  if (task.status !== 'requested' && task.status !== 'draft')
    faults.push(
      issue(
        'Task.status',
        '新しい依頼は「下書き」か「新着」で始まります。',
        'A new task starts as draft or requested.',
      ),
    );
  if (owner === undefined)
    faults.push(issue('Task.owner', '依頼先の機関が必要です。', 'The owner must be an organization.'));
  if (codeOf(task.code, systems.taskCode) !== 'fulfill')
    faults.push(
      issue('Task.code', 'Task.code は fulfill でなければなりません。', 'Task.code must be fulfill.'),
    );
  if (idOf(task.focus, 'ServiceRequest') === undefined)
    faults.push(
      issue(
        'Task.focus',
        '依頼の内容（ServiceRequest）が必要です。',
        'Task.focus must refer to a ServiceRequest.',
      ),
    );
  if (task.authoredOn === undefined)
    faults.push(issue('Task.authoredOn', '依頼した日時が必要です。', 'authoredOn is missing.'));
  if (faults.length > 0) throw invalid(...faults);

  const request = await arrivingOrStored(
    'ServiceRequest',
    idOf(task.focus, 'ServiceRequest') ?? '',
    together,
    records,
  );
  if (request.subject.reference !== task.for?.reference)
    throw invalid(
      issue('Task.for', '依頼の内容と別の人になっています。', 'The ServiceRequest is about somebody else.'),
    );
  if (idOf(request.requester, 'Organization') !== sender)
    throw invalid(
      issue('Task.requester', '依頼の内容と依頼元が違います。', 'The ServiceRequest has another requester.'),
    );
  if (isRequest(task)) {
    const parent = await arrivingOrStored('Task', idOf(task.partOf?.[0], 'Task') ?? '', together, records);
    if (
      idOf(parent.owner, 'Organization') !== sender ||
      parent.for?.reference !== task.for?.reference ||
      !['accepted', 'in-progress', 'on-hold'].includes(parent.status)
    )
      throw invalid(
        issue(
          'Task.partOf',
          '引き受けて支援している紹介だけが、活動団体への依頼を持てます。',
          'Only a referral you accepted and still work on can have requests.',
        ),
      );
  } else await refuseOthersPerson(task, together, records);
  if (task.status === 'requested') {
    const named: Stored<Consent>[] = [];
    for (const id of idsOf(request.supportingInfo, 'Consent'))
      named.push(await arrivingOrStored('Consent', id, together, records));
    await requireConsent(task, named, records);
  }
}

/** Whom a person was referred to does not refer it on: what it asks of others is part of the referral it received. */
async function refuseOthersPerson(
  task: Stored<Task>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const id = idOf(task.for, 'Patient') ?? '';
  const person: Stored<Patient> = await arrivingOrStored('Patient', id, together, records);
  if (idOf(person.managingOrganization, 'Organization') !== records.actor.organization)
    throw forbidden({
      ja: 'ご本人を登録した医療機関だけが、新しく紹介できます。ほかへの依頼は、受け取った紹介の中で行ってください。',
      en: 'Only the clinic that keeps the person can refer it. What you ask of others belongs to the referral you received (partOf).',
    });
}

/** A referral starts only on an active consent that names its receiver, or the receiver's kind, today. */
async function requireConsent(
  task: Stored<Task>,
  given: readonly Stored<Consent>[],
  records: Records,
): Promise<void> {
  const owner = idOf(task.owner, 'Organization') ?? '';
  const [body] = await records.readMany('Organization', [owner]);
  const kind = body && readOrganization(body).kind;
  const opens = given.some(
    (c) =>
      c.patient?.reference === task.for?.reference &&
      opensTo(readConsent(c), { id: owner, kind }, dayInTokyo(records.now)),
  );
  if (!opens)
    throw invalid(
      issue(
        'ServiceRequest.supportingInfo',
        'この依頼先に情報を渡す有効な同意がありません。先に同意を記録してください。',
        'There is no active consent that lets this receiver see the person. Record the consent first.',
      ),
    );
}

async function arrivingOrStored<T extends RecordType>(
  type: T,
  id: string,
  together: readonly Stored[],
  records: Records,
): Promise<Stored<RecordOf<T>>> {
  const arriving = together.find((r) => r.resourceType === type && r.id === id);
  if (arriving) return arriving as Stored<RecordOf<T>>;
  const [stored] = await records.readMany(type, [id]);
  if (!stored)
    throw invalid(
      issue(
        type,
        `参照先「${type}/${id}」が見つかりません。`,
        `The reference "${type}/${id}" leads to no record.`,
      ),
    );
  return stored;
}

const fixed = ['for', 'focus', 'requester', 'owner', 'partOf', 'authoredOn', 'intent', 'code'] as const;

async function checkMove(
  before: Stored<Task>,
  after: Stored<Task>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const faults = fixed
    .filter((name) => canonicalText(before[name] ?? null) !== canonicalText(after[name] ?? null))
    .map((name) =>
      issue(
        `Task.${name}`,
        `送ったあとで ${name} は変えられません。`,
        `${name} cannot be changed once a task exists.`,
      ),
    );
  if (faults.length > 0) throw invalid(...faults);

  const me = records.actor.organization;
  const sides = [
    ...(idOf(before.requester, 'Organization') === me ? (['sender'] as const) : []),
    ...(idOf(before.owner, 'Organization') === me ? (['receiver'] as const) : []),
  ];
  if (before.status === after.status) {
    if (sides.length === 0) throw forbidden();
    if (!isRequest(before) && !sides.includes('receiver')) refuseWork(before, after);
    if (before.statusReason?.text?.trim() && !after.statusReason?.text?.trim()) throw invalid(noReason());
    return;
  }
  const move = moveBetween(after, before.status, after.status);
  if (!move) throw invalid(noSuchMove(before.status as Status, after.status as Status));
  if (!sides.some((side) => mayMove(move, side)))
    throw forbidden(
      move.by === 'sender'
        ? {
            ja: `「${move.says.ja}」は依頼元だけができます。`,
            en: `Only the sender may do this: ${move.says.en}.`,
          }
        : {
            ja: `「${move.says.ja}」は依頼先だけができます。`,
            en: `Only the receiver may do this: ${move.says.en}.`,
          },
    );
  checkNeeds(move, after);
  // The receiver sees the task only under an active consent. A sender sees its own always, so it is asked.
  if (move.needs.includes('consent') && !sides.includes('receiver')) {
    const arriving = together.filter((r): r is Stored<Consent> => r.resourceType === 'Consent');
    const about = [
      ['patient', idOf(after.for, 'Patient') ?? ''],
      ['status', 'active'],
    ] as const;
    await requireConsent(after, [...arriving, ...(await records.find('Consent', about))], records);
  }
}

/** Who has it in hand, how far it is and what came of it is for the receiver to say. */
function refuseWork(before: Stored<Task>, after: Stored<Task>): void {
  const work = (['businessStatus', 'extension', 'output'] as const).filter(
    (name) => canonicalText(before[name] ?? null) !== canonicalText(after[name] ?? null),
  );
  if (work.length > 0)
    throw forbidden({
      ja: '担当者・進みぐあい・結果を書くのは、依頼先だけです。',
      en: 'Only the receiver says who does it, how far it is and what came of it.',
    });
}

/** Whoever has it in hand holds a post in the organization that owns it. */
async function checkAssignee(before: Stored<Task>, after: Stored<Task>, records: Records): Promise<void> {
  const { assignee, to } = readTask(after);
  if (assignee === undefined || assignee === readTask(before).assignee) return;
  const [post] = await records.readMany('PractitionerRole', [assignee]);
  if (!post || !readPost(post).active || readPost(post).organization !== to)
    throw invalid(
      issue(
        'Task.extension',
        '担当者は、依頼先の機関の人から選んでください。',
        'The assignee must hold a post in the organization that received the task.',
      ),
    );
}

function checkNeeds(move: Move, after: Stored<Task>): void {
  if (move.needs.includes('reason') && !after.statusReason?.text?.trim()) throw invalid(noReason());
  if (move.needs.includes('outcome') && (after.output ?? []).length === 0)
    throw invalid(
      issue(
        'Task.output',
        '結果を記録してください。',
        'An outcome is mandatory before a referral can be completed.',
      ),
    );
}

const noReason = () =>
  issue('Task.statusReason.text', '理由を書いてください。', 'A reason in words is mandatory.');

export const noSuchMove = (from: Status, to: Status) =>
  issue(
    'Task.status',
    `「${statusNames[from].ja}」から「${statusNames[to]?.ja ?? to}」へは進めません。`,
    `A task cannot go from ${from} to ${to}.`,
  );

/** The request itself stays as it was sent; only its status follows the task. */
function checkServiceRequest({ before, after }: Change, records: Records): void {
  const request = after as Stored<ServiceRequest>;
  if (!before) {
    if (idOf(request.requester, 'Organization') !== records.actor.organization)
      throw invalid(
        issue(
          'ServiceRequest.requester',
          '依頼元はご自分の機関でなければなりません。',
          'The requester must be your own organization.',
        ),
      );
    return;
  }
  const { status: _a, meta: _b, ...was } = before as Stored<ServiceRequest>;
  const { status: _c, meta: _d, ...is } = request;
  if (canonicalText(was) !== canonicalText(is))
    throw invalid(
      issue(
        'ServiceRequest',
        '送った依頼の内容は変えられません。取り消して、新しく送ってください。',
        'A request that was sent cannot be changed. Cancel it and send a new one.',
      ),
    );
}

/** jsonb does not keep the order of keys. */
const canonicalText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => a.localeCompare(b)))
      : inner,
  );
