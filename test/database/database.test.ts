import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from '../../src/database/sql.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let here: TestDatabase;
beforeAll(async () => {
  here = await freshDatabase();
  await here.owner.query('create table note (id integer primary key, text text not null)');
  await here.owner.query('grant select, insert on note to tsunagi_app');
});
beforeEach(() => here.owner.query('delete from note'));
afterAll(() => here.close());

const notes = async (): Promise<unknown[]> =>
  (await here.owner.query<{ text: string }>('select text from note order by id')).rows;
const add = 'insert into note values ($1, $2)';

test('what is sent with the commit is committed with the rest', async () => {
  const answer = await here.database.transaction(async (tx) => {
    await tx.named('add', add, [1, 'first']);
    tx.last('add', add, [2, 'last']);
    return 'done';
  });
  expect(answer).toBe('done');
  expect(await notes()).toEqual([{ text: 'first' }, { text: 'last' }]);
});

test('when what is sent with the commit fails, nothing is committed, and the reason is told', async () => {
  const work = here.database.transaction(async (tx) => {
    await tx.named('add', add, [1, 'first']);
    tx.last('add', add, [1, 'the same again']);
  });
  await expect(work).rejects.toThrow(/duplicate key/);
  expect(await notes()).toEqual([]);
});

test('what goes ahead is there for what comes after it, and is committed with the rest', async () => {
  const seen = await here.database.transaction(async (tx) => {
    tx.ahead('add', add, [1, 'ahead']);
    return tx.rows(sql`select text from note`);
  });
  expect(seen).toEqual([{ text: 'ahead' }]);
  expect(await notes()).toEqual([{ text: 'ahead' }]);
});

test('when what went ahead fails, nothing is committed, and its reason is told, not that of what came after it', async () => {
  const fail = (after: 'nothing' | 'a statement' | 'a refusal') =>
    here.database.transaction(async (tx) => {
      await tx.named('add', add, [1, 'first']);
      tx.ahead('add', add, [1, 'twice']);
      if (after === 'a statement') await tx.rows(sql`select text from note`);
      if (after === 'a refusal') throw new Error('refused');
    });
  for (const after of ['nothing', 'a statement', 'a refusal'] as const) {
    await expect(fail(after)).rejects.toThrow(/duplicate key/);
    expect(await notes()).toEqual([]);
  }
});

test('a failed statement that was caught does not let the rest be committed', async () => {
  const work = here.database.transaction(async (tx) => {
    await tx.named('add', add, [1, 'first']);
    await tx.named('add', add, [1, 'twice']).catch(() => undefined);
  });
  await expect(work).rejects.toThrow('rolled back');
  expect(await notes()).toEqual([]);
});

test('several statements go out together and each gets its own answer', async () => {
  const answers = await here.database.transaction((tx) =>
    Promise.all([1, 2, 3].map((n) => tx.rows<{ n: number }>(sql`select ${n}::integer as n`))),
  );
  expect(answers).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
});

test('who acts is known from the first statement to the last, and to no other transaction', async () => {
  const asked = sql`select current_setting('tsunagi.role', true) as role`;
  const as = (role: string) => here.database.transaction((tx) => tx.rows(asked), { 'tsunagi.role': role });
  expect(await Promise.all(['doctor', 'council', 'doctor'].map(as))).toEqual(
    ['doctor', 'council', 'doctor'].map((role) => [{ role }]),
  );
  expect(await here.database.rows(asked)).not.toEqual([{ role: 'doctor' }]);
  await expect(as(`x'; reset role; --`)).rejects.toThrow('Unfit setting');
});

test('a connection that dies fails its transaction alone', async () => {
  const work = here.database.transaction(async (tx) => {
    await tx.named('add', add, [1, 'lost']);
    const [me] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await here.owner.query('select pg_terminate_backend($1)', [me?.pid]);
    await tx.named('add', add, [2, 'never']);
  });
  await expect(work).rejects.toThrow();
  expect(await notes()).toEqual([]);
  await here.database.transaction((tx) => tx.named('add', add, [3, 'goes on']));
  expect(await notes()).toEqual([{ text: 'goes on' }]);
});

test('a statement that comes again and again is planned once', async () => {
  const prepared = await here.database.transaction(async (tx) => {
    for (let i = 0; i < 8; i += 1) await tx.rows(sql`select count(*) from note where id > ${i}`);
    return tx.planned<{ statement: string }>(sql`select statement from pg_prepared_statements`);
  });
  expect(prepared.filter((p) => p.statement.includes('count(*) from note'))).toHaveLength(1);
});
