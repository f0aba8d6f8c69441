import type { Address, ContactPoint, Patient, PatientContact, PractitionerRole } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import { buildProvenance } from '../../fhir/provenance.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { invalid, notFound, Refused } from '../../kernel/problem.ts';
import type { Whereabouts } from '../form.ts';
import {
  amendPatient,
  isSealed,
  mask,
  readPatient,
  readPost,
  sealable,
  unmask,
  type ReadPatient,
  type Sealed,
} from '../record.ts';
import { dangerText as text } from './text.ts';

type Post = ReturnType<typeof readPost>;

export type Sealing = Readonly<{
  /** PractitionerRole ids that see it from now on; the actor's own is added. */
  named: readonly string[];
  why: string;
  seen: string;
}>;

/** Who may be named: people of the clinic, and of the offices that have an open referral of the person. */
export async function whoCanBeNamed(records: Records, patient: string): Promise<Post[]> {
  const offices = await records.rows<{ owner_id: string }>(
    'open referrals',
    sql`select distinct owner_id from task where patient_id = ${patient}::uuid and part_of_id is null
      and status in ('accepted', 'in-progress', 'on-hold')`,
  );
  const bodies = [records.actor.organization, ...offices.map((row) => row.owner_id)];
  const found = [];
  for (const body of new Set(bodies))
    found.push(...(await records.find('PractitionerRole', [['organization', body]])));
  const useful = ['doctor', 'reception', 'linkworker'];
  return found.map(readPost).filter((post) => post.active && useful.includes(post.kind ?? ''));
}

/** Takes address, numbers and relatives out of the record and keeps them for named people; see `seal` in migration 0012. */
export async function seal(records: Records, id: string, given: Sealing): Promise<void> {
  const patient = await readSeen(records, id, given.seen);
  if (isSealed(patient)) throw new Refused({ kind: 'conflict', says: text.sealedAlready });
  const me = records.actor.post;
  if (me === undefined) throw notFound();
  const possible = (await whoCanBeNamed(records, id)).map((post) => post.id);
  const named = [...new Set([me, ...given.named])];
  if (named.some((post) => post !== me && !possible.includes(post)))
    throw invalid({ path: 'named', says: text.namedUnknown });
  if (named.length < 2) throw invalid({ path: 'named', says: text.namedTooFew });
  if (given.why.trim() === '') throw invalid({ path: 'why', says: text.sealWhyMissing });
  const { address, telecom, contact } = sealable(patient);
  await records.run(sql`
    insert into seal (patient_id, address, telecom, contact, named, since, why, sealed_by)
    values (${id}::uuid, ${JSON.stringify(address)}::jsonb, ${JSON.stringify(telecom)}::jsonb, ${JSON.stringify(contact)}::jsonb,
      ${named}::uuid[], ${Number(patient.meta.versionId) + 1}::integer, ${given.why}, ${me}::uuid)`);
  await records.write([mask(patient), trace(records, id)]);
}

/**
 * Puts another address and other numbers under the seal, without anybody else seeing the old or the new ones: the record
 * itself stays as it is, what was there before is kept beside the seal (`seal_before`), relatives stay. Only somebody of the
 * clinic who is named can; refuses with `conflict` what was corrected since that `revision` was shown.
 */
export async function correct(
  records: Records,
  id: string,
  given: Readonly<{ where: Whereabouts; revision: number }>,
): Promise<void> {
  const patient = await records.read('Patient', id);
  const found = await readSeal(records, patient);
  if (found?.open === undefined || readPatient(patient).clinic !== records.actor.organization)
    throw notFound();
  const { person } = found.open;
  const { address, telecom } = sealable(
    amendPatient(unmask(patient, { address: [], telecom: [], contact: [] }), {
      ...person,
      phone: '',
      email: '',
      ...given.where,
    }),
  );
  const rows = await records.run(sql`
    update seal set address = ${JSON.stringify(address)}::jsonb, telecom = ${JSON.stringify(telecom)}::jsonb
    where patient_id = ${id}::uuid and revision = ${given.revision} returning revision`);
  if (rows.length === 0) throw new Refused({ kind: 'conflict', says: text.correctedMeanwhile });
  await records.write([trace(records, id)]);
}

/** Puts everything back, for everybody who sees the person. Only somebody who is named can. */
export async function unseal(records: Records, id: string, seen: string): Promise<void> {
  const patient = await readSeen(records, id, seen);
  const [row] = await records.run<SealRow>(
    sql`delete from seal where patient_id = ${id}::uuid returning address, telecom, contact`,
  );
  if (!row) throw notFound();
  await records.write([unmask(patient, sealedOf(row)), trace(records, id)]);
}

type SealRow = {
  address: Address[] | null;
  telecom: ContactPoint[] | null;
  contact: PatientContact[] | null;
};
type BeforeRow = SealRow & { ended_at: string };
const sealedOf = (row: SealRow): Sealed => ({
  address: row.address ?? [],
  telecom: row.telecom ?? [],
  contact: row.contact ?? [],
});

/** A seal as the actor meets it: who can see what is under it, and for them, what that is. */
export type ShownSeal = Readonly<{
  named: readonly string[];
  open:
    | Readonly<{
        person: ReadPatient;
        relatives: readonly string[];
        why: string;
        at: Date;
        /** Counts corrections. */
        revision: number;
        /** What was under the seal before, newest first. */
        before: readonly SealedBefore[];
      }>
    | undefined;
}>;
export type SealedBefore = Readonly<{ person: ReadPatient; until: Date }>;

/** The seal of a person; undefined where nothing is sealed. Logged as a look at the address. */
export async function readSeal(
  records: Records,
  patient: Stored<Patient> | undefined,
): Promise<ShownSeal | undefined> {
  if (patient === undefined || !isSealed(patient)) return undefined;
  const [row] = await records.rows<
    { named: PractitionerRole[] | null; before: BeforeRow[] | null } & Partial<SealRow> & {
        why?: string;
        at?: Date;
        revision?: number;
      }
  >(
    'sealed address',
    sql`select (select jsonb_agg(r.content) from practitioner_role r where r.id = any (seal_named(asked.id))) as named, s.address, s.telecom, s.contact, s.why, s.at, s.revision,
        (select jsonb_agg(to_jsonb(b) order by b.revision desc) from seal_before b where b.patient_id = s.patient_id and b.sealed_at = s.at) as before
      from (select ${patient.id}::uuid as id) asked left join seal s on s.patient_id = asked.id`,
    () => patient.id,
  );
  const posts = (row?.named ?? []).map(readPost);
  const names = posts.flatMap((post) => post.name ?? []).toSorted((a, b) => a.localeCompare(b, 'ja'));
  if (!row?.at || row.why === undefined || row.revision === undefined)
    return { named: names, open: undefined };
  const sealed = sealedOf({
    address: row.address ?? null,
    telecom: row.telecom ?? null,
    contact: row.contact ?? null,
  });
  return {
    named: names,
    open: {
      person: readPatient(unmask(patient, sealed)),
      relatives: sealed.contact.map(sayRelative),
      why: row.why,
      at: row.at,
      revision: row.revision,
      before: (row.before ?? []).map((one) => ({
        person: readPatient(unmask(patient, sealedOf(one))),
        until: new Date(one.ended_at),
      })),
    },
  };
}

const sayRelative = ({ name, telecom, address }: PatientContact): string =>
  [
    name?.text ?? [name?.family, ...(name?.given ?? [])].filter(Boolean).join(' '),
    ...(telecom ?? []).map((one) => one.value),
    address?.text,
  ]
    .filter(Boolean)
    .join('　');

async function readSeen(records: Records, id: string, seen: string): Promise<Stored<Patient>> {
  const patient = await records.read('Patient', id);
  if (readPatient(patient).clinic !== records.actor.organization) throw notFound();
  if (patient.meta.versionId !== seen) throw new Refused({ kind: 'conflict', says: text.stale });
  return patient;
}

const trace = (records: Records, patient: string) =>
  buildProvenance({
    id: records.newId(),
    targets: [],
    patient,
    organization: records.actor.organization,
    by: records.actor.post,
    at: records.now.toISOString(),
    activity: 'UPDATE',
  });
