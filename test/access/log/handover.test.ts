import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { noteEntry } from '../../../src/access/events.ts';
import { beginning, chainOf, headOf, markOf } from '../../../src/access/log/chain.ts';
import { readKeys, sealingKey, type SealingKey } from '../../../src/access/log/key.ts';
import { readLines, readSeals } from '../../../src/access/log/lines.ts';
import { linesOfPart, partsOfDatabase, partsOfFile } from '../../../src/access/log/parts.ts';
import { sealNow } from '../../../src/access/log/seal.ts';
import { verifyLog, type Verdict } from '../../../src/access/log/verify.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';

const secrets = ['first', 'second', 'third'].map((name) => `the ${name} secret of this clinic, long enough`);
const [first, second, third] = secrets.map(sealingKey) as [SealingKey, SealingKey, SealingKey];

let here: TestDatabase;
let owner: pg.Client;
beforeEach(async () => {
  here = await freshDatabase();
  owner = new pg.Client({ connectionString: here.ownerUrl });
  await owner.connect();
});
afterEach(async () => {
  await owner.end();
  await here.close();
});

const add = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1)
    await noteEntry(here.database, { action: 'sign-in-refused', what: `第${String(i)}回`, request: 'test' });
};
const verify = (...trusted: SealingKey[]): Promise<Verdict> =>
  verifyLog({ parts: partsOfDatabase(owner), keys: readKeys(trusted.map((one) => one.publicKey)) });
const said = ({ breaks }: Verdict): string[] => breaks.map((one) => one.says.en);
/** As who owns the tables and has switched off what refuses changes. */
const tamper = async (statement: string, values: readonly unknown[] = []): Promise<void> => {
  await owner.query(`set session_replication_role = replica`);
  await owner.query(statement, [...values]);
  await owner.query(`set session_replication_role = origin`);
};

/** Three lines and a seal with the first secret, then three and a seal with the second. */
const changeSecret = async (): Promise<void> => {
  await add(3);
  await sealNow(owner, first);
  await add(3);
  await sealNow(owner, second, first);
};
/** Whoever owns the database makes a seal anew over what they changed; they sign it with a key they have, or not at all. */
const sealAnew = async (number: number, key: SealingKey, genuine: boolean): Promise<void> => {
  const seals = await readSeals(owner, 0, 100);
  const seal = seals.find((one) => one.number === number);
  const before = seals.find((one) => one.number === number - 1);
  if (seal === undefined) throw new Error('There is no such seal.');
  const lines = await readLines(owner, { after: seal.afterId, until: seal.untilId, most: 100 });
  const { afterRows, digests } = chainOf(before?.head ?? beginning, lines);
  const head = headOf(afterRows, { ...seal, key: key.fingerprint });
  await tamper(
    'update access_log_seal set key = $2, marks = $3, head = $4, signature = $5 where number = $1',
    [
      number,
      key.fingerprint,
      Buffer.concat(digests.map(markOf)),
      head,
      genuine ? key.sign(head) : Buffer.alloc(64),
    ],
  );
};

describe('after a change of the secret', () => {
  test('who has the new one verifies the whole log, and so does who was given the old public key', async () => {
    await changeSecret();
    for (const key of [first, second])
      expect(await verify(key)).toMatchObject({ rows: 6, seals: 2, broken: 0, handovers: [{ seal: 1 }] });
    expect(said(await verify(third))).toHaveLength(2);
  });

  test('and after another, over both changes', async () => {
    await changeSecret();
    await add(2);
    await sealNow(owner, third, second);
    await add(1);
    await sealNow(owner, third, second);
    for (const key of [first, second, third])
      expect(await verify(key)).toMatchObject({ rows: 9, seals: 4, broken: 0 });
  });

  test('an export says the same', async () => {
    await changeSecret();
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-log-')), 'log.jsonl');
    const lines: string[] = [];
    for await (const part of partsOfDatabase(owner)) lines.push(...linesOfPart(part));
    fs.writeFileSync(file, lines.join('\n'));
    const keys = readKeys([second.publicKey]);
    expect(await verifyLog({ parts: partsOfFile(file), keys })).toMatchObject({ rows: 6, broken: 0 });
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  test('the command line needs the new secret only', async () => {
    await changeSecret();
    const run = (secret: string | undefined) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'tools/audit.ts', 'verify'], {
        env: { ...process.env, DATABASE_URL: here.ownerUrl, TSUNAGI_SECRET: secret, LC_ALL: 'C' },
        encoding: 'utf8',
      });
    expect(run(secrets[1])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^6 rows and 2 seals .*The key changed after seal 1.*The log is whole/s),
    });
    expect(run(secrets[2])).toMatchObject({ status: 1, stdout: expect.stringMatching(/NOT whole/) });
  }, 60_000);

  test('that was not told to the service, verifying says so until the old key is named', async () => {
    await add(3);
    await sealNow(owner, first);
    await add(3);
    await sealNow(owner, second);
    expect(said(await verify(second))).toEqual([expect.stringMatching(/seal 1 .* not given as trusted/)]);
    expect((await verify(first, second)).broken).toBe(0);
    // Told later, it is made up for.
    await add(1);
    await sealNow(owner, second, first);
    expect((await verify(second)).broken).toBe(0);
  });

  test('a process that still has the old one seals no more', async () => {
    await changeSecret();
    await add(1);
    await expect(sealNow(owner, first)).rejects.toThrow(/newer TSUNAGI_SECRET/);
    expect(await verify(second)).toMatchObject({ seals: 2, unsealed: 1, broken: 0 });
  });
});

describe('whoever owns the database', () => {
  test('and has the old secret, which got out, can change nothing of what was sealed with it', async () => {
    await changeSecret();
    await tamper(`update access_log set what = 'nothing' where id = 2`);
    await sealAnew(1, first, true);
    expect(said(await verify(second))).toContainEqual(expect.stringMatching(/^Seal 1 .* handed over/));
  });

  test('and has the old secret can put nothing on top of the newest seal', async () => {
    await changeSecret();
    await add(2);
    await tamper('delete from access_log_handover');
    await sealNow(owner, first);
    // The handover is what the new key signed; without it the old one is a stranger.
    expect(said(await verify(second))).toHaveLength(2);
  });

  test('cannot bring in a key of their own, with a handover that nobody signed', async () => {
    await add(3);
    await sealNow(owner, first);
    await add(3);
    await sealNow(owner, third);
    await owner.query(
      `insert into access_log_handover (old, new, seal, head, by_old, by_new)
       select $1, $2, 1, head, decode(repeat('00', 64), 'hex'), decode(repeat('00', 64), 'hex') from access_log_seal where number = 1`,
      [first.fingerprint, third.fingerprint],
    );
    expect(said(await verify(first))).toEqual([expect.stringMatching(/seal 2 .* not given as trusted/)]);
  });

  test('cannot have the service vouch for a seal that they made up', async () => {
    await add(3);
    await sealNow(owner, first);
    await tamper(`update access_log set what = 'nothing' where id = 2`);
    await sealAnew(1, first, false);
    await add(3);
    await expect(sealNow(owner, first)).rejects.toThrow(/forged/);
    // Nor as it changes its secret.
    await expect(sealNow(owner, second, first)).rejects.toThrow(/forged/);
    expect(said(await verify(first))).toEqual([expect.stringMatching(/signature of seal 1 .* is not good/)]);
  });

  test('cannot cut the log off before the handover', async () => {
    await add(3);
    await sealNow(owner, first);
    await changeSecret();
    await tamper('delete from access_log where id > 3');
    await tamper('delete from access_log_seal where number > 1');
    expect(said(await verify(second))).toEqual([
      expect.stringMatching(/^Seal 2, which was handed over to the next key, is gone/),
    ]);
  });
});
