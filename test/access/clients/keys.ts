import { generateKeyPairSync, randomUUID, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';

/** A pair of keys as a program would make it. */
export function signing(kind: 'rsa' | 'ec', how: number | string, exponent = 65_537) {
  const pair: { privateKey: KeyObject; publicKey: KeyObject } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: Number(how), publicExponent: exponent })
      : generateKeyPairSync('ec', { namedCurve: String(how) });
  return {
    ...pair,
    jwk: pair.publicKey.export({ format: 'jwk' }),
    /** What it proves itself with at the token endpoint. */
    assertion: (client: string, audience: string, now: Date): string =>
      jwt.sign(
        {
          iss: client,
          sub: client,
          aud: audience,
          jti: randomUUID(),
          exp: Math.floor(now.getTime() / 1000) + 200,
        },
        pair.privateKey,
        { algorithm: kind === 'rsa' ? 'RS384' : 'ES384', noTimestamp: true },
      ),
  };
}

/** A JWK Set of one key, as it is pasted. */
export const jwks = (key: { jwk: JsonWebKey } = signing('ec', 'P-384'), more: object = {}): string =>
  JSON.stringify({ keys: [{ ...key.jwk, ...more }] });
