import { createHash, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { roles, type Actor, type Role } from '../kernel/actor.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { passwordMatches } from './password.ts';
import { keysIn } from './clients/keys.ts';
import { makeRevocation } from './revocation.ts';
import { allows, granted, type Letter } from './scopes.ts';

/** Access tokens of programs (OAuth 2 client credentials): signed here, for this service alone, short-lived. */
export const tokenSeconds = 900;
/** Tokens that are remembered, so that their signature is reckoned once. */
const mostGenuine = 1000;
/** SMART: an assertion lives five minutes at most; a minute for clocks that differ. */
const assertionSeconds = 300 + 60;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export type Credentials = Readonly<{
  /** From HTTP Basic or the form. */
  client?: string | undefined;
  secret?: string | undefined;
  assertionType?: string | undefined;
  assertion?: string | undefined;
}>;

/** Why a program got no token; `client` is the name it gave, when there is such a client. */
export type NotGranted = Readonly<{ refused: 'client' | 'scope'; client?: string }>;
export type Granted = Readonly<{ token: string; scope: string; client: string }>;

/** What a token opens. */
export type Bearer = Readonly<{ actor: Actor; may: (type: string, letter: Letter) => boolean }>;
/** Why a token opens nothing. */
export type TokenFault = 'missing' | 'expired' | 'audience' | 'issuer' | 'revoked' | 'forged';

type Client = {
  id: string;
  secret_hash: string | null;
  public_keys: { keys: JsonWebKey[] } | null;
  role: string;
  organization_id: string;
  scopes: string;
  generation: number;
  secret_before_hash: string | null;
  secret_before_until: Date | null;
};

type Needs = Readonly<{
  database: Database;
  /** The service's secrets, newest first: the newest signs, an older one is still believed. */
  secrets: readonly [string, ...string[]];
  publicUrl: string;
  newId: () => string;
}> &
  Pick<Surroundings, 'now'>;

export type Tokens = ReturnType<typeof makeTokens>;

export function makeTokens({ database, secrets, publicUrl, now, newId }: Needs) {
  const audience = `${publicUrl}/fhir`;
  const ours = secrets.map((secret) => ({
    // Given as text, the library would try at every call whether it is a public key, at a fifth of the cost of a read.
    key: createSecretKey(Buffer.from(secret)),
    kid: createHash('sha256').update(`kid ${secret}`).digest('hex').slice(0, 8),
  })) as [Key, ...Key[]];
  const revocation = makeRevocation({ database, now });
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  const clientCalled = async (id: string): Promise<Client | undefined> => {
    const [client] = await database.rows<Client>(
      sql`select * from api_client
        where id = ${id} and disabled_at is null and (ends_at is null or ends_at > ${now()}::timestamptz)`,
    );
    return client;
  };

  /**
   * SMART Backend Services: a short assertion, signed with a key whose public half the client registered, and good for
   * one token: somebody who reads it on its way has nothing. A client changes its key by registering the next one beside it.
   */
  const byAssertion = async (assertion: string): Promise<Client | undefined> => {
    const subject = subjectOf(assertion);
    const client = typeof subject === 'string' ? await clientCalled(subject) : undefined;
    if (!client) return undefined;
    const meant = { audience: `${publicUrl}/oauth/token`, issuer: client.id };
    // A key that was registered wrongly opens nothing and breaks nothing.
    const claims = keysIn(client.public_keys)
      .map(({ jwk }) => createPublicKey({ key: jwk, format: 'jwk' }))
      .map((key) => verified(assertion, key, meant, seconds()))
      .find((found) => typeof found !== 'string');
    const { exp, jti } = claims ?? {};
    if (exp === undefined || exp > seconds() + assertionSeconds || typeof jti !== 'string' || jti === '')
      return undefined;
    const key = `assertion ${createHash('sha256').update(jti).digest('hex')}`;
    const first = await database.rows(
      sql`insert into once (key, organization_id, actor) values (${key}, ${client.organization_id}::uuid, ${`client ${client.id}`})
        on conflict do nothing returning key`,
    );
    return first.length > 0 ? client : undefined;
  };

  const clientOf = async (given: Credentials): Promise<Client | undefined> => {
    if (given.assertion !== undefined && given.assertionType === assertionType)
      return byAssertion(given.assertion);
    if (given.client === undefined || given.secret === undefined) return undefined;
    const named = await clientCalled(given.client);
    if (await passwordMatches(named?.secret_hash ?? undefined, given.secret)) return named;
    const { secret_before_hash: before, secret_before_until: until } = named ?? {};
    if (before == null || until == null || until <= now()) return undefined;
    return (await passwordMatches(before, given.secret)) ? named : undefined;
  };

  /** Tokens that were found genuine. A program shows the same one for a quarter of an hour, with every call. */
  const genuine = new Map<string, jwt.JwtPayload>();
  /** The claims of a token of ours; the key is the one that it names, or the newest. */
  const read = (token: string): jwt.JwtPayload | TokenFault => {
    const known = genuine.get(token);
    if (known && (known.exp ?? 0) > seconds()) return known;
    genuine.delete(token);
    const { kid, typ } = headerOf(token) ?? {};
    // Of what this service may sign one day, only this kind is an access token (RFC 9068).
    if (typ !== 'at+jwt') return 'forged';
    const { key } = ours.find((one) => one.kid === kid) ?? ours[0];
    const claims = verified(token, key, { audience, issuer: publicUrl }, seconds());
    if (typeof claims === 'string') return claims;
    if (genuine.size >= mostGenuine) genuine.clear();
    genuine.set(token, claims);
    return claims;
  };

  return {
    /** The access token, or why there is none. */
    grant: async (
      given: Credentials & Readonly<{ scope: string | undefined }>,
    ): Promise<Granted | NotGranted> => {
      const client = await clientOf(given);
      if (!client) return { refused: 'client', ...(await nameOf(database, given)) };
      const scope = granted(given.scope, client.scopes);
      if (scope === undefined) return { refused: 'scope', client: client.id };
      const [{ key, kid }] = ours;
      const claims = {
        sub: client.id,
        org: client.organization_id,
        role: client.role,
        scope,
        gen: client.generation,
        iat: seconds(),
        exp: seconds() + tokenSeconds,
        jti: newId(),
      };
      const header = { alg: 'HS256', typ: 'at+jwt', kid } as const;
      const token = jwt.sign(claims, key, { algorithm: 'HS256', audience, issuer: publicUrl, header });
      return { token, scope, client: client.id };
    },

    /**
     * Takes one of its own tokens back (RFC 7009); the client's name, or undefined when it is not who it says. A token that
     * is not its own, or none at all, is left as it is, without a word.
     */
    revoke: async (given: Credentials, token: string): Promise<string | undefined> => {
      const client = await clientOf(given);
      if (!client) return undefined;
      const claims = read(token);
      if (typeof claims !== 'string' && claims.sub === client.id && claims.jti !== undefined)
        await revocation.revoke(claims.jti, new Date((claims.exp ?? seconds()) * 1000));
      return client.id;
    },

    /** A program was registered or changed. */
    changed: revocation.changed,

    /** Who bears an access token and what they may do with it, or what is wrong with it. */
    bearer: async (token: string | undefined, request: string): Promise<Bearer | TokenFault> => {
      if (token === undefined) return 'missing';
      const claims = read(token);
      if (typeof claims === 'string') return claims;
      const { role, org: organization, scope, gen = 0 } = claims as Readonly<Record<string, unknown>>;
      if (!isRole(role) || typeof organization !== 'string' || typeof scope !== 'string') return 'forged';
      const standing = await revocation.standing(claims.jti ?? '', claims.sub ?? '', claims.iat ?? 0);
      if (!standing || standing.generation !== gen) return 'revoked';
      return {
        actor: {
          role,
          organization,
          ...(claims.sub === undefined ? {} : { client: claims.sub }),
          via: 'token',
          request,
        },
        // What its program may not do any more, a token that was given before does not do either.
        may: (type, letter) => allows(scope, type, letter) && allows(standing.scopes, type, letter),
      };
    },
  };
}

type Key = Readonly<{ key: KeyObject; kid: string }>;

const isRole = (value: unknown): value is Role =>
  typeof value === 'string' && (roles as readonly string[]).includes(value);

/** For the log: the client that was tried, where there is one of that name, on or off. */
async function nameOf(database: Database, given: Credentials): Promise<Readonly<{ client?: string }>> {
  const name = given.client ?? subjectOf(given.assertion ?? '');
  if (typeof name !== 'string') return {};
  const [client] = await database.rows<{ id: string }>(sql`select id from api_client where id = ${name}`);
  return client ? { client: client.id } : {};
}

/** Whom an assertion is about, before anything of it is believed; it may be any text. */
function subjectOf(assertion: string): unknown {
  try {
    return jwt.decode(assertion)?.sub;
  } catch {
    return undefined;
  }
}

function headerOf(token: string): jwt.JwtHeader | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined;
  }
}

type Meant = { audience: string; issuer: string };

/** The claims of a token that holds, or what is wrong with it; only the algorithm that fits the key is let through. */
function verified(token: string, key: KeyObject, meant: Meant, now: number): jwt.JwtPayload | TokenFault {
  try {
    const algorithms: jwt.Algorithm[] = key.type === 'secret' ? ['HS256'] : ['RS384', 'ES384'];
    const claims = jwt.verify(token, key, { algorithms, ...meant, clockTimestamp: now });
    return typeof claims === 'object' ? claims : 'forged';
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) return 'expired';
    const message = error instanceof jwt.JsonWebTokenError ? error.message : '';
    return message.startsWith('jwt audience')
      ? 'audience'
      : message.startsWith('jwt issuer')
        ? 'issuer'
        : 'forged';
  }
}
