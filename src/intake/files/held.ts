import type { Binary, QuestionnaireResponse } from '@medplum/fhirtypes';
import { sql, type Sql } from '../../database/sql.ts';
import type { Link } from '../../access/links.ts';
import { binariesOf } from '../../fhir/answer-files.ts';
import type { Records } from '../../fhir/records.ts';
import { idOf } from '../../fhir/references.ts';
import { kindOfFile } from '../../files/kind.ts';
import { remember } from '../../files/picture.ts';
import { buildFile, itemOfAnswers, itemOfFile } from './kept.ts';
import { hashOf } from './sent.ts';
import type { GivenFile } from './value.ts';

/** Who gives files: whoever holds a link, or (no link) the account that types answers in for a person. */
export type Holder = Readonly<{ patient: string; link?: Pick<Link, 'hash'> | undefined }>;
export type NewFile = Readonly<{ name: string; kind: string; bytes: Buffer }>;

/** Files that one link, or one account for one person, can hold at a time. */
export const mostHeld = 30;

const ofHolder = ({ actor }: Records, { patient, link }: Holder): Sql =>
  link === undefined
    ? sql`patient_id = ${patient}::uuid and account_id = ${actor.account ?? null}::uuid`
    : sql`patient_id = ${patient}::uuid and link_hash = ${link.hash}`;

/** How many more files may be held. */
export async function roomFor(records: Records, holder: Holder): Promise<number> {
  const [row] = await records.run<{ held: string }>(
    sql`select count(*) as held from given_file where ${ofHolder(records, holder)}`,
  );
  return Math.max(0, mostHeld - Number(row?.held ?? 0));
}

/** Keeps a file until the answers are sent; the same one given again is the one that is there. */
export async function holdFile(
  records: Records,
  { patient, link }: Holder,
  { name, kind, bytes }: NewFile,
): Promise<GivenFile> {
  const hash = hashOf(bytes);
  const conflict =
    link === undefined
      ? sql`(account_id, patient_id, digest) where account_id is not null`
      : sql`(link_hash, digest) where link_hash is not null`;
  const [row] = await records.run<{ id: string }>(sql`
    insert into given_file (id, patient_id, link_hash, account_id, name, kind, bytes, digest, at)
    values (${records.newId()}::uuid, ${patient}::uuid, ${link?.hash ?? null}::bytea,
      ${link === undefined ? (records.actor.account ?? null) : null}::uuid, ${name}, ${kind}, ${bytes},
      ${Buffer.from(hash, 'base64')}::bytea, ${records.now}::timestamptz)
    on conflict ${conflict} do update set name = excluded.name, at = excluded.at returning id`);
  return { id: row?.id ?? '', contentType: kind, size: bytes.length, hash, title: name };
}

/**
 * The files that a page says were given before: those that are held, and those that have become part of the person's
 * answers meanwhile (a second click). Another person's or body's is not among them.
 */
export async function findGiven(
  records: Records,
  holder: Holder,
  ids: readonly string[],
): Promise<GivenFile[]> {
  if (ids.length === 0) return [];
  const rows = await records.run<{ id: string; name: string; kind: string; size: number; digest: Buffer }>(
    sql`select id, name, kind, length(bytes) as size, digest from given_file
      where id = any (${[...ids]}::uuid[]) and ${ofHolder(records, holder)}`,
  );
  const held = rows.map(({ id, name, kind, size, digest }): GivenFile => ({
    id,
    contentType: kind,
    size,
    hash: digest.toString('base64'),
    title: name,
  }));
  const others = ids.filter((id) => !held.some((one) => one.id === id));
  const kept = others.length === 0 ? [] : await records.readMany('Binary', others);
  return [
    ...held,
    ...kept
      .filter(
        (one) => idOf(one.securityContext, 'Patient') === holder.patient && itemOfFile(one) !== undefined,
      )
      .map(({ id, contentType, data }): GivenFile => {
        const bytes = Buffer.from(data ?? '', 'base64');
        return { id, contentType, size: bytes.length, hash: hashOf(bytes), title: '' };
      }),
  ];
}

/** The bytes of a file that is held; undefined for one that is not, or is not this holder's. */
export async function readHeld(records: Records, holder: Holder, id: string): Promise<Buffer | undefined> {
  const [row] = await records.run<{ bytes: Buffer }>(
    sql`select bytes from given_file where id = ${id}::uuid and ${ofHolder(records, holder)}`,
  );
  return row?.bytes;
}

/**
 * The held files that answers name, as the records they become with them; they are held no longer. In the transaction that
 * writes both.
 */
export async function takeHeld(
  records: Records,
  response: QuestionnaireResponse,
  patient: string,
): Promise<(Binary & { id: string })[]> {
  const ids = binariesOf(response);
  if (ids.length === 0) return [];
  const rows = await records.run<{ id: string; bytes: Buffer }>(
    sql`delete from given_file where id = any (${ids}::uuid[]) and patient_id = ${patient}::uuid returning id, bytes`,
  );
  const item = itemOfAnswers(response);
  // Drawn when it was given, perhaps by another process; not a second time within the transaction.
  for (const { bytes } of rows) remember(bytes);
  return rows.map(({ id, bytes }) =>
    buildFile({ id, patient, item, contentType: kindOfFile(bytes) ?? 'application/octet-stream', bytes }),
  );
}

/** What was given by a link and named in no answer goes when the link is used. */
export async function dropHeld(records: Records, link: Pick<Link, 'hash'>): Promise<void> {
  await records.run(sql`delete from given_file where link_hash = ${link.hash}`);
}
