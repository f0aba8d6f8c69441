import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Sentence } from '../../kernel/sentence.ts';
import { text } from './text.ts';

/** A public key as it is kept: nothing of it but what checks a signature. */
export type PublicKey = Readonly<{ kid: string; alg: 'RS384' | 'ES384'; print: string; jwk: JsonWebKey }>;

/** Keys of one client: the one in use, the next one, and a few machines. */
export const mostKeys = 10;
const weakest = 2048;
const longestRsa = 8192;
/** Members of a JWK that are for its owner alone (RFC 7518, 6.2.2, 6.3.2, 6.4.1). */
const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

type Read = Readonly<{ keys: readonly PublicKey[] } | { fault: Sentence; leaked: boolean }>;
const wrong = (fault: Sentence): Read => ({ fault, leaked: false });

/**
 * Reads a JWK Set, or one JWK, as somebody pasted it. `leaked`: a private key, or a shared secret, is in it; the text must
 * not be shown or kept again. Taken are only keys for the two ways of signing that are checked (RS384 of 2048 bits or more,
 * ES384), with a `kid` of their own or, where there is none, their thumbprint (RFC 7638).
 */
export function readKeys(pasted: string): Read {
  if (/PRIVATE KEY/.test(pasted)) return { fault: text.keyPrivate, leaked: true };
  let given: unknown;
  try {
    given = JSON.parse(pasted);
  } catch {
    // What cannot be read may be a private key that was cut off.
    return { fault: text.keysUnreadable, leaked: /"(?:d|k|dp|qi)"\s*:/.test(pasted) };
  }
  const list: unknown = isObject(given) && 'keys' in given ? given['keys'] : [given];
  if (!Array.isArray(list) || list.length === 0 || !list.every(isObject)) return wrong(text.keysUnreadable);
  if (list.some((key) => secret.some((name) => name in key))) return { fault: text.keyPrivate, leaked: true };
  if (list.length > mostKeys) return wrong(text.keysMany(mostKeys));
  const keys: PublicKey[] = [];
  for (const key of list) {
    const read = readKey(key);
    if ('fault' in read) return wrong(read.fault);
    if (keys.some((other) => other.kid === read.kid || other.print === read.print))
      return wrong(text.keyTwice);
    keys.push(read);
  }
  return { keys };
}

type Given = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readKey(given: Given): PublicKey | Readonly<{ fault: Sentence }> {
  const { kty, crv, alg, use, kid, key_ops: ops } = given;
  const fits = kty === 'RSA' ? 'RS384' : kty === 'EC' && crv === 'P-384' ? 'ES384' : undefined;
  if (fits === undefined || (alg !== undefined && alg !== fits)) return { fault: text.keyKind };
  if (
    (use !== undefined && use !== 'sig') ||
    (ops !== undefined && !(Array.isArray(ops) && ops.includes('verify')))
  )
    return { fault: text.keyUse };
  if (kid !== undefined && (typeof kid !== 'string' || !/^[\w.:~+/=-]{1,100}$/.test(kid)))
    return { fault: text.keyId };
  // In the order of RFC 7638: the thumbprint is made of just these.
  const bare =
    fits === 'RS384' ? membersOf(given, ['e', 'kty', 'n']) : membersOf(given, ['crv', 'kty', 'x', 'y']);
  const weakness = bare && strengthOf(bare);
  if (!bare || weakness === 'broken') return { fault: text.keysUnreadable };
  if (weakness === 'weak') return { fault: text.keyWeak(weakest) };
  const print = createHash('sha256').update(JSON.stringify(bare)).digest('base64url');
  return { kid: kid ?? print, alg: fits, print, jwk: { ...bare, kid: kid ?? print, alg: fits, use: 'sig' } };
}

function membersOf(given: Given, names: readonly string[]): Record<string, string> | undefined {
  const found = names.flatMap((name): [string, string][] => {
    const value = given[name];
    return typeof value === 'string' && /^[\w-]{1,2000}$/.test(value) ? [[name, value]] : [];
  });
  return found.length === names.length ? Object.fromEntries(found) : undefined;
}

/** `broken`: no key at all, such as a point that is not on the curve. */
function strengthOf(jwk: Record<string, string>): 'broken' | 'weak' | 'good' {
  try {
    const { asymmetricKeyDetails: details } = createPublicKey({ key: jwk, format: 'jwk' });
    if (jwk['kty'] === 'EC') return 'good';
    const { modulusLength: bits = 0, publicExponent: e = 0n } = details ?? {};
    if (bits > longestRsa) return 'broken';
    return bits < weakest || e < 65_537n || e % 2n === 0n ? 'weak' : 'good';
  } catch {
    return 'broken';
  }
}

/** Keys as they stand in the database; one that was written there by hand may lack a name. */
export const keysIn = (kept: Readonly<{ keys: readonly JsonWebKey[] }> | null): readonly PublicKey[] =>
  (kept?.keys ?? []).flatMap((jwk) => {
    const read = readKey(jwk);
    return 'fault' in read ? [] : [read];
  });
