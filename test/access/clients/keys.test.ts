import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { keysIn, readKeys } from '../../../src/access/clients/keys.ts';
import { text } from '../../../src/access/clients/text.ts';
import type { Sentence } from '../../../src/kernel/sentence.ts';
import { jwks, signing } from './keys.ts';

const rsa = signing('rsa', 2048);
const p384 = signing('ec', 'P-384');
const fault = (pasted: string): Sentence | undefined => {
  const read = readKeys(pasted);
  return 'fault' in read ? read.fault : undefined;
};

describe('keys that are pasted', () => {
  test('are taken as a set or alone, with the name they have or their thumbprint', () => {
    for (const pasted of [jwks(rsa), JSON.stringify(rsa.jwk), JSON.stringify({ keys: [rsa.jwk, p384.jwk] })])
      expect(fault(pasted)).toBeUndefined();
    const read = readKeys(jwks(p384, { kid: 'of-2026' }));
    expect('keys' in read && read.keys[0]).toMatchObject({ kid: 'of-2026', alg: 'ES384' });
    // RFC 7638, 3.1: the example and its thumbprint.
    const example = {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
    };
    const known = readKeys(JSON.stringify(example));
    expect('keys' in known && known.keys[0]?.print).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  test('stay keys that check a signature after they were kept', () => {
    const read = readKeys(JSON.stringify({ keys: [rsa.jwk, p384.jwk] }));
    const kept = 'keys' in read ? read.keys.map((key) => key.jwk) : [];
    for (const { jwk } of keysIn({ keys: kept }))
      expect(createPublicKey({ key: jwk, format: 'jwk' }).type).toBe('public');
    expect(keysIn({ keys: kept })).toHaveLength(2);
  });

  const privateKeys: [what: string, pasted: string][] = [
    ['an RSA pair', JSON.stringify(rsa.privateKey.export({ format: 'jwk' }))],
    ['an EC pair', JSON.stringify({ keys: [p384.jwk, p384.privateKey.export({ format: 'jwk' })] })],
    ['a shared secret', JSON.stringify({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] })],
    ['a PEM file', rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()],
    ['a pair that was cut off', JSON.stringify(rsa.privateKey.export({ format: 'jwk' })).slice(0, 900)],
  ];
  test.each(privateKeys)('are refused and never shown again when they are %s', (_what, pasted) => {
    expect(readKeys(pasted)).toMatchObject({ leaked: true });
  });

  const refused: [what: string, pasted: string, says: Sentence][] = [
    ['of 1024 bits', jwks(signing('rsa', 1024)), text.keyWeak(2048)],
    ['with the exponent 3', jwks(signing('rsa', 2048, 3)), text.keyWeak(2048)],
    ['on P-256', jwks(signing('ec', 'P-256')), text.keyKind],
    ['on P-521', jwks(signing('ec', 'P-521')), text.keyKind],
    ['for another algorithm', jwks(rsa, { alg: 'RS256' }), text.keyKind],
    ['for HMAC', jwks(rsa, { alg: 'HS256' }), text.keyKind],
    ['without an algorithm at all', jwks(rsa, { alg: 'none' }), text.keyKind],
    ['Ed25519', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }), text.keyKind],
    ['for encrypting', jwks(rsa, { use: 'enc' }), text.keyUse],
    ['for signing alone', jwks(rsa, { key_ops: ['sign'] }), text.keyUse],
    ['with a name that is a script', jwks(rsa, { kid: '<script>' }), text.keyId],
    ['with a name that is none', jwks(rsa, { kid: 7 }), text.keyId],
    ['twice the same', JSON.stringify({ keys: [rsa.jwk, rsa.jwk] }), text.keyTwice],
    [
      'under one name',
      JSON.stringify({
        keys: [
          { ...rsa.jwk, kid: 'a' },
          { ...p384.jwk, kid: 'a' },
        ],
      }),
      text.keyTwice,
    ],
    ['not on the curve', jwks(p384, { x: 'A'.repeat(64) }), text.keysUnreadable],
    ['without a modulus', jwks(rsa, { n: undefined }), text.keysUnreadable],
    ['a list of nothing', JSON.stringify({ keys: [] }), text.keysUnreadable],
    ['a list of texts', JSON.stringify({ keys: ['x'] }), text.keysUnreadable],
    ['null', 'null', text.keysUnreadable],
    ['an address', 'https://program.example/jwks', text.keysUnreadable],
    ['too many', JSON.stringify({ keys: Array.from({ length: 11 }, () => p384.jwk) }), text.keysMany(10)],
  ];
  test.each(refused)('are refused when they are %s', (_what, pasted, says) => {
    expect(fault(pasted)).toEqual(says);
  });
});
