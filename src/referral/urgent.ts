import type { Patient, QuestionnaireResponse, Task } from '@medplum/fhirtypes';
import { queueMails, type Mail } from '../access/outbox.ts';
import { sql, type Sql } from '../database/sql.ts';
import type { Change, Later, Records, Rule } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { askedForm } from '../intake/asked.ts';
import { isUrgent, routesFrom } from '../intake/urgent.ts';
import { readOrganization, readPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { programAsking } from '../programs/record.ts';
import { isRequest } from './workflow.ts';

/**
 * Answers that tell of what a program calls urgent do not wait until somebody opens the page: whichever way they came, they
 * stand among the clinic's notices and bear a mark in its list from the transaction that stores them, and a mail says that
 * there are such answers and nothing else. Whoever opens them or begins a referral knows.
 */
export const urgentRules = (programs: readonly Program[], publicUrl: string): readonly Rule[] => [
  {
    types: ['QuestionnaireResponse'],
    check: () => undefined,
    settle: (change, records) => settleAnswers(programs, publicUrl, change, records),
  },
  { types: ['Task'], check: () => undefined, settle: settleTask },
];

async function settleAnswers(
  programs: readonly Program[],
  publicUrl: string,
  { before, after, together }: Change,
  records: Records,
): Promise<Later | undefined> {
  const response = after as Stored<QuestionnaireResponse>;
  const patient = idOf(response.subject, 'Patient');
  if (patient === undefined || programAsking(programs, response.questionnaire) === undefined)
    return undefined;
  // Nobody is called to answers that were somebody else's.
  if (response.status === 'entered-in-error')
    return () => known(records, sql`response_id = ${response.id}::uuid`);
  const asked = await askedForm(records, programs, response.questionnaire);
  if (!asked || !isUrgent(asked, response) || together.some((one) => refers(one, patient))) return undefined;
  const person =
    together.find((one): one is Stored<Patient> => one.resourceType === 'Patient' && one.id === patient) ??
    (await records.readMany('Patient', [patient]))[0];
  const counts = routesFrom((person && readPatient(person).municipalityCode) || undefined);
  const was = before as Stored<QuestionnaireResponse> | undefined;
  if (!isUrgent(asked, response, counts) || (was && isUrgent(asked, was, counts))) return undefined;
  const clinic = idOf(person?.managingOrganization, 'Organization') ?? records.actor.organization;
  return () =>
    records.onBehalfOf(clinic, (theirs) => call(theirs, publicUrl, { response: response.id, patient }));
}

/** Leaves the mark and sends the mail. */
async function call(
  records: Records,
  publicUrl: string,
  { response, patient }: Readonly<{ response: string; patient: string }>,
): Promise<void> {
  await records.run(
    sql`insert into urgent_answers (response_id, patient_id, at) values (${response}::uuid, ${patient}::uuid, ${records.now}::timestamptz)
      on conflict (response_id) do update set at = excluded.at, opened_at = null, opened_by = null`,
  );
  const [clinic] = await records.readMany('Organization', [records.actor.organization]);
  const address = clinic && readOrganization(clinic).email;
  const mails = address === undefined ? await addressesOfStaff(records) : [address];
  await queueMails(
    records,
    mails.map((to) => urgentMail({ to, url: `${publicUrl}/patients` })),
  );
}

/** Where a clinic has no address of its own: those of its doctors and its reception. */
const addressesOfStaff = async (records: Records): Promise<string[]> =>
  (
    await records.rows<{ email: string }>(
      'addresses of the staff',
      sql`select distinct email from account where organization_id = ${records.actor.organization}::uuid
        and role in ('doctor', 'reception') and email is not null and disabled_at is null limit 20`,
    )
  ).map(({ email }) => email);

/** A mail can be read by many: it names neither the person nor what was answered, nor what kind of matter it is. */
const urgentMail = ({ to, url }: Readonly<{ to: string; url: string }>): Mail => ({
  to,
  subject: '今日中に見ていただきたい回答があります',
  text: `今日中に見ていただきたい回答が届きました。ログインして、次のページのお知らせからご覧ください。
${url}

このメールには、ご本人のことは書いてありません。お心当たりのないときは、このまま捨ててください。

--
There are answers that need to be seen today. Sign in and open the page above to read them.
`,
});

const refers = (one: Stored, patient: string): boolean =>
  one.resourceType === 'Task' && !isRequest(one) && idOf(one.for, 'Patient') === patient;

/** Whoever begins a referral, if only as a draft, has seen what it is about. */
const settleTask = async ({ before, after }: Change, records: Records): Promise<Later | undefined> => {
  const task = after as Stored<Task>;
  const patient = idOf(task.for, 'Patient');
  if (before !== undefined || patient === undefined || !refers(task, patient)) return undefined;
  return Promise.resolve(() => known(records, sql`patient_id = ${patient}::uuid`));
};

async function known(records: Records, which: Sql): Promise<void> {
  await records.run(
    sql`update urgent_answers set opened_at = ${records.now}::timestamptz, opened_by = ${records.actor.post ?? null}::uuid
      where ${which} and opened_at is null`,
  );
}
