import { whyClosed } from '../../src/consent/closed.ts';
import { randomUUID } from 'node:crypto';
import express, { type Express, type Router } from 'express';
import request from 'supertest';
import type { SliceNeeds } from '../../src/access/slice.ts';
import { hashSecret, newSecret } from '../../src/access/secrets.ts';
import { makeSessions } from '../../src/access/sessions.ts';
import { makeTypedForms } from '../../src/access/typed-forms.ts';
import { makePages } from '../../src/access/visit.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { navigation } from '../../src/navigation.ts';
import { testSecret } from './template.ts';
import type { World } from './world.ts';

/** Some slices' pages over a world, without the rest of the product. */
export function serve(world: World, routes: (needs: SliceNeeds) => readonly Router[]): Express {
  const { now, newId } = world.surroundings;
  const sessions = makeSessions({ database: world.database, now, secondFactor: 'optional' });
  const typed = makeTypedForms({ database: world.database, now, secret: testSecret });
  const pages = makePages({
    now,
    newId,
    sessions,
    typed,
    database: world.database,
    log: silentLog(),
    demo: false,
    whyClosed: whyClosed(world.open),
    secure: false,
    ways: { passkeys: false, outside: false },
    navigation,
  });
  const needs = {
    now,
    newId,
    open: world.open,
    database: world.database,
    pages,
    publicUrl: 'http://x.invalid',
  };
  return express()
    .use(express.urlencoded({ extended: false }))
    .use(...routes(needs));
}

type Values = Readonly<Record<string, string | readonly string[]>>;
const encode = (values: Values): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString();

export type Browsing = ReturnType<typeof browse>;

/** Asks for pages and sends forms, as a browser would. */
export const browse = (app: Express, cookie = '', csrf = '') => ({
  get: (path: string) => request(app).get(path).set('Cookie', cookie),
  post: (path: string, values: Values = {}) =>
    request(app)
      .post(path)
      .set('Cookie', cookie)
      .type('form')
      .send(encode({ ...(csrf === '' ? {} : { _csrf: csrf }), _once: randomUUID(), ...values })),
});

/** Somebody who has just signed in, with an account of their own. */
export async function signIn(
  world: World,
  app: Express,
  actor: Actor,
  given: Readonly<{ login?: string; passwordHash?: string }> = {},
): Promise<Browsing & Readonly<{ account: string }>> {
  const account = randomUUID();
  await world.owner.query(
    `insert into account (id, login, password_hash, name, role, organization_id, post_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      account,
      given.login ?? account,
      given.passwordHash ?? '-',
      `試験 ${actor.role}`,
      actor.role,
      actor.organization,
      actor.post ?? null,
    ],
  );
  return { ...browse(app, ...(await newSession(world, account))), account };
}

/** One more session of an account: its cookie and the token of its forms. */
export async function newSession(world: World, account: string): Promise<[cookie: string, csrf: string]> {
  const [secret, csrf] = [newSecret(), newSecret()];
  const at = world.surroundings.now();
  await world.owner.query(
    `insert into session (token_hash, account_id, csrf, created_at, seen_at, proved_at, expires_at) values ($1, $2, $3, $4, $4, $4, $5)`,
    [hashSecret(secret), account, csrf, at, new Date(at.getTime() + 12 * 3_600_000)],
  );
  return [`session=${secret}`, csrf];
}
