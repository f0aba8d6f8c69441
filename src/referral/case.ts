import type { PractitionerRole, Task } from '@medplum/fhirtypes';
import { sightOf } from '../access/sight.ts';
import { readConsent, type Given } from '../consent/record.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { Role } from '../kernel/actor.ts';
import { readConcerns, type Because } from '../intake/concerns.ts';
import { notFound } from '../kernel/problem.ts';
import { asOrdered } from '../people/danger/marks.tsx';
import { readSeal, type ShownSeal } from '../people/danger/seal.ts';
import {
  readOrganization,
  readPatient,
  readPost,
  type ReadBody,
  type ReadPatient,
} from '../people/record.ts';
import { dangerNeeds, dangersFirst } from '../programs/dangers.ts';
import type { Program } from '../programs/program.ts';
import { happenedIn, readAround, type Around, type HappenedRow } from './case-queries.ts';
import { medicalAreaOf } from './caution.ts';
import { readCourse, type Happened } from './course.ts';
import { readableOnly } from './expiry.ts';
import { refuseOthersHands } from './move.ts';
import { isOpen } from './parts.tsx';
import { readServiceRequest, readTask, type Asked, type NeedCode, type Referral } from './record.ts';
import { unseenAnswers } from './unseen.ts';
import { isRequest, openMoves, type ReferralMove } from './workflow.ts';

/** A page that came in, as the case lists it. */
export type Incoming = Readonly<{ id: string; title: string; at: string }>;
export type Passed = Readonly<{ id: string; caseNumber: string; office: string }>;

export type Colleague = Readonly<{ id: string; name: string }>;

/** A referral as its page shows it: what the actor may see, and what the actor's side can do now. */
export type Case = Readonly<{
  referral: Referral;
  side: 'sender' | 'receiver';
  /** Undefined once the actor may no longer see the person. */
  person: ReadPatient | undefined;
  /** The medical area where the person lives, where a program asks for it. */
  medicalArea: string | undefined;
  /** Where the person's address is sealed: who can say it. */
  seal: ShownSeal | undefined;
  sender: ReadBody | undefined;
  receiver: ReadBody | undefined;
  /** Who sent it, by name. */
  sentBy: string | undefined;
  asked: Asked | undefined;
  needs: readonly Readonly<{ need: NeedCode; because: readonly Because[] }>[];
  consent: (Given & { id: string }) | undefined;
  note: string | undefined;
  colleagues: readonly Colleague[];
  /** The answers that went along, where this reader may open them. */
  answers: string | undefined;
  role: Role;
  moves: readonly ReferralMove[];
  course: readonly Happened[];
  /** Requests that a group answered and nobody in the office has taken note of. */
  unseen: number;
  /** Pages that came in by fax or scanner, newest first. */
  documents: readonly Incoming[];
  /** Where it was before it was passed on to this office, and where it is now, when this one passed it on. */
  passedFrom: Passed | undefined;
  passedTo: Passed | undefined;
  /** The last day of the consent, once it is over and the office can only read. */
  expired: string | undefined;
}>;

/**
 * Reads a referral with everything around it, in four statements, one more where a program routes by medical area. `not-found` for a request to a resource, for whoever
 * is on neither side, and for a resident link worker when it is in somebody else's hand.
 */
export async function readCase(records: Records, programs: readonly Program[], id: string): Promise<Case> {
  const task: Stored<Task> = await records.read('Task', id);
  const referral = readTask(task);
  const { organization } = records.actor;
  if (isRequest(task) || (organization !== referral.to && organization !== referral.from)) throw notFound();
  refuseOthersHands(records, referral);
  const around = await readAround(records, task);
  const rows = await happenedIn(records, task);
  const asked = around.request && readServiceRequest(around.request);
  const concerns = readConcerns(around.conditions, around.observations, programs);
  const posts = around.posts.map(readPost);
  const side = organization === referral.to ? 'receiver' : 'sender';
  const bodies = [around.sender, around.receiver].map((o) => o && readOrganization(o));
  const consent = around.consents.map(readConsent)[0];
  const expired =
    side === 'receiver' && isOpen(referral) ? await readableOnly(records, referral.patient) : undefined;
  const mayRead = sightOf(records.actor.role).own.includes('answers');
  return {
    referral,
    side,
    documents: around.documents
      .map((one) => ({
        id: one.id,
        title: one.description ?? one.content[0]?.attachment?.title ?? '',
        at: one.date ?? one.meta.lastUpdated,
      }))
      .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)),
    ...passedOf(referral, around),
    person: around.patient && asOrdered(readPatient(around.patient), asked?.noContact),
    medicalArea: await medicalAreaOf(
      records,
      programs,
      around.patient && readPatient(around.patient).municipalityCode,
    ),
    seal: await readSeal(records, around.patient),
    sender: bodies[0],
    receiver: bodies[1],
    sentBy: nameOf(rows.find((r) => r.kind === 'referral' && r.previous === null)?.writer),
    asked,
    needs: dangersFirst(asked?.needs ?? [], dangerNeeds(programs)).map((need) => ({
      need,
      because: concerns.find((c) => c.need.code === need.code)?.because ?? [],
    })),
    consent,
    note: around.notes[0]?.payload?.[0]?.contentString,
    colleagues: posts
      .filter((p) => p.active && (p.kind === 'linkworker' || p.kind === 'neighbour'))
      .map((p) => ({ id: p.id, name: p.name ?? p.id.slice(0, 8) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'ja')),
    answers:
      mayRead && (side === 'sender' || consent?.items.includes('answers') === true)
        ? asked?.answers[0]
        : undefined,
    role: records.actor.role,
    moves: expired === undefined ? (openMoves(task, side) as ReferralMove[]) : [],
    expired,
    unseen:
      side === 'receiver' && records.actor.role !== 'neighbour' && expired === undefined
        ? unseenAnswers(task, latestRequests(rows)).length
        : 0,
    course: readCourse(rows, {
      sender: bodies[0]?.name ?? '',
      receiver: bodies[1]?.name ?? '',
      post: (post) => posts.find((p) => p.id === post)?.name,
    }),
  };
}

/** Each request names all that it takes the place of, the latest first: whoever names the most has it now. */
function passedOf(
  { requestId }: Referral,
  { passed, requests, bodies }: Around,
): Pick<Case, 'passedFrom' | 'passedTo'> {
  const replaced = (id: string): readonly string[] => {
    const request = requests.find((one) => one.id === id);
    return request === undefined ? [] : readServiceRequest(request).replaces;
  };
  const lines = passed.map((one) => readTask(one));
  const say = (one: Referral | undefined): Passed | undefined =>
    one && {
      id: one.id,
      caseNumber: one.caseNumber,
      office: bodies.find((b) => b.id === one.to)?.name ?? '',
    };
  const later = lines.filter((one) => replaced(one.requestId).includes(requestId));
  const before = replaced(requestId)[0];
  return {
    passedFrom: say(lines.find((one) => one.requestId === before)),
    passedTo: say(later.toSorted((a, b) => replaced(b.requestId).length - replaced(a.requestId).length)[0]),
  };
}

/** The requests as they stand now: of each the newest version, which comes first. */
function latestRequests(rows: readonly HappenedRow[]): Stored<Task>[] {
  const found = new Map<string, Stored<Task>>();
  for (const { kind, content } of rows)
    if (kind === 'request' && !found.has(content.id)) found.set(content.id, content as Stored<Task>);
  return [...found.values()];
}

const nameOf = (post: PractitionerRole | null | undefined): string | undefined =>
  post ? readPost(post).name : undefined;
