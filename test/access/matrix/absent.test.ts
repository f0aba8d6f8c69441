import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { searchParameters } from '../../../src/fhir/parameters.ts';
import { recordTypes, type RecordType } from '../../../src/fhir/types.ts';
import { typesIn, type Row } from './people.ts';
import { sees, type Who } from './rules.ts';
import { startMatrix, type Caller, type Matrix } from './service.ts';

let matrix: Matrix;
beforeAll(async () => {
  matrix = await startMatrix();
});
afterAll(() => matrix.stop());

type Try = Readonly<{
  what: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}>;

/** Everything one can do with an id, if one has it from somewhere. */
function tries(row: Row, id: string): Try[] {
  const { record } = row;
  const { type } = row.what;
  const at = `/fhir/${type}/${id}`;
  const changed = { ...record, id };
  const naming = (body: object): object => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ ...body, resource: changed }],
  });
  return [
    { what: 'read', path: at },
    { what: 'head', method: 'HEAD', path: at },
    { what: 'read if changed', path: at, headers: { 'if-none-match': 'W/"1"' } },
    { what: 'read if newer', path: at, headers: { 'if-modified-since': new Date().toUTCString() } },
    { what: 'history', path: `${at}/_history` },
    { what: 'version', path: `${at}/_history/1` },
    { what: 'version that never was', path: `${at}/_history/99` },
    { what: 'search by id', path: `/fhir/${type}?_id=${id}` },
    { what: 'search by id with a total', path: `/fhir/${type}?_id=${id}&_total=accurate` },
    { what: 'replace', method: 'PUT', path: at, body: changed },
    { what: 'replace the version', method: 'PUT', path: at, headers: { 'if-match': 'W/"1"' }, body: changed },
    {
      what: 'replace another version',
      method: 'PUT',
      path: at,
      headers: { 'if-match': 'W/"99"' },
      body: changed,
    },
    {
      what: 'replace once',
      method: 'PUT',
      path: at,
      headers: { 'idempotency-key': randomUUID() },
      body: changed,
    },
    {
      what: 'replace in a transaction',
      method: 'POST',
      path: '/fhir',
      body: naming({ request: { method: 'PUT', url: `${type}/${id}` } }),
    },
    {
      what: 'replace the version in a transaction',
      method: 'POST',
      path: '/fhir',
      body: naming({ request: { method: 'PUT', url: `${type}/${id}`, ifMatch: 'W/"1"' } }),
    },
    {
      what: 'create unless it is there',
      method: 'POST',
      path: `/fhir/${type}`,
      headers: { 'if-none-exist': `_id=${id}` },
      body: { resourceType: type },
    },
    { what: 'patch', method: 'PATCH', path: at, body: [] },
    { what: 'delete', method: 'DELETE', path: at },
    { what: 'everything', path: `/fhir/Patient/${id}/$everything` },
    {
      what: 'refer to it',
      method: 'POST',
      path: '/fhir/Provenance',
      body: {
        resourceType: 'Provenance',
        target: [{ reference: `${type}/${id}` }],
        recorded: '2026-11-20T10:00:00+09:00',
        agent: [{ who: { display: '試験' } }],
      },
    },
    ...(type === 'Patient'
      ? [
          {
            what: 'write about it',
            method: 'POST',
            path: '/fhir/Goal',
            body: {
              resourceType: 'Goal',
              lifecycleStatus: 'active',
              description: { text: '目標' },
              subject: { reference: `Patient/${id}` },
            },
          },
        ]
      : []),
    ...searches(type).map(([found, name]) => ({
      what: `${found}?${name}`,
      path: `/fhir/${found}?${name}=${type}/${id}`,
    })),
  ];
}

/** Every search by a reference to a record of that type. */
const searches = (to: RecordType): (readonly [RecordType, string])[] =>
  recordTypes.flatMap((type) =>
    Object.entries(searchParameters[type])
      .filter(([, one]) => one.targets?.includes(to) === true)
      .map(([name]) => [type, name] as const),
  );

/** What came back, without what differs from one request to the next, and what the database was asked for it. */
async function tried({ ask }: Caller, { method = 'GET', path, headers = {}, body }: Try, id: string) {
  matrix.statements();
  const answer = await ask(path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = (await answer.text()).replaceAll(id, 'ID');
  const { date: _date, ...kept } = Object.fromEntries(answer.headers);
  // Whether a token is still good is looked up every few seconds, whatever is asked with it.
  const statements = matrix.statements().filter((one) => !/revoked_token|api_client/.test(one));
  return { status: answer.status, headers: kept, text, statements };
}

/** Whether somebody sees another record that names this one: a group its request, of a person who must not be contacted. */
const isNamed = (who: Who, row: Row): boolean =>
  matrix.cast.people.some(
    (person) =>
      person.rows.includes(row) &&
      person.rows.some(
        (other) => sees(person.given, who, other.what) && JSON.stringify(other.record).includes(row.id),
      ),
  );

const hiddenFrom = (who: Who): Row[] =>
  matrix.cast.people.flatMap((person) => person.rows.filter((row) => !sees(person.given, who, row.what)));

test('what somebody may not see answers as what never was: status, headers, words, and the statements behind them', async () => {
  const different: string[] = [];
  let compared = 0;
  for (const [n, caller] of matrix.programs.entries()) {
    const hidden = hiddenFrom(caller.who);
    // One record of every kind, of another person for each caller.
    const some = typesIn(hidden).flatMap((type) => {
      const ofType = hidden.filter((row) => row.what.type === type);
      return ofType[(n * 7) % ofType.length] ?? [];
    });
    for (const [k, row] of some.entries()) {
      const absent = randomUUID();
      const [there, nowhere] = [tries(row, row.id), tries(row, absent)];
      for (const [i, one] of there.entries()) {
        const other = nowhere[i];
        // Each caller tries every eighth thing, each kind of record others.
        if (!other || (i + n + k) % 8 !== 0) continue;
        if (one.what.includes('?') && isNamed(caller.who, row)) continue;
        compared++;
        const [got, had] = [await tried(caller, one, row.id), await tried(caller, other, absent)];
        for (const part of ['status', 'headers', 'text', 'statements'] as const)
          if (JSON.stringify(got[part]) !== JSON.stringify(had[part]))
            different.push(
              `${caller.name} | ${row.name} | ${one.what}: ${JSON.stringify(got[part])} but ${JSON.stringify(had[part])}`,
            );
      }
    }
  }
  expect(different.slice(0, 5)).toEqual([]);
  expect(compared).toBeGreaterThan(800);
}, 240_000);

test('the comparison tells what is there from what is not', async () => {
  const doctor = matrix.programs[0];
  const row = matrix.cast.people[1]?.rows.find((one) => one.name === 'person');
  if (!doctor || !row) throw new Error('nobody is there');
  const absent = randomUUID();
  const [there, nowhere] = [tries(row, row.id), tries(row, absent)];
  for (const what of ['read', 'history', 'search by id', 'everything', 'Task?patient']) {
    const at = there.findIndex((one) => one.what === what);
    const [got, had] = [
      await tried(doctor, there[at] as Try, row.id),
      await tried(doctor, nowhere[at] as Try, absent),
    ];
    expect([what, got]).not.toEqual([what, had]);
  }
});
