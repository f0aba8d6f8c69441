import { createPublicKey, type JsonWebKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { roles, type Actor, type Role } from '../kernel/actor.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { Refused } from '../kernel/problem.ts';
import { passwordMatches } from './password.ts';

/** Access tokens of programs (OAuth 2 client credentials): signed here, for this service alone, short-lived. */
export const tokenSeconds = 900;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export type TokenRequest = Readonly<{
  /** From HTTP Basic or the form. */
  client?: string | undefined;
  secret?: string | undefined;
  assertionType?: string | undefined;
  assertion?: string | undefined;
}>;

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
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  const clientCalled = async (id: string): Promise<Client | undefined> => {
    const [client] = await database.rows<Client>(
      sql`select * from api_client where id = ${id} and disabled_at is null`,
    );
    return client;
  };

  /** SMART Backend Services: a short assertion, signed with a key whose public half the client registered. */
  const byAssertion = async (assertion: string): Promise<Client | undefined> => {
    const subject = jwt.decode(assertion)?.sub;
    const client = typeof subject === 'string' ? await clientCalled(subject) : undefined;
    for (const key of client?.public_keys?.keys ?? [])
      if (
        verified(
          assertion,
          createPublicKey({ key, format: 'jwk' }),
          { audience: `${publicUrl}/oauth/token`, issuer: client?.id },
          seconds(),
        )
      )
        return client;
    return undefined;
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
        iat: seconds(),
        exp: seconds() + tokenSeconds,
      };
      return jwt.sign(claims, secret, { algorithm: 'HS256', audience, issuer: publicUrl });
    },

    /** The actor behind an access token; refuses one that is missing, forged, expired or meant for someone else. */
    actor: (token: string | undefined, request: string): Actor => {
      const claims =
        token === undefined ? undefined : verified(token, secret, { audience, issuer: publicUrl }, seconds());
      const [role, organization] = [claims?.['role'], claims?.['org']];
      if (
        typeof role !== 'string' ||
        !(roles as readonly string[]).includes(role) ||
        typeof organization !== 'string'
      )
        throw new Refused({ kind: 'signed-out' });
      return { role: role as Role, organization, via: 'token', request };
    },
  };
}

type Meant = { audience: string; issuer: string | undefined };

/** The claims of a token that holds; only the algorithm that fits the key is let through. */
function verified(
  token: string,
  key: Parameters<typeof jwt.verify>[1],
  meant: Meant,
  now: number,
): jwt.JwtPayload | undefined {
  try {
    const algorithms: jwt.Algorithm[] = typeof key === 'string' ? ['HS256'] : ['RS384', 'ES384'];
    const claims = jwt.verify(token, key, {
      algorithms,
      audience: meant.audience,
      clockTimestamp: now,
      maxAge: '1h',
      ...(meant.issuer === undefined ? {} : { issuer: meant.issuer }),
    });
    return typeof claims === 'object' ? claims : undefined;
  } catch {
    return undefined;
  }
}
