import type {
  CodeableConcept,
  Communication,
  Identifier,
  Resource,
  Task,
  TaskOutput,
} from '@medplum/fhirtypes';
import { codeOf, systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { idOf, reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { notFound, Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { follow } from './move.ts';
import { buildProvenance, readTask, stepConcept } from './record.ts';
import { isReport, sectionUrl } from './report.ts';
import { noSuchMove } from './rules/changed-task.ts';
import { mayMove, moveBetween, statusNames, steps, type Status, type Step } from './workflow.ts';

/** `kept`: what the other server says is no move here; a person has to look. */
export type Heard = Readonly<{ did: 'nothing' | 'moved' } | { did: 'kept'; why: Sentence }>;

const open: readonly Task['status'][] = ['requested', 'accepted', 'in-progress', 'on-hold'];
const calledOff: readonly Task['status'][] = ['cancelled', 'entered-in-error'];

/**
 * What a body's own server says of a task that is in both: taken over by the same rules as if the body had written it here,
 * in whose name the records are open. `source` is the version of theirs that says so, for the Provenance.
 */
export async function hear(
  records: Records,
  id: string,
  said: Task,
  source: Readonly<{ system: string; value: string }>,
): Promise<Heard> {
  const [task] = await records.readMany('Task', [id]);
  // The body sees it no longer: it is over here, and what the body still says of it comes too late.
  if (!task) return { did: 'nothing' };
  const referral = readTask(task);
  const side = records.actor.organization === referral.to ? 'receiver' : 'sender';
  if (calledOff.includes(task.status) && (open.includes(said.status) || calledOff.includes(said.status)))
    return { did: 'nothing' };
  if (said.status !== task.status) {
    const move = moveBetween(task, task.status, said.status);
    if (!move || !mayMove(move, side))
      return { did: 'kept', why: noSuchMove(task.status as Status, said.status as Status).says };
  } else if (side === 'sender' || !isFurther(task, said)) return { did: 'nothing' };

  const at = records.now.toISOString();
  const changed = changedBy(task, said, side, at);
  const requests = await records.readMany('ServiceRequest', [referral.requestId]);
  const followed = requests[0] && follow(requests[0], changed.status as Status, records.actor.organization);
  try {
    await records.write([
      buildProvenance({
        id: records.newId(),
        targets: [reference('Task', id)],
        patient: referral.patient,
        organization: records.actor.organization,
        by: undefined,
        at,
        activity: 'UPDATE',
        source,
      }),
      ...(followed ? [followed] : []),
      changed,
    ]);
  } catch (error) {
    const problem = error instanceof Refused ? error.problem : undefined;
    if (problem?.kind === 'invalid' && problem.issues[0]) return { did: 'kept', why: problem.issues[0].says };
    if (problem?.kind === 'forbidden' && problem.says) return { did: 'kept', why: problem.says };
    throw error;
  }
  return { did: 'moved' };
}

const stepOf = (task: Task): Step | undefined => {
  const code = codeOf(task.businessStatus, systems.businessStatus);
  return code !== undefined && code in steps ? (code as Step) : undefined;
};

/** The same status, and the receiver is a step further. */
const isFurther = (task: Task, said: Task): boolean =>
  open.includes(task.status) && stepOf(said) !== undefined && stepOf(said) !== stepOf(task);

function changedBy(task: Stored<Task>, said: Task, side: 'sender' | 'receiver', at: string): Stored<Task> {
  const { statusReason: _, businessStatus, restriction, output, ...rest } = task;
  const isOpen = open.includes(said.status);
  const step =
    side === 'receiver' ? (stepOf(said) ?? (isOpen ? undefined : 'ended')) : isOpen ? undefined : 'ended';
  const end = said.restriction?.period?.end;
  const outcomes = side === 'receiver' ? (said.output ?? []).flatMap(outcomeIn) : (output ?? []);
  const shown = step === undefined ? (side === 'sender' ? businessStatus : undefined) : stepConcept(step);
  return {
    ...rest,
    status: said.status,
    ...(said.statusReason ? { statusReason: plain(said.statusReason) } : {}),
    ...(shown ? { businessStatus: shown } : {}),
    ...(outcomes.length > 0 ? { output: outcomes } : {}),
    ...(isOpen && end !== undefined ? { restriction: { ...restriction, period: { end } } } : {}),
    lastModified: at,
  };
}

/** Codes and words; what else an element carries means nothing here. */
const plain = ({ coding = [], text }: CodeableConcept): CodeableConcept => ({
  ...(coding.length > 0
    ? {
        coding: coding.map(({ system, code, display }) => ({
          ...(system === undefined ? {} : { system }),
          ...(code === undefined ? {} : { code }),
          ...(display === undefined ? {} : { display }),
        })),
      }
    : {}),
  ...(text === undefined ? {} : { text }),
});

/** References of theirs lead nowhere here. */
const outcomeIn = ({ type, valueCodeableConcept, valueString }: TaskOutput): TaskOutput[] =>
  valueCodeableConcept
    ? [{ type: plain(type), valueCodeableConcept: plain(valueCodeableConcept) }]
    : valueString === undefined
      ? []
      : [{ type: plain(type), valueString }];

/** Whether that side may bring a task from one status to the other: what is not its to say, it does not tell the other server. */
export function mayTell(
  task: Pick<Task, 'partOf'>,
  side: 'sender' | 'receiver',
  from: Task['status'],
  to: Task['status'],
): boolean {
  const move = moveBetween(task, from, to);
  return move !== undefined && mayMove(move, side);
}

/** What people here call a status; one that is none of ours keeps its code. */
export const nameOf = (status: Task['status']): Sentence =>
  Object.entries(statusNames).find(([known]) => known === status)?.[1] ?? {
    ja: status ?? '',
    en: status ?? '',
  };

/** A report back to the doctor that was written on the receiver's own server, as the receiver's own here. Refuses what is none. */
export async function takeReport(
  records: Records,
  id: string,
  theirs: Resource,
  as: Readonly<{ id: string; source: Identifier }>,
): Promise<void> {
  const [task] = await records.readMany('Task', [id]);
  if (theirs.resourceType !== 'Communication' || !isReport(theirs) || !task || !task.focus || !task.requester)
    throw notFound();
  const { category, topic, payload, sent, status } = theirs;
  await records.save<Communication>({
    resourceType: 'Communication',
    id: as.id,
    identifier: [as.source],
    status,
    category: (category ?? []).map(plain),
    ...(topic ? { topic: plain(topic) } : {}),
    subject: reference('Patient', idOf(task.for, 'Patient') ?? ''),
    about: [reference('Task', id)],
    basedOn: [task.focus],
    ...(sent === undefined ? {} : { sent }),
    sender: reference('Organization', records.actor.organization),
    recipient: [task.requester],
    ...linesIn(payload),
  });
}

/** The words, and which part of the report they are. */
function linesIn(payload: Communication['payload']): Pick<Communication, 'payload'> {
  const lines = (payload ?? []).flatMap(({ contentString, extension }) => {
    const section = extension?.find((one) => one.url === sectionUrl)?.valueCode;
    return contentString === undefined
      ? []
      : [
          {
            ...(section === undefined ? {} : { extension: [{ url: sectionUrl, valueCode: section }] }),
            contentString,
          },
        ];
  });
  return lines.length > 0 ? { payload: lines } : {};
}
