import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, Consent, Resource } from '@medplum/fhirtypes';
import request from 'supertest';
import { testSecret } from '../support/template.ts';
import { openStore } from '../../src/open-store.ts';
import { withdraw } from '../../src/consent/record.ts';
import type { Stored } from '../../src/fhir/types.ts';
import { everythingTypes } from '../../src/fhir/everything.ts';
import { writePart } from '../../src/exchange/fhir/export/queries.ts';
import { forgetExports } from '../../src/exchange/fhir/export/runner.ts';
import { reference } from '../../src/fhir/references.ts';
import { expectRefusal, startApi, type Api, type ClientName } from './api.ts';
import { madeIn, referralBundle, transactionOf } from './bundle.ts';

let api: Api;
let referral: Bundle;
beforeAll(async () => {
  api = await startApi();
  referral = (await api.send('clinic', 'post', '', referralBundle(api.bodies, api.programs[0])).expect(200))
    .body as Bundle;
  await api
    .send(
      'otherClinic',
      'post',
      '',
      referralBundle({ clinic: api.bodies.otherClinic, office: api.bodies.otherOffice }),
    )
    .expect(200);
});
afterAll(async () => {
  await api.stop();
});
afterEach(async () => {
  await api.owner.query('delete from export_job');
});

type Manifest = {
  transactionTime: string;
  request: string;
  output: { type: string; url: string; count: number }[];
};

const start = (who: ClientName, query = '', level = '') =>
  api.send(who, 'get', `${level}/$export${query}`).set('Prefer', 'respond-async');
const pathOf = (url = ''): string => url.slice(`${api.url}/fhir`.length);
const begun = async (who: ClientName, query = '', level = ''): Promise<string> =>
  pathOf((await start(who, query, level).expect(202)).headers['content-location']);

async function finished(who: ClientName, job: string): Promise<Manifest> {
  for (;;) {
    const answer = await api.send(who, 'get', job);
    if (answer.status === 200) return answer.body as Manifest;
    expect(answer.status).toBe(202);
    expect(answer.headers['x-progress']).toMatch(/\d+ records, \d+ of \d+ types done/);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    await new Promise((later) => setTimeout(later, 100));
  }
}
const exported = async (who: ClientName, query = '', level = ''): Promise<Manifest> =>
  finished(who, await begun(who, query, level));

/** As a file: supertest leaves what is no JSON alone. */
const file = (who: ClientName, url: string, range?: string) => {
  const asked = api.send(who, 'get', pathOf(url)).buffer(true).set('Accept', 'application/fhir+ndjson');
  return range === undefined ? asked : asked.set('Range', range);
};
const bytes = (response: request.Response): Buffer =>
  Buffer.isBuffer(response.body) ? response.body : Buffer.from(response.text);
const linesOf = (text: string): Resource[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Resource);
async function recordsOf(who: ClientName, { output }: Manifest): Promise<Resource[]> {
  const all: Resource[] = [];
  for (const { url, type, count } of output) {
    const found = linesOf((await file(who, url).expect(200)).text);
    expect([type, found.length]).toEqual([type, count]);
    expect(new Set(found.map((one) => one.resourceType))).toEqual(new Set([type]));
    all.push(...found);
  }
  return all;
}
const nameOf = ({ resourceType, id, meta }: Resource): string =>
  `${resourceType}/${id ?? ''}/${meta?.versionId ?? ''}`;

async function searched(who: ClientName): Promise<Resource[]> {
  const found: Resource[] = [];
  for (const type of everythingTypes) {
    const { body } = await api.send(who, 'get', `/${type}?_count=200`).expect(200);
    found.push(...((body as Bundle).entry ?? []).flatMap((e) => (e.resource ? [e.resource] : [])));
  }
  return found;
}

describe('a program takes along all that its body sees', () => {
  test.each(['clinic', 'office', 'otherOffice', 'council'] as const)(
    '%s: what a search of every kind shows, and nothing else',
    async (who) => {
      const mine = await searched(who);
      const manifest = await exported(who);
      expect(manifest.request).toBe(`${api.url}/fhir/$export`);
      const found = await recordsOf(who, manifest);
      expect(found.map(nameOf).toSorted()).toEqual(mine.map(nameOf).toSorted());
      for (const one of mine) expect(found).toContainEqual(one);
    },
  );

  test('each file that is handed out is in the access log with its persons', async () => {
    const manifest = await exported('clinic', '?_type=Patient,Task');
    const lines = async (): Promise<number> =>
      (
        await api.owner.query(
          `select 1 from access_log where action = 'export' and client = 'clinic' and patients @> array[$1::uuid]`,
          [madeIn(referral, 'Patient')],
        )
      ).rows.length;
    const before = await lines();
    await recordsOf('clinic', manifest);
    expect(await lines()).toBe(before + 2);
  });

  test('only of some kinds, only what is newer, only what is about persons', async () => {
    const kinds = async (...asked: [string, string?]): Promise<string[]> =>
      (await exported('clinic', ...asked)).output.map((one) => one.type);
    expect(await kinds('?_type=Patient&_type=Task')).toEqual(['Patient', 'Task']);
    expect(await kinds('?_since=2999-01-01T00:00:00Z')).toEqual([]);
    expect(await kinds('', '/Patient')).not.toContain('Organization');
    const { transactionTime } = await exported('clinic');
    expect(await kinds(`?_since=${transactionTime}&_outputFormat=application/fhir%2Bndjson`)).toEqual([]);
  });

  test('asked by POST as well', async () => {
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: '_type', valueString: 'Consent' }],
    };
    const { headers } = await api
      .send('clinic', 'post', '/$export', body)
      .set('Prefer', 'respond-async')
      .expect(202);
    const manifest = await finished('clinic', pathOf(headers['content-location']));
    expect(manifest.output.map((one) => one.type)).toEqual(['Consent']);
  });
});

describe('a download', () => {
  test('that broke off goes on where it stopped', async () => {
    const { output } = await exported('clinic', '?_type=QuestionnaireResponse');
    const url = output[0]?.url ?? '';
    const whole = await file('clinic', url).expect(200);
    const size = Number(whole.headers['content-length']);
    const first = await file('clinic', url, 'bytes=0-99').expect(206);
    expect(first.headers['content-range']).toBe(`bytes 0-99/${String(size)}`);
    const rest = await file('clinic', url, 'bytes=100-')
      .set('If-Range', whole.headers['etag'] as string)
      .expect(206);
    expect(Buffer.concat([bytes(first), bytes(rest)]).toString()).toBe(whole.text);
    expect(bytes(await file('clinic', url, 'bytes=-7').expect(206)).toString()).toBe(whole.text.slice(-7));
    expectRefusal(await file('clinic', url, `bytes=${String(size)}-`), 416, 'http.Range');
    const head = await api.send('clinic', 'head', pathOf(url)).expect(200);
    expect(head.headers['content-length']).toBe(String(size));
  });

  test('is for the program that asked, not for another, not even of the same body', async () => {
    const job = await begun('clinic', '?_type=Task');
    const manifest = await finished('clinic', job);
    await api.owner.query(
      `insert into api_client (id, secret_hash, role, organization_id) select 'second', secret_hash, role, organization_id from api_client where id = 'clinic'`,
    );
    const token = await api.token('second' as ClientName);
    for (const path of [job, pathOf(manifest.output[0]?.url)]) {
      await api.send('office', 'get', path).expect(404);
      await request(api.url).get(`/fhir${path}`).set('Authorization', `Bearer ${token}`).expect(404);
      await request(api.url).get(`/fhir${path}`).expect(401);
    }
    await api.send('office', 'delete', job).expect(404);
    await api.send('clinic', 'get', job).expect(200);
  });

  test('shows nothing of a person whose consent ended after it was written', async () => {
    const bundle = referralBundle(api.bodies);
    const made = (await api.send('clinic', 'post', '', bundle).expect(200)).body as Bundle;
    const { output } = await exported('office', '?_type=Patient,Organization');
    const urlOf = (type: string): string => output.find((one) => one.type === type)?.url ?? '';
    expect((await file('office', urlOf('Patient')).expect(200)).text).toContain(madeIn(made, 'Patient'));
    const id = madeIn(made, 'Consent');
    const { body } = await api.send('clinic', 'get', `/Consent/${id}`).expect(200);
    const consent = withdraw(body as Stored<Consent>, 'changed-mind', api.now().toISOString());
    await api.send('clinic', 'put', `/Consent/${id}`, consent).set('If-Match', 'W/"1"').expect(200);
    expectRefusal(await file('office', urlOf('Patient')), 410);
    await file('office', urlOf('Organization')).expect(200);
  });

  test('hands out no address that was sealed since', async () => {
    const made = (await api.send('clinic', 'post', '', referralBundle(api.bodies)).expect(200))
      .body as Bundle;
    const { output } = await exported('clinic', '?_type=Patient');
    const url = output[0]?.url ?? '';
    await file('clinic', url).expect(200);
    const patient = madeIn(made, 'Patient');
    await api.owner.query(
      `insert into seal (patient_id, named, since, why, sealed_by) values ($1, array[gen_random_uuid()], 2, 'matrix', gen_random_uuid())`,
      [patient],
    );
    await api.owner.query('update patient set version = version + 1, updated_at = $2 where id = $1', [
      patient,
      api.now(),
    ]);
    expectRefusal(await file('clinic', url), 410);
    await api.owner.query('delete from seal where patient_id = $1', [patient]);
  });

  test('is there for a day', async () => {
    const job = await begun('clinic', '?_type=Task');
    await finished('clinic', job);
    await forgetExports(api.owner);
    await api.send('clinic', 'get', job).expect(200);
    await api.owner.query(`update export_job set ended_at = now() - interval '25 hours'`);
    await forgetExports(api.owner);
    await api.send('clinic', 'get', job).expect(404);
  });
});

describe('an export', () => {
  test('runs once at a time for a program, and can be ended', async () => {
    const job = randomUUID();
    await api.owner.query(
      `insert into export_job (id, client, organization_id, role, request, asked, types, started_at, taken_until)
       values ($1, 'clinic', $2, 'doctor', 'test', '', '{Task}', now(), now() + interval '1 hour')`,
      [job, api.bodies.clinic.id],
    );
    const refused = await start('clinic');
    expectRefusal(refused, 429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await api.send('clinic', 'get', `/export/${job}`).expect(202);
    await api.send('clinic', 'delete', `/export/${job}`).expect(202);
    await api.send('clinic', 'get', `/export/${job}`).expect(404);
    await exported('clinic', '?_type=Task');
  });

  test('is refused to a program that keeps thirty, until it lets one go', async () => {
    await api.owner.query(
      `insert into export_job (id, client, organization_id, role, request, asked, types, started_at, status)
       select gen_random_uuid(), 'clinic', $1, 'doctor', 'test', '', '{}', now(), 'done' from generate_series(1, 30)`,
      [api.bodies.clinic.id],
    );
    expectRefusal(await start('clinic'), 429);
    const { rows } = await api.owner.query<{ id: string }>('select id from export_job limit 1');
    await api.send('clinic', 'delete', `/export/${rows[0]?.id ?? ''}`).expect(202);
    await start('clinic').expect(202);
  });

  test('that a process left half done is carried on by another, with nothing lost or doubled', async () => {
    const people = Array.from({ length: 1100 }, () => ({
      resourceType: 'Patient' as const,
      id: randomUUID(),
      name: [{ family: '山田', given: ['太郎'], text: '山田 太郎' }],
      managingOrganization: reference('Organization', api.bodies.clinic.id),
    }));
    for (let i = 0; i < people.length; i += 275)
      await api.send('clinic', 'post', '', transactionOf(people.slice(i, i + 275))).expect(200);
    const job = randomUUID();
    // Taken by a process that wrote two parts and died: nobody may take it before its time is over.
    await api.owner.query(
      `insert into export_job (id, client, organization_id, role, request, asked, types, started_at, taken_until)
       values ($1, 'clinic', $2, 'doctor', 'test', '', '{Patient}', $3, now() + interval '1 hour')`,
      [job, api.bodies.clinic.id, api.now()],
    );
    const open = openStore({ ...api, newId: randomUUID, config: { publicUrl: api.url, secret: testSecret } });
    const actor = {
      role: 'doctor',
      organization: api.bodies.clinic.id,
      client: 'clinic',
      via: 'job',
      request: 'test',
    } as const;
    for (const _ of [1, 2]) expect(await open(actor, (records) => writePart(records, job))).toBe(true);
    const half = await api.owner.query('select 1 from export_part where job = $1', [job]);
    expect(half.rows).toHaveLength(2);
    await api.owner.query(`update export_job set taken_until = now() where id = $1`, [job]);
    const ids = (await recordsOf('clinic', await finished('clinic', `/export/${job}`))).map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(
        (
          await api.owner.query<{ id: string }>(`select id from patient where keeper = $1`, [
            api.bodies.clinic.id,
          ])
        ).rows.map((row) => row.id),
      ),
    );
  }, 120_000);

  test.each([
    ['?_type=Medication', 'http._type'],
    ['?_outputFormat=text/csv', 'http._outputFormat'],
    ['?_since=yesterday', 'http._since'],
    ['?_typeFilter=Task?status=requested', 'http._typeFilter'],
  ])('%s is refused in words', async (query, where) => {
    expectRefusal(await start('clinic', query), 400, where);
  });

  test('is asked for with Prefer: respond-async, and holds what the token is for', async () => {
    expectRefusal(await api.send('clinic', 'get', '/$export'), 400, 'http.Prefer');
    const narrow = {
      Authorization: `Bearer ${await api.token('clinic', 'system/Task.rs')}`,
      Prefer: 'respond-async',
    };
    const asked = (query: string) => request(api.url).get(`/fhir/$export${query}`).set(narrow);
    expectRefusal(await asked('?_type=Patient'), 403);
    const { headers } = await asked('').expect(202);
    const manifest = await finished('clinic', pathOf(headers['content-location']));
    expect(manifest.output.map((one) => one.type)).toEqual(['Task']);
  });
});
