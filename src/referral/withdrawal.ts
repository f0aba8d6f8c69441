import type { Consent, PractitionerRole, Task } from '@medplum/fhirtypes';
import { opensTo, opensToResidents, readConsent, type Given } from '../consent/record.ts';
import { isLawful } from '../consent/legal-basis.ts';
import type { Change, Later, Records, Rule } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { readOrganization, readPost } from '../people/record.ts';
import { askedByMail } from './asked-by-mail.ts';
import { endLinks } from './call-off.ts';
import { tell } from './notice.ts';
import { buildProvenance, changeTask, readTask, type Referral } from './record.ts';
import { isRequest, type Reason } from './workflow.ts';

/**
 * When a consent is taken back, whole or in part and by whomever, what rested on it ends in the same transaction: open
 * requests to groups it opens to no more, then the referral if it no longer opens to the office, and a resident whom it
 * no longer names has the case in hand no longer. Everybody who loses sight of the person is told, by case number alone.
 * What offices asked of others ends before the rows change, since afterwards no office sees it; the referral ends after
 * that, since whoever records the withdrawal may see the person by it alone.
 */
export const withdrawalRule = (publicUrl: string): Rule => ({
  types: ['Consent'],
  check: () => undefined,
  settle: async (change, records) => {
    const now = narrowed(change);
    return now && endWhatRested(records, now, publicUrl);
  },
});

/** The consent as it will be, if this change takes something of it back. */
function narrowed({ before, after }: Change): (Given & { id: string }) | undefined {
  if (!before || isLawful(after as Stored<Consent>)) return undefined;
  const [was, now] = [readConsent(before as Stored<Consent>), readConsent(after as Stored<Consent>)];
  const isLess =
    was.status === 'active' && (now.status !== 'active' || now.takenBack.length > was.takenBack.length);
  return isLess ? now : undefined;
}

/** A draft has shown the person to nobody: it may still go, under another consent. */
const open = 'requested,accepted,in-progress,on-hold';

async function endWhatRested(
  records: Records,
  consent: Given & { id: string },
  publicUrl: string,
): Promise<Later> {
  const { patient, clinic } = consent;
  const [referrals, others] = await records.onBehalfOf(clinic, async (theirs) => [
    (
      await theirs.find('Task', [
        ['patient', patient],
        ['status', open],
      ])
    ).filter((task) => !isRequest(task)),
    await consentsInForce(theirs, consent),
  ]);
  const inForce: Given[] = [...others, consent];
  const told: Told[] = [];
  const over: string[] = [];
  for (const task of referrals) {
    const { to } = readTask(task);
    const stays = await records.onBehalfOf(to, (office) => endAtOffice(office, task, inForce, told));
    told.push({ organization: to, task: readTask(task), isOver: !stays });
    if (!stays) over.push(task.id);
  }
  return async () => {
    await records.onBehalfOf(clinic, async (theirs) => {
      await cancel(theirs, over);
      await tell(
        theirs,
        publicUrl,
        told.map(({ organization, task, isOver, email }) => ({
          organization,
          kind: isOver ? 'consent-withdrawn' : 'consent-narrowed',
          caseNumber: task.caseNumber,
          email,
        })),
      );
    });
  };
}

type Told = { organization: string; task: Referral; isOver: boolean; email?: string | undefined };

const consentsInForce = async (records: Records, but: { id: string; patient: string }): Promise<Given[]> =>
  (
    await records.find('Consent', [
      ['patient', but.patient],
      ['status', 'active'],
    ])
  )
    .filter((one) => one.id !== but.id && !isLawful(one))
    .map(readConsent);

/** Ends at the office that has a referral what no consent carries any more; returns whether the office itself keeps it. */
async function endAtOffice(
  records: Records,
  referral: Stored<Task>,
  inForce: readonly Given[],
  told: Told[],
): Promise<boolean> {
  const today = dayInTokyo(records.now);
  const opens = (body: { id: string; kind: ReturnType<typeof readOrganization>['kind'] }): boolean =>
    inForce.some((one) => opensTo(one, body, today));
  const requests = await records.find('Task', [
    ['part-of', referral.id],
    ['status', open],
  ]);
  const asked = requests.map(readTask);
  const bodies = await records.readMany('Organization', [
    readTask(referral).to,
    ...asked.map((one) => one.to),
  ]);
  const isOpen = new Map(bodies.map(readOrganization).map((body) => [body.id, opens(body)]));
  const stays = isOpen.get(readTask(referral).to) === true;
  const over = requests.filter((task) => !stays || isOpen.get(readTask(task).to) !== true);
  const emails = await askedByMail(records, over);
  await cancel(
    records,
    over.map((task) => task.id),
  );
  told.push(
    ...over
      .map(readTask)
      .map((task) => ({ organization: task.to, task, isOver: true, email: emails.get(task.id) })),
  );
  if (stays && !inForce.some((one) => opensToResidents(one, today)))
    await takeFromResident(records, referral);
  return stays;
}

async function takeFromResident(records: Records, referral: Stored<Task>): Promise<void> {
  const { assignee } = readTask(referral);
  const posts: Stored<PractitionerRole>[] =
    assignee === undefined ? [] : await records.readMany('PractitionerRole', [assignee]);
  if (posts.map(readPost)[0]?.kind !== 'neighbour') return;
  const task = await records.read('Task', referral.id);
  await records.save(changeTask(task, { assignee: null, at: records.now.toISOString() }));
}

const takenBack = {
  code: 'consent-withdrawn',
  text: 'ご本人が同意を取り消されたため、終わりました。',
} as const;

/** Ends referrals or requests of one person because no consent carries them any more; all of them together. */
export async function cancel(
  records: Records,
  ids: readonly string[],
  reason: Readonly<{ code: Reason; text: string }> = takenBack,
): Promise<void> {
  const tasks = await records.readMany('Task', ids);
  const [first] = tasks;
  if (!first) return;
  const asked = await records.readMany(
    'ServiceRequest',
    tasks.map((task) => readTask(task).requestId),
  );
  const at = records.now.toISOString();
  await endLinks(records, ids);
  await records.write([
    ...asked.map((one) => ({ ...one, status: 'revoked' as const })),
    ...tasks.map((task) => changeTask(task, { status: 'cancelled', step: 'ended', due: null, reason, at })),
    buildProvenance({
      id: records.newId(),
      targets: tasks.map((task) => reference('Task', task.id)),
      patient: readTask(first).patient,
      organization: records.actor.organization,
      by: undefined,
      at,
      activity: 'UPDATE',
    }),
  ]);
}
