import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { Refused } from '../kernel/problem.ts';
import { readPatient } from '../people/record.ts';
import { tell } from '../referral/notice.ts';

/** Why somebody is opened without being asked. */
export const emergencyReasons = ['danger-to-life', 'cannot-be-asked', 'other'] as const;
export type EmergencyReason = (typeof emergencyReasons)[number];

/** Hours for which a person stays open. */
export const emergencyHours = 4;
/** Tries of one account in a quarter of an hour; whoever knows the person needs one or two. */
export const mostTries = 5;

export type Emergency = Readonly<{
  /** As on the card, kana. */
  kana: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
  /** Telephone number, or the insured person's identifier with its colons. */
  key: string;
  because: EmergencyReason;
  note: string;
}>;

/**
 * Opens the one person whom name, birth date and number fit, for a few hours, to the actor alone; undefined where it is
 * none or not one. Every try stays on record, and the clinic that keeps the person is told. Refuses with `too-many` who
 * tries again and again.
 */
export async function openInEmergency(
  records: Records,
  given: Emergency,
  publicUrl: string,
): Promise<string | undefined> {
  const { actor } = records;
  const [tries] = await records.run<{ n: number }>(
    sql`select count(*)::int as n from emergency_try where post_id = ${actor.post ?? null}::uuid and at > now() - interval '15 minutes'`,
  );
  if ((tries?.n ?? 0) >= mostTries) throw new Refused({ kind: 'too-many', retryAfterSeconds: 900 });
  const [row] = await records.rows<{ found: string | null }>(
    'emergency',
    sql`select emergency_person(${given.kana}, ${given.birthDate}, ${given.key}) as found`,
    ({ found }) => found,
  );
  const found = row?.found ?? undefined;
  await records.run(
    sql`insert into emergency_try (account, looked_for, found)
      values (${actor.account ?? null}::uuid, ${`${given.kana} ${given.birthDate}`}, ${found ?? null}::uuid)`,
  );
  if (found === undefined) return undefined;
  const [made] = await records.run<{ id: string }>(
    sql`select open_emergency(${found}::uuid, ${given.because}, ${given.note}, ${actor.account ?? null}::uuid, ${emergencyHours}::integer) as id`,
  );
  const { clinic } = readPatient(await records.read('Patient', found));
  if (made && clinic !== undefined && clinic !== actor.organization)
    await records.onBehalfOf(clinic, (theirs) =>
      tell(theirs, publicUrl, [
        { organization: clinic, kind: 'emergency-opened', caseNumber: emergencyNumber(made.id) },
      ]),
    );
  return found;
}

/** What an emergency is called in a notice, which names nobody. */
export const emergencyNumber = (id: string): string => `E-${id.slice(0, 8)}`;

export type OpenEmergency = Readonly<{ id: string; because: EmergencyReason; note: string; until: Date }>;

/** The actor's own emergency access to that person, while it lasts. */
export async function emergencyNow(records: Records, patient: string): Promise<OpenEmergency | undefined> {
  const [row] = await records.rows<OpenEmergency>(
    'emergency',
    sql`select id, because, note, until from emergency_access where patient_id = ${patient}::uuid
      and post_id = ${records.actor.post ?? null}::uuid and until > now() order by until desc limit 1`,
    () => patient,
  );
  return row;
}
