import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** PKCS 8 around the 32 bytes of an Ed25519 key (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export type SealingKey = Readonly<{
  /** First 16 hexadecimal digits of the SHA-256 of the public key (SPKI, DER). */
  fingerprint: string;
  /** PEM. */
  publicKey: string;
  sign: (head: Buffer) => Buffer;
}>;

/**
 * The key that signs the access log, derived from the service's secret (HKDF-SHA-256), so that it lies in no database and
 * no file of its own. Who has the database alone cannot sign.
 */
export function sealingKey(secret: string): SealingKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'tsunagi access log seal 1', 32));
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key);
  return {
    fingerprint: fingerprintOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (head) => sign(null, head, key),
  };
}

const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);

/** Public keys by fingerprint. Throws when a text is no PEM of an Ed25519 key. */
export type Keys = ReadonlyMap<string, KeyObject>;
export const readKeys = (pems: readonly string[]): Keys =>
  new Map(
    pems.map((pem) => {
      const key = createPublicKey(pem);
      if (key.asymmetricKeyType !== 'ed25519') throw new Error('This is no Ed25519 key.');
      return [fingerprintOf(key), key];
    }),
  );

export const isSigned = (head: Buffer, key: KeyObject, signature: Buffer): boolean =>
  verify(null, head, key, signature);
