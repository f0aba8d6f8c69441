import type { PractitionerRole, Task } from '@medplum/fhirtypes';
import { queueMail } from '../access/outbox.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { readOrganization, readPost, readPractitioner } from '../people/record.ts';
import { answeredMail } from './mail.ts';
import { buildProvenance, readTask, recordDone } from './record.ts';

/**
 * What follows at the office when a group moves its request by itself, by its page, its link or its program: whoever has
 * the case in hand is told by mail, and what the group did is recorded when it says that it is over, as when the office
 * enters it. A group has no right to write the person's record of what was done.
 */
export async function takeAnswer(records: Records, after: Stored<Task>, publicUrl: string): Promise<void> {
  const { partOf, status } = readTask(after);
  if (status === 'completed') await keepDone(records, after);
  if (partOf === undefined) return;
  const to = await mailOf(records, partOf);
  if (to !== undefined)
    await queueMail(records, answeredMail({ to, url: `${publicUrl}/referrals/${partOf}` }));
}

async function keepDone(records: Records, after: Stored<Task>): Promise<void> {
  const referral = readTask(after);
  const [request] = await records.readMany('ServiceRequest', [referral.requestId]);
  if (!request) return;
  const at = records.now.toISOString();
  const outcome = referral.outcomes[0];
  const done = recordDone(
    {
      referral,
      request,
      outcome: { code: outcome?.code ?? 'connected', text: outcome?.text ?? '' },
      until: referral.authoredOn > at ? referral.authoredOn : at,
    },
    records.newId(),
  );
  await records.write([
    done,
    buildProvenance({
      id: records.newId(),
      targets: [reference('Procedure', done.id)],
      patient: referral.patient,
      organization: records.actor.organization,
      by: undefined,
      onBehalfOf: referral.to,
      at,
      activity: 'CREATE',
    }),
  ]);
}

/** The address of whoever has the referral in hand, else of the office; undefined when neither has one. */
async function mailOf(records: Records, id: string): Promise<string | undefined> {
  const [task] = await records.readMany('Task', [id]);
  if (!task) return undefined;
  const { assignee, to } = readTask(task);
  const posts: Stored<PractitionerRole>[] =
    assignee === undefined ? [] : await records.readMany('PractitionerRole', [assignee]);
  const people = await records.readMany(
    'Practitioner',
    posts.flatMap((post) => readPost(post).practitioner ?? []),
  );
  const own = people.map((one) => readPractitioner(one).email)[0];
  if (own !== undefined) return own;
  const [office] = await records.readMany('Organization', [to]);
  return office && readOrganization(office).email;
}
