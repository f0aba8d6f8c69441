import type { Task } from '@medplum/fhirtypes';
import { opensTo, readConsent, type Given } from '../consent/record.ts';
import { sql } from '../database/sql.ts';
import type { OpenRecords, Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { readOrganization, type ReadBody } from '../people/record.ts';
import { askedByMail } from './asked-by-mail.ts';
import { tell, type NoticeKind } from './notice.ts';
import { readTask, type Referral } from './record.ts';
import { cancel } from './withdrawal.ts';
import { isRequest } from './workflow.ts';

/**
 * The three moments of a consent that runs out: 30 days before its last day (`ends`), the day after it (`expired`: others
 * read on and write nothing), and 30 days later, when nothing renewed it (`over`: what rested on it ends).
 */
export type Stage = 'ends' | 'expired' | 'over';
export type Due = Readonly<{ consent: string; clinic: string; stage: Stage }>;

const kinds = {
  ends: 'consent-ends',
  expired: 'consent-expired',
  over: 'consent-closed',
} as const satisfies Record<Stage, NoticeKind>;

/** What rests on a consent and on no later one: a referral with its office, and what that office asked of groups. */
type Resting = Readonly<{
  task: string;
  caseNumber: string;
  to: string;
  isRequest: boolean;
  /** The office that has the referral, and the number of the referral. */
  office: string;
  referral: string;
  /** Where a request went by mail. */
  email: string | undefined;
}>;

/**
 * Does for one consent what its moment asks, as the service itself acting for the clinic: tells everybody concerned, by
 * case number alone, and at the end cancels what rested on it. Once for each moment, whoever else is doing it at the same
 * time; one that was taken back, or that a later consent carries on, changes nothing.
 */
export const meetEnd =
  (open: OpenRecords, publicUrl: string) =>
  ({ consent: id, clinic, stage }: Due): Promise<void> =>
    open(
      { role: 'system', organization: clinic, via: 'job', request: `consent-${stage}` },
      async (records) => {
        const [stored] = await records.readMany('Consent', [id]);
        if (stored?.status !== 'active') return;
        const consent = readConsent(stored);
        if (stage === 'over' && !(await isFirst(records, id, stage))) return;
        const resting = await restingOn(records, consent, stage);
        if (stage === 'over') await end(records, consent.patient, resting);
        else if (resting.length === 0 || !(await isFirst(records, id, stage))) return;
        const kind = kinds[stage];
        await tell(records, publicUrl, [
          ...resting.map(({ to, caseNumber, email }) => ({ organization: to, kind, caseNumber, email })),
          ...[...new Set(resting.map((one) => one.referral))].map((caseNumber) => ({
            organization: clinic,
            kind,
            caseNumber,
          })),
        ]);
      },
    );

/** A second process waits here for the first, and then finds that it is done. */
async function isFirst(records: Records, consent: string, stage: Stage): Promise<boolean> {
  const rows = await records.run(sql`insert into consent_end (consent_id, stage, at)
    values (${consent}::uuid, ${stage}, ${records.now}::timestamptz) on conflict do nothing returning stage`);
  return rows.length > 0;
}

const openStates = 'draft,requested,accepted,in-progress,on-hold';

async function restingOn(
  records: Records,
  consent: Given & { id: string },
  stage: Stage,
): Promise<Resting[]> {
  const about = ['patient', consent.patient] as const;
  const tasks = (await records.find('Task', [about, ['status', openStates]])).filter(
    (task) => !isRequest(task),
  );
  if (tasks.length === 0) return [];
  const others = (await records.find('Consent', [about, ['status', 'active']])).map(readConsent);
  const later = others.filter((one) => one.id !== consent.id && one.until > consent.until);
  const today = dayInTokyo(records.now);
  const rests = (body: ReadBody): boolean =>
    opensTo(consent, body, consent.until) && !later.some((one) => opensTo(one, body, today));
  const found: Resting[] = [];
  for (const task of tasks) {
    const office = readTask(task).to;
    const requests = await records.onBehalfOf(office, (theirs) => requestsOf(theirs, task, stage));
    const emails = await records.onBehalfOf(office, (theirs) => askedByMail(theirs, requests));
    const resting = await restingAmong(records, [...requests, task], readTask(task), rests);
    found.push(...resting.map((one) => ({ ...one, email: emails.get(one.task) })));
  }
  return found;
}

async function requestsOf(records: Records, referral: Stored<Task>, stage: Stage): Promise<Stored<Task>[]> {
  if (stage === 'over') await seeToEnd(records, readTask(referral).patient);
  return records.find('Task', [
    ['part-of', referral.id],
    ['status', openStates],
  ]);
}

/** For the time of one change the service sees what the body itself no longer does. */
const seeToEnd = (records: Records, patient: string) =>
  records.run(sql`select sight_to_end(${patient}::uuid)`);

async function restingAmong(
  records: Records,
  tasks: readonly Stored<Task>[],
  { to: office, caseNumber: referral }: Referral,
  rests: (body: ReadBody) => boolean,
): Promise<Omit<Resting, 'email'>[]> {
  const bodies = await records.readMany('Organization', [...new Set(tasks.map((task) => readTask(task).to))]);
  const over = new Set(
    bodies
      .map(readOrganization)
      .filter(rests)
      .map((body) => body.id),
  );
  // Without its office a request has nobody who asks.
  return tasks
    .filter((task) => over.has(readTask(task).to) || over.has(office))
    .map((task) => ({
      task: task.id,
      caseNumber: readTask(task).caseNumber,
      to: readTask(task).to,
      isRequest: isRequest(task),
      office,
      referral,
    }));
}

const reason = {
  code: 'consent-expired',
  text: '同意の期限が切れ、新しい同意がなかったため、終わりました。',
} as const;

/** Requests first: they are their office's, and end before the referral that they are part of. */
async function end(records: Records, patient: string, resting: readonly Resting[]): Promise<void> {
  const requests = resting.filter((task) => task.isRequest);
  for (const office of new Set(requests.map((one) => one.office)))
    await records.onBehalfOf(office, async (theirs) => {
      await seeToEnd(theirs, patient);
      const own = requests.filter((one) => one.office === office);
      await cancel(
        theirs,
        own.map((one) => one.task),
        reason,
      );
    });
  await cancel(
    records,
    resting.filter((task) => !task.isRequest).map((one) => one.task),
    reason,
  );
  await records.run(sql`select refresh_sights(${patient}::uuid)`);
}

/**
 * The last day (`YYYY-MM-DD`) of what let the actor's body see a person, when that is over and the record can only be read
 * any more; undefined while it may be worked on. As the row rules see it, by the database's own clock.
 */
export async function readableOnly(records: Records, patient: string): Promise<string | undefined> {
  const rows = await records.rows<{ until: Date | null; works: boolean | null }>(
    'consent',
    sql`select max(works_until) filter (where isfinite(works_until)) as until, bool_or(works_until > now()) as works from sight
      where patient_id = ${patient}::uuid and organization_id = ${records.actor.organization}::uuid
        and audience = actor_audience() and (post_id is null or post_id = actor_post())
        and items <> array['past'] and until > now()`,
  );
  const [found] = rows;
  return found?.works === false && found.until
    ? dayInTokyo(new Date(found.until.getTime() - 1000))
    : undefined;
}
