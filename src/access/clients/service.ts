import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import { invalid, notFound } from '../../kernel/problem.ts';
import { readBody } from '../accounts/service.ts';
import { noteWith } from '../events.ts';
import { allows, type Letter } from '../scopes.ts';
import type { Entry, NewClient } from './form.ts';
import { mostKeys, type PublicKey } from './keys.ts';
import { kinds, clientRoles } from './offered.ts';
import { findClient, type ClientLine } from './queries.ts';
import { text } from './text.ts';

/** Refuses with `not-found`. */
export async function readClient(records: Records, id: string, lock?: 'lock'): Promise<ClientLine> {
  const found = id.length > 200 ? undefined : await findClient(records, id, lock);
  if (!found) throw notFound();
  return found;
}

/** Registers a client. Refuses a name that is taken, and a role that does not belong to that kind of organization. */
export async function addClient(
  records: Records,
  given: NewClient & Readonly<{ organization: string; secretHash: string | undefined }>,
): Promise<void> {
  const body = await readBody(records, given.organization);
  if (!clientRoles(body.kind).some((role) => role === given.role))
    throw invalid({ path: 'role', says: text.roleMissing });
  const { id, name, purpose, contact, role, scopes, ends, secretHash } = given;
  const [row] = await records.run(sql`
    insert into api_client (id, name, purpose, contact, role, organization_id, scopes, ends_at, created_at, secret_hash, secret_made_at, public_keys)
    values (${id}, ${name}, ${purpose}, ${contact}, ${role}, ${body.id}::uuid, ${scopes}, ${ends ?? null}::timestamptz,
      ${records.now}::timestamptz, ${secretHash ?? null}::text, ${secretHash === undefined ? null : records.now}::timestamptz, ${asKept(given.keys)}::jsonb)
    on conflict (id) do nothing returning id`);
  if (!row) throw invalid({ path: 'id', says: text.idTaken });
  await note(records, 'registered', id, `${role}, ${scopes}`);
}

/** Changes the entry, in the version that its writer saw; what was taken away is taken at once. */
export async function changeClient(
  records: Records,
  id: string,
  version: number,
  { name, purpose, contact, scopes, ends }: Entry,
): Promise<void> {
  const before = await readClient(records, id, 'lock');
  if (before.version !== version) throw invalid({ path: '', says: text.overtaken });
  await records.run(sql`
    update api_client set name = ${name}, purpose = ${purpose}, contact = ${contact}, scopes = ${scopes},
      ends_at = ${ends ?? null}::timestamptz, version = version + 1
    where id = ${id}`);
  const what = isLess(scopes, before.scopes)
    ? 'narrowed'
    : isLess(before.scopes, scopes)
      ? 'widened'
      : 'changed';
  await note(records, what, id, scopes === before.scopes ? undefined : `${before.scopes} → ${scopes}`);
}

const isLess = (scopes: string, than: string): boolean =>
  kinds.some((kind) =>
    Array.from('cruds').some(
      (letter) => allows(than, kind, letter as Letter) && !allows(scopes, kind, letter as Letter),
    ),
  );

/**
 * Gives a client another secret, known by its hash alone. The one before stays good for so many days; with none it ends
 * at once, and with it every token.
 */
export async function renewSecret(
  records: Records,
  id: string,
  { secretHash, days }: Readonly<{ secretHash: string; days: number }>,
): Promise<void> {
  const before = await readClient(records, id, 'lock');
  const stays = days > 0 && before.hasSecret;
  const until = stays ? new Date(records.now.getTime() + days * 86_400_000) : null;
  await records.run(sql`
    update api_client set secret_before_hash = case when ${stays}::boolean then secret_hash end, secret_before_until = ${until}::timestamptz,
      secret_hash = ${secretHash}, secret_made_at = ${records.now}::timestamptz,
      generation = generation + ${days > 0 ? 0 : 1}::integer, version = version + 1
    where id = ${id}`);
  await note(records, days > 0 ? 'secret' : 'secret, the one before ended', id);
}

/** Leaves public keys as the only proof. */
export async function dropSecret(records: Records, id: string): Promise<void> {
  await readClient(records, id, 'lock');
  await records.run(sql`
    update api_client set secret_hash = null, secret_made_at = null, secret_before_hash = null, secret_before_until = null,
      generation = generation + 1, version = version + 1
    where id = ${id}`);
  await note(records, 'secret removed', id);
}

/** Adds public keys to those a client has. Refuses one that is there already, by itself or by its name. */
export async function addKeys(records: Records, id: string, keys: readonly PublicKey[]): Promise<void> {
  const { keys: kept } = await readClient(records, id, 'lock');
  if (keys.some((key) => kept.some((one) => one.kid === key.kid || one.print === key.print)))
    throw invalid({ path: 'keys', says: text.keyTwice });
  if (kept.length + keys.length > mostKeys) throw invalid({ path: 'keys', says: text.keysMany(mostKeys) });
  await keep(records, id, [...kept, ...keys]);
  await note(records, 'keys added', id, keys.map((key) => key.kid).join(' '));
}

/** Removes a key, and ends every token: it may be that somebody else signed for one. */
export async function removeKey(records: Records, id: string, print: string): Promise<void> {
  const { keys: kept } = await readClient(records, id, 'lock');
  const gone = kept.find((key) => key.print === print);
  if (!gone) throw notFound();
  await keep(
    records,
    id,
    kept.filter((key) => key !== gone),
  );
  await records.run(sql`update api_client set generation = generation + 1 where id = ${id}`);
  await note(records, 'key removed', id, gone.kid);
}

/** Switches a client off at once, with all that it set running, or on again; no token comes back with it. */
export async function setDisabled(records: Records, id: string, isOff: boolean): Promise<void> {
  await readClient(records, id, 'lock');
  await records.run(sql`
    update api_client set disabled_at = ${isOff ? records.now : null}::timestamptz, generation = generation + 1, version = version + 1
    where id = ${id}`);
  await note(records, isOff ? 'off' : 'on', id);
}

const asKept = (keys: readonly PublicKey[]): string | null =>
  keys.length === 0 ? null : JSON.stringify({ keys: keys.map((key) => key.jwk) });

const keep = async (records: Records, id: string, keys: readonly PublicKey[]): Promise<void> => {
  await records.run(
    sql`update api_client set public_keys = ${asKept(keys)}::jsonb, version = version + 1 where id = ${id}`,
  );
};

/** Every change of who gets in is in the access log, in the same transaction. `why`: what of it, never a secret. */
const note = (records: Records, what: string, id: string, why?: string): Promise<void> =>
  noteWith(records, {
    action: 'account',
    what: `program ${what}`,
    records: [`program/${id}`],
    ...(why === undefined ? {} : { why: why.slice(0, 1000) }),
  });
