import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { isSigned, readKeys, type Keys, type SealingKey } from './key.ts';

/**
 * After a change of the secret: the old key sealed up to this seal, the new one goes on. Signed by both, so that whoever
 * trusts one of them learns of the other from the log itself, and whoever has the database alone cannot bring in a third.
 */
export type Handover = Readonly<{
  /** Public keys, PEM. */
  old: string;
  new: string;
  /** The last seal of the old key. */
  seal: number;
  head: Buffer;
  byOld: Buffer;
  byNew: Buffer;
}>;

/** What both sign. The whole keys: a fingerprint is for people to compare. */
const statement = ({ old, new: next, seal, head }: Omit<Handover, 'byOld' | 'byNew'>): Buffer =>
  Buffer.from(JSON.stringify(['tsunagi access log handover 1', old, next, seal, head.toString('hex')]));

/** Notes once where the key of the secret before ended. `client`: the owner's, in the transaction of the sealer. */
export async function handOver(client: pg.ClientBase, old: SealingKey, next: SealingKey): Promise<void> {
  const { rows } = await client.query<{ number: string; head: Buffer; signature: Buffer }>(
    `select number, head, signature from access_log_seal s where key = $1
       and not exists (select from access_log_handover h where h.old = $1 and h.new = $2) order by number desc limit 1`,
    [old.fingerprint, next.fingerprint],
  );
  const [last] = rows;
  if (last === undefined) return;
  mustBeSigned(old, last);
  const facts = { old: old.publicKey, new: next.publicKey, seal: Number(last.number), head: last.head };
  await client.query(
    `insert into access_log_handover (old, new, seal, head, by_old, by_new) values ($1, $2, $3, $4, $5, $6)`,
    [
      old.fingerprint,
      next.fingerprint,
      facts.seal,
      facts.head,
      old.sign(statement(facts)),
      next.sign(statement(facts)),
    ],
  );
}

/** Throws when a seal that is to be gone on from was not made with that key: what is put on top would vouch for it. */
export function mustBeSigned(key: SealingKey, seal: Readonly<{ head: Buffer; signature: Buffer }>): void {
  const known = readKeys([key.publicKey]).get(key.fingerprint);
  if (known === undefined || !isSigned(seal.head, known, seal.signature))
    throw new Error('The last seal of the access log is forged. Nothing is sealed on top; see audit:verify.');
}

/** Throws in a process that was started with a secret whose key has ended. */
export async function mustGoOn(client: pg.ClientBase, key: SealingKey): Promise<void> {
  const { rows } = await client.query('select from access_log_handover where old = $1', [key.fingerprint]);
  if (rows.length > 0)
    throw new Error(
      'Another process seals the access log with a newer TSUNAGI_SECRET; this one has the old.',
    );
}

export async function readHandovers(client: pg.ClientBase): Promise<Handover[]> {
  const { rows } = await client.query<Omit<Handover, 'seal'> & { seal: string }>(
    `select o.public_key as old, n.public_key as new, seal, head, by_old as "byOld", by_new as "byNew"
     from access_log_handover h join access_log_key o on o.fingerprint = h.old join access_log_key n on n.fingerprint = h.new
     order by seal`,
  );
  return rows.map((row) => ({ ...row, seal: Number(row.seal) }));
}

/** A key and the seals for which its word is taken: after one and up to another. */
type Span = Readonly<{ key: KeyObject; after: number; until: number }>;
export type Trust = Readonly<{
  spans: ReadonlyMap<string, Span>;
  /** Handovers by which a key is trusted, by the seal whose head they name. */
  pinned: ReadonlyMap<number, Handover>;
}>;

/**
 * Which keys are trusted for which seals: those that were given; of a key that handed over to a trusted one, what it had
 * sealed until then, and nothing after, so that a secret that got out is of no use to rewrite the log with; and a key
 * that a trusted one handed over to, from then on.
 */
export function trustFrom(given: Keys, handovers: readonly Handover[]): Trust {
  const spans = new Map<string, Span>([...given].map(([name, key]) => [name, { key, ...everSince }]));
  const pinned = new Map<number, Handover>();
  const open = new Set(handovers);
  for (let found = true; found;) {
    found = false;
    for (const handover of open) {
      const [[oldName, oldKey], [newName, newKey]] = [only(handover.old), only(handover.new)];
      const [old, next] = [spans.get(oldName), spans.get(newName)];
      const { seal, byOld, byNew } = handover;
      if (next && isSigned(statement(handover), newKey, byNew))
        spans.set(oldName, { after: 0, ...old, key: oldKey, until: Math.min(seal, old?.until ?? seal) });
      else if (old && isSigned(statement(handover), oldKey, byOld))
        spans.set(newName, { key: newKey, after: seal, until: Infinity });
      else continue;
      pinned.set(seal, handover);
      open.delete(handover);
      found = true;
    }
  }
  return { spans, pinned };
}
const everSince = { after: 0, until: Infinity };

const only = (pem: string): readonly [string, KeyObject] => {
  const [entry] = readKeys([pem]);
  if (entry === undefined) throw new Error('This is no Ed25519 key.');
  return entry;
};

export const isTrusted = (
  { spans }: Trust,
  seal: Readonly<{ number: number; key: string; head: Buffer; signature: Buffer }>,
): boolean => {
  const span = spans.get(seal.key);
  return (
    span !== undefined &&
    seal.number > span.after &&
    seal.number <= span.until &&
    isSigned(seal.head, span.key, seal.signature)
  );
};
