import { isIP } from 'node:net';
import type { Request } from 'express';
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Database } from '../../database/database.ts';
import { sql } from '../../database/sql.ts';
import type { Surroundings } from '../../kernel/clock.ts';
import { browserOf } from '../devices.ts';
import type { Questions } from '../questions.ts';
import type { Rows } from './service.ts';

export type Passkeys = ReturnType<typeof makePasskeys>;
type Needs = Readonly<{ database: Database; questions: Questions; publicUrl: string }> &
  Pick<Surroundings, 'now'>;
type Owner = Readonly<{ account: string; login: string; name: string }>;

/** The library brings a good part of ASN.1 along: read when the first passkey comes, not at every start. */
const webauthn = () => import('@simplewebauthn/server');

/** What a browser is to be asked, and the header that remembers the question. */
export type Asked = Readonly<{ options: unknown; cookie: string }>;

/**
 * Passkeys (WebAuthn). The device must ask its owner for a finger, a face or a number each time (user verification), so
 * a passkey is two factors at once: having the device, and being or knowing.
 */
export function makePasskeys({ database, questions, publicUrl, now }: Needs) {
  const { hostname, origin, protocol } = new URL(publicUrl);
  const known = (account: string) =>
    database.rows<{ id: string; transports: AuthenticatorTransport[] }>(
      sql`select id, transports from passkey where account_id = ${account}::uuid`,
    );

  return {
    /** Browsers know passkeys for names, not numbers, and over TLS alone, but for this machine itself. */
    possible:
      isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 && (protocol === 'https:' || hostname === 'localhost'),

    askToMake: async ({ account, login, name }: Owner): Promise<Asked> => {
      const { generateRegistrationOptions } = await webauthn();
      const options = await generateRegistrationOptions({
        rpName: 'つなぐ Tsunagi',
        rpID: hostname,
        userID: new TextEncoder().encode(account),
        userName: login,
        userDisplayName: name,
        attestationType: 'none',
        excludeCredentials: await known(account),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      return { options, cookie: await questions.ask('passkey', { challenge: options.challenge, account }) };
    },

    /** Keeps the passkey that the browser made when it was asked; false for anything else. */
    add: async (rows: Rows, req: Request, account: string, answer: unknown): Promise<boolean> => {
      const asked = await questions.take(req, 'passkey');
      if (asked?.['account'] !== account) return false;
      const { verifyRegistrationResponse } = await webauthn();
      const made = await verifyRegistrationResponse({
        response: answer as RegistrationResponseJSON,
        expectedChallenge: asked['challenge'] ?? '',
        expectedOrigin: origin,
        expectedRPID: hostname,
        requireUserVerification: true,
      }).catch(() => undefined);
      if (made?.verified !== true) return false;
      const { id, publicKey, counter, transports } = made.registrationInfo.credential;
      const added =
        await rows(sql`insert into passkey (id, account_id, public_key, counter, transports, name, created_at)
        values (${id}, ${account}::uuid, ${Buffer.from(publicKey)}, ${counter}, ${transports ?? []}::text[], ${browserOf(req).slice(0, 300)}, ${now()})
        on conflict (id) do nothing returning id`);
      return added.length > 0;
    },

    /** Without an account any passkey of this place will do: it says whose it is. */
    askToShow: async (account?: string): Promise<Asked> => {
      const { generateAuthenticationOptions } = await webauthn();
      const options = await generateAuthenticationOptions({
        rpID: hostname,
        allowCredentials: account === undefined ? [] : await known(account),
        userVerification: 'required',
      });
      const cookie = await questions.ask('passkey', { challenge: options.challenge, shownBy: account ?? '' });
      return { options, cookie };
    },

    /** Whose passkey was shown; undefined when it is unknown, somebody else's, signed something else or was copied. */
    shown: async (req: Request, answer: unknown, account?: string): Promise<string | undefined> => {
      const asked = await questions.take(req, 'passkey');
      const id = idOf(answer);
      if (asked === undefined || asked['shownBy'] !== (account ?? '') || id === undefined) return undefined;
      type Row = { account_id: string; public_key: Buffer; counter: string };
      const [key] = await database.rows<Row>(
        sql`select account_id, public_key, counter from passkey where id = ${id}`,
      );
      if (!key || (account !== undefined && key.account_id !== account)) return undefined;
      const { verifyAuthenticationResponse } = await webauthn();
      const checked = await verifyAuthenticationResponse({
        response: answer as AuthenticationResponseJSON,
        expectedChallenge: asked['challenge'] ?? '',
        expectedOrigin: origin,
        expectedRPID: hostname,
        credential: { id, publicKey: new Uint8Array(key.public_key), counter: Number(key.counter) },
        requireUserVerification: true,
      }).catch(() => undefined);
      if (checked?.verified !== true) return undefined;
      await database.rows(
        sql`update passkey set counter = ${checked.authenticationInfo.newCounter}, used_at = ${now()} where id = ${id}`,
      );
      return key.account_id;
    },
  };
}

const idOf = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string'
    ? answer.id
    : undefined;

/** What a form carried from the device; undefined for what is no JSON. */
export function answerIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
