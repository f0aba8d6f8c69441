import { createHash, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { roles, type Actor, type Role } from '../kernel/actor.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { forbidden, Refused } from '../kernel/problem.ts';
import { passwordMatches } from './password.ts';

/** Access tokens of programs (OAuth 2 client credentials): signed here, for this service alone, short-lived. */
export const tokenSeconds = 900;
/** Tokens that are remembered, so that their signature is reckoned once. */
const mostGenuine = 1000;
/** SMART: an assertion lives five minutes at most; a minute for clocks that differ. */
const assertionSeconds = 300 + 60;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export type TokenRequest = Readonly<{
  /** From HTTP Basic or the form. */
  client?: string | undefined;
  secret?: string | undefined;
  assertionType?: string | undefined;
  assertion?: string | undefined;
  scope: Scope;
}>;

/** What a program may do with a token: read and search, or also write. Whose records those are, the row rules say. */
export const scopes = ['system/*.cruds', 'system/*.rs'] as const;
export type Scope = (typeof scopes)[number];

/** The scope to grant when this was asked for: everything when nothing was; undefined when none of ours is among it. */
export function scopeFor(asked: string | undefined): Scope | undefined {
  const named = asked?.split(' ').filter(Boolean) ?? [];
  return named.length === 0 ? scopes[0] : scopes.find((scope) => named.includes(scope));
}

type Client = {
  id: string;
  secret_hash: string | null;
  public_keys: { keys: JsonWebKey[] } | null;
  role: string;
  organization_id: string;
};

type Needs = { database: Database; secret: string; publicUrl: string } & Pick<Surroundings, 'now'>;

export type Tokens = ReturnType<typeof makeTokens>;

export function makeTokens({ database, secret, publicUrl, now }: Needs) {
  const audience = `${publicUrl}/fhir`;
  // Given as text, the library would try at every call whether it is a public key, at a fifth of the cost of a read.
  const ours = createSecretKey(Buffer.from(secret));
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  const clientCalled = async (id: string): Promise<Client | undefined> => {
    const [client] = await database.rows<Client>(
      sql`select * from api_client where id = ${id} and disabled_at is null`,
    );
    return client;
  };

  /**
   * SMART Backend Services: a short assertion, signed with a key whose public half the client registered, and good for
   * one token: somebody who reads it on its way has nothing.
   */
  const byAssertion = async (assertion: string): Promise<Client | undefined> => {
    const subject = subjectOf(assertion);
    const client = typeof subject === 'string' ? await clientCalled(subject) : undefined;
    if (!client) return undefined;
    const meant = { audience: `${publicUrl}/oauth/token`, issuer: client.id };
    const claims = (client.public_keys?.keys ?? [])
      .flatMap((key) => publicKey(key) ?? [])
      .map((key) => verified(assertion, key, meant, seconds()))
      .find((found) => found !== undefined);
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

  /** Tokens that were found genuine. A program shows the same one for a quarter of an hour, with every call. */
  const genuine = new Map<string, jwt.JwtPayload>();
  const claimsOf = (token: string): jwt.JwtPayload | undefined => {
    const known = genuine.get(token);
    if (known && (known.exp ?? 0) > seconds()) return known;
    genuine.delete(token);
    const claims = verified(token, ours, { audience, issuer: publicUrl }, seconds());
    if (!claims) return undefined;
    if (genuine.size >= mostGenuine) genuine.clear();
    genuine.set(token, claims);
    return claims;
  };

  return {
    /** The access token, or undefined when the client is not who it says. */
    grant: async (request: TokenRequest): Promise<string | undefined> => {
      let client: Client | undefined;
      if (request.assertion !== undefined && request.assertionType === assertionType)
        client = await byAssertion(request.assertion);
      else if (request.client !== undefined && request.secret !== undefined) {
        const named = await clientCalled(request.client);
        if (await passwordMatches(named?.secret_hash ?? undefined, request.secret)) client = named;
      }
      if (!client) return undefined;
      const claims = {
        sub: client.id,
        org: client.organization_id,
        role: client.role,
        scope: request.scope,
        iat: seconds(),
        exp: seconds() + tokenSeconds,
      };
      return jwt.sign(claims, ours, { algorithm: 'HS256', audience, issuer: publicUrl });
    },

    /**
     * The actor behind an access token; refuses one that is missing, forged, expired or meant for someone else, and one
     * that may only read when it `writes`.
     */
    actor: (token: string | undefined, request: string, writes = false): Actor => {
      const claims = token === undefined ? undefined : claimsOf(token);
      const [role, organization] = [claims?.['role'], claims?.['org']];
      if (
        typeof role !== 'string' ||
        !(roles as readonly string[]).includes(role) ||
        typeof organization !== 'string'
      )
        throw new Refused({ kind: 'signed-out' });
      if (writes && claims?.['scope'] !== scopes[0]) throw forbidden(readOnly);
      return {
        role: role as Role,
        organization,
        ...(claims?.sub === undefined ? {} : { client: claims.sub }),
        via: 'token',
        request,
      };
    },
  };
}

const readOnly = {
  ja: 'このトークンでは読むことだけができます（scope）。',
  en: 'This token may only read (scope).',
};

/** Whom an assertion is about, before anything of it is believed; it may be any text. */
function subjectOf(assertion: string): unknown {
  try {
    return jwt.decode(assertion)?.sub;
  } catch {
    return undefined;
  }
}

/** A key that an administrator registered wrongly opens nothing and breaks nothing. */
function publicKey(key: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
}

type Meant = { audience: string; issuer: string | undefined };

/** The claims of a token that holds; only the algorithm that fits the key is let through. */
function verified(token: string, key: KeyObject, meant: Meant, now: number): jwt.JwtPayload | undefined {
  try {
    const algorithms: jwt.Algorithm[] = key.type === 'secret' ? ['HS256'] : ['RS384', 'ES384'];
    const claims = jwt.verify(token, key, {
      algorithms,
      audience: meant.audience,
      clockTimestamp: now,
      ...(meant.issuer === undefined ? {} : { issuer: meant.issuer }),
    });
    return typeof claims === 'object' ? claims : undefined;
  } catch {
    return undefined;
  }
}
