import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

type Claims = Readonly<Record<string, unknown>>;

/** How the next person signs in there, and what the service gets wrong. */
export type Answer = Readonly<{
  claims: Claims;
  /** Signed by a key that it does not publish. */
  forged?: boolean;
  algorithm?: 'RS256' | 'none';
}>;

export type TestIssuer = Readonly<{
  url: string;
  clientId: string;
  clientSecret: string;
  /** Whoever is sent there next is this person. */
  next: (answer: Answer) => void;
  /** Requests it refused, with the reason: what our side did wrong. */
  faults: string[];
  stop: () => Promise<void>;
}>;

type Pending = Readonly<{ query: URLSearchParams; answer: Answer }>;

/**
 * A small sign-in service of our own: OpenID Connect with discovery, authorization code, PKCE (S256) and published keys.
 * Signs whoever comes in at once, and can be made to lie.
 */
export async function startIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const [clientId, clientSecret, kid] = ['tsunagi', 'a secret between the two', 'k1'];
  const codes = new Map<string, Pending>();
  const faults: string[] = [];
  let answer: Answer = { claims: {} };

  const server = createServer((req, res) => {
    const at = new URL(req.url ?? '/', url);
    const json = (body: unknown, status = 200): void => {
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (at.pathname) {
      case '/.well-known/openid-configuration':
        json({
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
          token_endpoint_auth_methods_supported: ['client_secret_basic'],
        });
        return;
      case '/keys':
        json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] });
        return;
      case '/authorize': {
        const query = at.searchParams;
        for (const [name, wanted] of [
          ['response_type', 'code'],
          ['client_id', clientId],
          ['code_challenge_method', 'S256'],
        ] as const)
          if (query.get(name) !== wanted) faults.push(`authorize: ${name}`);
        for (const name of ['state', 'nonce', 'code_challenge'])
          if ((query.get(name) ?? '').length < 20) faults.push(`authorize: ${name}`);
        const code = randomUUID();
        codes.set(code, { query, answer });
        const back = new URL(query.get('redirect_uri') ?? url);
        back.searchParams.set('code', code);
        back.searchParams.set('state', query.get('state') ?? '');
        res.writeHead(302, { location: back.toString() }).end();
        return;
      }
      case '/token': {
        const pieces: Buffer[] = [];
        req.on('data', (piece: Buffer) => pieces.push(piece));
        req.on('end', () => {
          const form = new URLSearchParams(Buffer.concat(pieces).toString());
          const pending = codes.get(form.get('code') ?? '');
          codes.delete(form.get('code') ?? '');
          const basic = `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`).toString('base64')}`;
          const challenge = createHash('sha256')
            .update(form.get('code_verifier') ?? '')
            .digest('base64url');
          const fault = !pending
            ? 'code'
            : req.headers.authorization !== basic
              ? 'client'
              : pending.query.get('code_challenge') !== challenge
                ? 'verifier'
                : pending.query.get('redirect_uri') !== form.get('redirect_uri')
                  ? 'redirect'
                  : undefined;
          if (!pending || fault !== undefined) {
            faults.push(`token: ${fault ?? ''}`);
            json({ error: 'invalid_grant' }, 400);
            return;
          }
          json({ access_token: randomUUID(), token_type: 'bearer', id_token: idToken(pending) });
        });
        return;
      }
      default:
        json({}, 404);
    }
  });
  const idToken = (pending: Pending): string => {
    const { claims, forged = false, algorithm = 'RS256' } = pending.answer;
    const seconds = Math.floor(Date.now() / 1000);
    const all: Claims = {
      iss: url,
      aud: clientId,
      iat: seconds,
      exp: seconds + 300,
      nonce: pending.query.get('nonce'),
      ...claims,
    };
    const key: KeyObject | '' = algorithm === 'none' ? '' : forged ? stranger : privateKey;
    return jwt.sign(all, key, { algorithm, ...(algorithm === 'none' ? {} : { keyid: kid }) });
  };
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    clientId,
    clientSecret,
    faults,
    next: (given) => {
      answer = given;
    },
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => {
          stopped();
        });
      }),
  };
}
