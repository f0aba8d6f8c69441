import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { hashPassword } from '../../../src/access/password.ts';
import { hashSecret, newSecret } from '../../../src/access/secrets.ts';
import { makeApp } from '../../../src/app.ts';
import type { Database, Transaction } from '../../../src/database/database.ts';
import { numbered, type Sql } from '../../../src/database/sql.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { loadPrograms } from '../../../src/programs/load.ts';
import { makeBodies } from '../../support/bodies.ts';
import { freshDatabase } from '../../support/database.ts';
import { filledTemplate, testSecret } from '../../support/template.ts';
import { makeCast, type Cast, type Looker } from './people.ts';
import type { Who } from './rules.ts';

type Sent = Readonly<{ method?: string; headers?: Readonly<Record<string, string>>; body?: string }>;
/** Somebody over the network: a program with its token, a person with their session. */
export type Caller = Readonly<{
  name: string;
  who: Who;
  ask: (path: string, sent?: Sent) => Promise<Response>;
}>;

export type Matrix = Readonly<{
  cast: Cast;
  app: Express;
  /** A program of every role and body. */
  programs: readonly Caller[];
  /** Everybody with a post, signed in. */
  visitors: readonly Caller[];
  /** The statements that the database was sent since it was last asked. */
  statements: () => string[];
  stop: () => Promise<void>;
}>;

/** The whole product on a port, with the people of every state. Its clock is the real one, as the database's is. */
export async function startMatrix(): Promise<Matrix> {
  const now = (): Date => new Date();
  const here = await freshDatabase(await filledTemplate(process.env['TEST_OWNER_URL'] ?? '', 0, now));
  const cast = await makeCast(here.owner, await makeBodies(here.owner));
  const { database, statements } = recording(here.database);
  const http = createServer();
  http.keepAliveTimeout = 120_000; // a busy machine must not close what is being used
  await new Promise<void>((ready) => {
    http.listen(0, '127.0.0.1', ready);
  });
  const url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  const app = makeApp({
    now,
    newId: randomUUID,
    config: { mode: 'demo', publicUrl: url, secret: testSecret, secondFactor: 'optional' },
    database,
    programs: await loadPrograms('forms'),
    log: silentLog(),
    attempts: 1000,
  });
  http.on('request', (request, response) => {
    app(request, response);
  });

  const hash = await hashPassword(testSecret);
  const program = async ({ name, who: person, actor }: Looker): Promise<Caller> => {
    // A program has no post, so no seal names it.
    const { named: _, ...who } = person;
    await here.owner.query(
      'insert into api_client (id, secret_hash, role, organization_id) values ($1, $2, $3, $4)',
      [name, hash, actor.role, actor.organization],
    );
    const answer = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: name,
        client_secret: testSecret,
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return {
      name,
      who,
      ask: (path, sent = {}) =>
        fetch(`${url}${path}`, { ...sent, headers: { authorization: `Bearer ${token}`, ...sent.headers } }),
    };
  };
  const visitor = async ({ name, who, actor }: Looker): Promise<Caller> => {
    const [account, secret, csrf] = [randomUUID(), newSecret(), newSecret()];
    await here.owner.query(
      `insert into account (id, login, password_hash, name, role, organization_id, post_id) values ($1, $2, '-', '試験', $3, $4, $5)`,
      [account, account, actor.role, actor.organization, actor.post ?? null],
    );
    await here.owner.query(
      `insert into session (token_hash, account_id, csrf, created_at, seen_at, proved_at, expires_at) values ($1, $2, $3, now(), now(), now(), now() + interval '12 hours')`,
      [hashSecret(secret), account, csrf],
    );
    const form = (body: string): string =>
      new URLSearchParams([
        ...new URLSearchParams(body),
        ['_csrf', csrf],
        ['_once', randomUUID()],
      ]).toString();
    return {
      name,
      who,
      ask: (path, { method = 'GET', headers, body } = {}) =>
        fetch(`${url}${path}`, {
          method,
          redirect: 'manual',
          headers: {
            cookie: `session=${secret}; language=ja`,
            ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
            ...headers,
          },
          ...(method === 'POST' ? { body: form(body ?? '') } : {}),
        }),
    };
  };
  const people = cast.lookers.filter((one) => one.who.role !== 'system');
  // A program acts for a body: it holds no post, and so neither an emergency nor a case.
  const bodies = people.filter((one) => one.who.holds === undefined && one.actor.post !== undefined);
  const programs: Caller[] = [];
  for (const one of bodies) programs.push(await program(one));
  const visitors: Caller[] = [];
  for (const one of people) if (one.actor.post !== undefined) visitors.push(await visitor(one));
  return {
    cast,
    app,
    programs,
    visitors,
    statements,
    stop: async () => {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
      await here.close();
    },
  };
}

/** The database with a record of the texts that were sent to it. */
function recording(database: Database): Pick<Matrix, 'statements'> & { database: Database } {
  let texts: string[] = [];
  const noted = (statement: Sql): Sql => {
    texts.push(numbered(statement).text);
    return statement;
  };
  const watched = (tx: Transaction): Transaction => ({
    rows: (statement) => tx.rows(noted(statement)),
    planned: (statement) => tx.planned(noted(statement)),
    named: (name, text, values) => {
      texts.push(text);
      return tx.named(name, text, values);
    },
    ahead: (name, text, values) => {
      texts.push(text);
      tx.ahead(name, text, values);
    },
    last: (name, text, values) => {
      texts.push(text);
      tx.last(name, text, values);
    },
  });
  return {
    database: {
      ...database,
      rows: (statement) => database.rows(noted(statement)),
      transaction: (work, settings) => database.transaction((tx) => work(watched(tx)), settings),
    },
    statements: () => {
      const sent = texts;
      texts = [];
      return sent;
    },
  };
}
