import {
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  hkdfSync,
  randomUUID,
  timingSafeEqual,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import jwt from 'jsonwebtoken';

type Secrets = readonly [string, ...string[]];

/** Order of the group of P-384 (FIPS 186-5). */
const order = BigInt(
  '0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
);

export type OwnKey = Readonly<{ kid: string; key: KeyObject; publicJwk: JsonWebKey }>;

/**
 * With what we prove to the server of a registration who we are: derived from the service's secrets, newest first, so that it
 * lies in no database. For each registration another: a server that sends us on to somebody else's token endpoint gets a
 * signature that nobody else believes.
 */
export function makeOwnKeys(secrets: Secrets) {
  const known = new Map<string, readonly [OwnKey, ...OwnKey[]]>();
  return (server: string): readonly [OwnKey, ...OwnKey[]] => {
    const before = known.get(server);
    if (before) return before;
    const keys = secrets.map((secret) => derived(secret, server)) as [OwnKey, ...OwnKey[]];
    if (known.size >= mostKnown) known.clear();
    known.set(server, keys);
    return keys;
  };
}
export type OwnKeys = ReturnType<typeof makeOwnKeys>;
const mostKnown = 500;

function derived(secret: string, server: string): OwnKey {
  // 64 bits more than the order has, so that no scalar is likelier than another (FIPS 186-5, A.2.1).
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `tsunagi partner key 1 ${server}`, 56));
  const scalar = (BigInt(`0x${bytes.toString('hex')}`) % (order - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(96, '0'), 'hex');
  const pair = createECDH('secp384r1');
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 49), point.subarray(49)].map((one) => one.toString('base64url'));
  const bare = { crv: 'P-384', kty: 'EC', x: x ?? '', y: y ?? '' };
  // RFC 7638: of just these, in this order.
  const kid = createHash('sha256').update(JSON.stringify(bare)).digest('base64url');
  return {
    kid,
    key: createPrivateKey({ key: { ...bare, d: d.toString('base64url') }, format: 'jwk' }),
    publicJwk: { ...bare, kid, alg: 'ES384', use: 'sig', key_ops: ['verify'] },
  };
}

/** SMART: five minutes at most. */
const assertionSeconds = 240;

/** A signed assertion for one token (SMART Backend Services, `private_key_jwt`). */
export const assertionOf = (
  { key, kid }: OwnKey,
  { client, endpoint, now }: Readonly<{ client: string; endpoint: string; now: Date }>,
): string => {
  const iat = Math.floor(now.getTime() / 1000);
  const claims = {
    iss: client,
    sub: client,
    aud: endpoint,
    iat,
    exp: iat + assertionSeconds,
    jti: randomUUID(),
  };
  return jwt.sign(claims, key, { algorithm: 'ES384', header: { alg: 'ES384', typ: 'JWT', kid } });
};

/** The secret part of the address at which a server rings when something has changed; known to that server alone. */
export type Bells = Readonly<{
  token: (server: string) => string;
  isRight: (server: string, token: string) => boolean;
}>;

export function makeBells(secrets: Secrets): Bells {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'tsunagi partner bell 1', 32)),
  );
  const tokenBy = (key: Buffer | undefined, server: string): string =>
    createHmac('sha256', key ?? '')
      .update(server)
      .digest('base64url');
  return {
    token: (server) => tokenBy(keys[0], server),
    isRight: (server, token) =>
      keys
        .map((key) => Buffer.from(tokenBy(key, server)))
        .some(
          (right) => right.length === Buffer.byteLength(token) && timingSafeEqual(right, Buffer.from(token)),
        ),
  };
}

/** Where a server finds our public keys, and where it rings. */
export const keysPath = (server: string): string => `/exchange/keys/${server}`;
export const bellPath = (server: string, token: string): string => `/exchange/told/${server}/${token}`;
