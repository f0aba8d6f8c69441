import http from 'node:http';
import zlib from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { Refused } from '../../src/kernel/problem.ts';
import { uploads } from '../../src/web/upload.ts';
import { startApi, type Api } from '../exchange/api.ts';

const reader = express()
  .post('/', uploads(5_000_000), (req, res) => {
    res.json(req.body as unknown);
  })
  .use(((error, _req, res, _next) => {
    res.status(error instanceof Refused ? 422 : 500).end();
  }) satisfies ErrorRequestHandler);

let api: Api;
let bearer: string;
beforeAll(async () => {
  api = await startApi();
  bearer = `Bearer ${await api.token('clinic')}`;
});
afterAll(() => api.stop());
afterEach(async () => {
  // Whatever came: the next one is served.
  expect((await fetch(`${api.url}/ready`)).status).toBe(200);
});

type Sent = Readonly<{ status: number; text: string }>;
const send = async (
  path: string,
  body: Buffer | string,
  headers: Readonly<Record<string, string>>,
): Promise<Sent> => {
  const bytes = new Uint8Array(Buffer.from(body as string));
  const answer = await fetch(`${api.url}${path}`, {
    method: 'POST',
    body: bytes,
    headers,
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text() };
};
const fhir = (body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Promise<Sent> =>
  send('/fhir/Patient', body, {
    authorization: bearer,
    'content-type': 'application/fhir+json',
    ...headers,
  });
const form = { 'content-type': 'application/x-www-form-urlencoded' };
/** Refused by FHIR's own words: an OperationOutcome that says something, and no bug. */
const refused = ({ status, text }: Sent): string => {
  expect([400, 413, 422]).toContain(status);
  const outcome = JSON.parse(text) as { resourceType: string; issue: { details: { text: string } }[] };
  expect(outcome.resourceType).toBe('OperationOutcome');
  expect(outcome.issue.length).toBeLessThanOrEqual(100);
  return outcome.issue.map((one) => one.details.text).join('\n');
};

describe('a body that is small while it is packed', () => {
  const much = Buffer.alloc(100_000_000, 'a');
  const packed: [string, Buffer][] = [
    ['gzip', zlib.gzipSync(much)],
    ['deflate', zlib.deflateSync(much)],
    ['br', zlib.brotliCompressSync(much, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ];
  test.each(packed)('with %s is refused once it is over the limit, at every door', async (coding, body) => {
    expect(body.length).toBeLessThan(500_000);
    const headers = { 'content-encoding': coding };
    expect((await fhir(body, headers)).status).toBe(413);
    expect((await send('/oauth/token', body, { ...form, ...headers })).status).toBe(413);
    expect((await send('/sign-in', body, { ...form, ...headers })).status).toBe(422);
    const files = { 'content-type': 'multipart/form-data; boundary=x', ...headers };
    expect((await send('/patients/x/consents', body, files)).status).toBeLessThan(500);
  });

  test('twice, or in a way nobody knows, is not unpacked at all', async () => {
    const twice = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(10_000_000)));
    expect((await fhir(twice, { 'content-encoding': 'gzip, gzip' })).status).toBe(415);
    expect((await send('/oauth/token', twice, { ...form, 'content-encoding': 'gzip, gzip' })).status).toBe(
      415,
    );
    expect((await send('/sign-in', twice, { ...form, 'content-encoding': 'compress' })).status).toBe(422);
    expect((await fhir(Buffer.from('x'), { 'content-encoding': 'gzip' })).status).toBe(400);
  });
});

const patient = (more: string): string =>
  `{"resourceType":"Patient","name":[{"text":"試験"}],"managingOrganization":{"reference":"Organization/${api.bodies.clinic.id}"},${more}}`;
const nest = (open: string, close: string, levels: number): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

describe('a record that is too deep', () => {
  const shapes: [string, string, string, string][] = [
    ['extensions', '"extension":', '[{"url":"https://x.example","extension":', '}]'],
    ['contained records', '"contained":', '[{"resourceType":"Patient","id":"a","contained":', '}]'],
    ['lists', '"name":', '[', ']'],
    ['objects', '"maritalStatus":', '{"extension":[{"url":"x","valueCodeableConcept":', '}]}'],
    ['objects that nobody knows', '"x":', '{"x":', '}'],
    ['links among people', '"contact":', '[{"organization":{"identifier":{"assigner":', '}}}]'],
  ];
  test.each(shapes)('by %s is refused, never a crash', async (_, key, open, close) => {
    for (const levels of [60, 100, 3000, 100_000]) {
      const body = patient(key + nest(open, close, levels));
      refused(await fhir(body));
      const entry = `{"resource":${body},"request":{"method":"POST","url":"Patient"}}`;
      const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[${entry}]}`;
      refused(
        await send('/fhir', bundle, { authorization: bearer, 'content-type': 'application/fhir+json' }),
      );
    }
  });

  test('is told the limit', async () => {
    const [, key, open, close] = shapes[0] ?? ['', '', '', ''];
    expect(refused(await fhir(patient(key + nest(open, close, 100))))).toMatch(/\b50\b/);
  });

  test('as answers within answers', async () => {
    const body = `{"resourceType":"QuestionnaireResponse","status":"completed","item":${nest('[{"linkId":"a","item":', '}]', 20_000)}}`;
    refused(
      await send('/fhir/QuestionnaireResponse', body, {
        authorization: bearer,
        'content-type': 'application/fhir+json',
      }),
    );
  });
});

describe('a record that is too wide', () => {
  const many = (n: number, one: (i: number) => string): string =>
    Array.from({ length: n }, (_, i) => one(i)).join(',');
  test.each<[string, () => string]>([
    ['names nobody knows', () => many(250_000, (i) => `"k${String(i)}":1`)],
    ['names that are one word', () => many(250_000, () => '"gender":"male"')],
    ['nothing in a list', () => `"name":[${many(700_000, () => 'null')}]`],
    ['empty objects in a list', () => `"identifier":[${many(700_000, () => '{}')}]`],
    ['wrong values in a list', () => `"telecom":[${many(200_000, () => '{"system":"x"}')}]`],
    ['a long word', () => `"birthDate":"${'1'.repeat(3_500_000)}"`],
    ['a long name of an element', () => `"${'k'.repeat(3_500_000)}":1`],
    ['a long number', () => `"multipleBirthInteger":${'9'.repeat(3_500_000)}`],
    ['a long address', () => `"photo":[{"url":"${'a/'.repeat(1_700_000)}"}]`],
    ['a long reference', () => `"generalPractitioner":[{"reference":"${'/'.repeat(3_500_000)}"}]`],
    ['a long page', () => `"text":{"status":"generated","div":"${'<'.repeat(3_500_000)}"}`],
    ['a long code', () => `"language":"${'a '.repeat(1_700_000)}"`],
    ['blanks', () => `"language":"${' '.repeat(3_500_000)}"`],
  ])('with %s is refused', async (_, make) => {
    const answer = await fhir(patient(make()));
    // Said a quarter of a million times, one element is still one.
    if (answer.status !== 201) refused(answer);
    else expect(_).toBe('names that are one word');
  });
});

describe('a record that can be read in two ways', () => {
  const read = (sent: Sent): Record<string, unknown> => JSON.parse(sent.text) as Record<string, unknown>;

  test('means one thing: a name said twice is kept once, or refused', async () => {
    const sent = await fhir(patient('"birthDate":"1950-01-01","birthDate":"1960-01-01"'));
    if (sent.status === 201) expect(read(sent)['birthDate']).toBe('1960-01-01');
    else refused(sent);
  });

  test.each([
    '"__proto__":{"active":true}',
    '"constructor":{"prototype":{"active":true}}',
    '"name":[{"__proto__":{"text":"x"}}]',
    '"extension":[{"url":"x","__proto__":{"valueString":"x"}}]',
    '"meta":{"__proto__":{"versionId":"9"}}',
    '"meta":{"constructor":{"prototype":{}}}',
    '"toString":"x"',
    '"hasOwnProperty":"x"',
  ])('reaches for what all objects share and gets nothing: %s', async (more) => {
    refused(await fhir(patient(more)));
    expect(({} as Record<string, unknown>)['active']).toBeUndefined();
    expect(({} as Record<string, unknown>)['text']).toBeUndefined();
  });

  test.each([
    ['a NUL', '"language":"a\\u0000"'],
    ['half a character', '"language":"\\ud842"'],
    ['half a character in a name', '"\\ud842":1'],
    ['a NUL in a name', '"\\u0000":1'],
    ['writing turned around', '"language":"a\\u202e"'],
    ['infinity', '"extension":[{"url":"https://x.example","valueDecimal":1e400}]'],
    ['less than that', '"extension":[{"url":"https://x.example","valueDecimal":-1e400}]'],
    ['a number beyond all', '"multipleBirthInteger":99999999999999999999'],
    ['a number in another writing', '"multipleBirthInteger":0x10'],
    ['a number that is none', '"multipleBirthInteger":NaN'],
  ])('with %s is refused', async (_, more) => {
    refused(await fhir(patient(more)));
  });

  test('in bytes that are no UTF-8 is refused, and not stored with something else in their place', async () => {
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x8e, 0xf2], [0xf5, 0x80, 0x80, 0x80]]) {
      const [before = '', after = ''] = patient('"birthDate":"1950"').split('試験');
      const body = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
      expect(refused(await fhir(body))).toMatch(/UTF-8/);
    }
  });

  test('with a mark of the order of its bytes before it is read or refused', async () => {
    const sent = await fhir(Buffer.from(`\ufeff${patient('"birthDate":"1950"')}`));
    if (sent.status !== 201) refused(sent);
  });
});

describe('a form', () => {
  const fields = (n: number): string => Array.from({ length: n }, (_, i) => `k${String(i)}=1`).join('&');
  test.each<[string, () => string]>([
    ['with more fields than any of ours', () => fields(100_000)],
    ['with names within names', () => `a${'[b]'.repeat(100_000)}=1`],
    ['with a place far out', () => 'a[4294967294]=1&a[]=2'],
    ['with a name without end', () => `${'k'.repeat(900_000)}=1`],
    [
      'that reaches for what all objects share',
      () => '__proto__[x]=1&__proto__=1&constructor.prototype.x=1&constructor=2',
    ],
    ['with letters that are none', () => 'login=%ff%fe%00&password=%'],
    ['with signs alone', () => '&'.repeat(900_000)],
    ['that is much too large', () => `login=${'a'.repeat(3_000_000)}`],
  ])('%s is refused, at the sign-in and where programs get tokens', async (_, make) => {
    const page = await send('/sign-in', make(), form);
    expect(page.status).toBe(422);
    const token = await send('/oauth/token', make(), form);
    expect([400, 413]).toContain(token.status);
    expect(JSON.parse(token.text)).toHaveProperty('error');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('a form with files', () => {
  const at = '/patients/11111111-1111-4111-8111-111111111111/consents';
  /** To the page that takes scans, whose visitor is not signed in; and to the reader of such forms alone, which must refuse. */
  const files = async (
    body: Buffer | string,
    type = 'multipart/form-data; boundary=x',
  ): Promise<{ page: number; reader: number }> => {
    const page = await send(at, body, { 'content-type': type });
    const alone = await request(reader)
      .post('/')
      .set('Content-Type', type)
      .serialize((raw: unknown) => raw as string)
      .send(body as string);
    return { page: page.status, reader: alone.status };
  };
  const part = (name: string, content = '1', more = ''): string =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
  test.each<[string, () => string]>([
    ['of many parts', () => part('a').repeat(50_000)],
    ['of many files', () => part('a', '1', '; filename="a"').repeat(20_000)],
    ['with names within names', () => part(`a${'[b]'.repeat(60)}`)],
    ['with a place far out', () => part('a[4294967294]') + part('a[]')],
    ['with a name without end', () => part('a'.repeat(100_000))],
    [
      'that reaches for what all objects share',
      () => part('__proto__[x]') + part('__proto__') + part('constructor'),
    ],
    [
      'with a head without end',
      () => `--x\r\nContent-Disposition: form-data; ${'a=b; '.repeat(100_000)}\r\n\r\n1\r\n`,
    ],
    ['with many heads', () => `--x\r\n${'X-A: 1\r\n'.repeat(100_000)}\r\n1\r\n`],
    ['that never ends', () => part('scan', 'a'.repeat(1_000_000), '; filename="a"').slice(0, -2)],
  ])('%s is refused', async (_, make) => {
    for (const end of ['--x--\r\n', '']) {
      const { page, reader: alone } = await files(`${make()}${end}`);
      expect([page, alone]).toEqual([401, 422]);
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('without a mark between its parts, or with one without end, is refused', async () => {
    for (const type of ['multipart/form-data', `multipart/form-data; boundary=${'x'.repeat(10_000)}`])
      expect(await files('a', type)).toEqual({ page: 401, reader: 422 });
  });

  test('of more than a scan and what is typed beside it is not read, nor one that does not say how much it is', async () => {
    const field = part('a', 'a'.repeat(900_000));
    expect(await files(`${field.repeat(30)}--x--\r\n`)).toEqual({ page: 401, reader: 422 });
    const asked = http.request(`${api.url}${at}`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'transfer-encoding': 'chunked' },
    });
    const status = new Promise<number>((resolve) => {
      asked.on('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on('error', () => resolve(0));
    });
    asked.end(`${field}--x--\r\n`);
    expect(await status).toBe(401);
  });
});

describe('a head', () => {
  const ask = (path: string, headers: http.OutgoingHttpHeaders = {}): Promise<number> =>
    new Promise((resolve) => {
      const asked = http.request(`${api.url}${path}`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on('error', () => resolve(0));
      asked.end();
    });
  test('that is too large is turned away', async () => {
    expect(await ask('/sign-in', { 'x-large': 'a'.repeat(100_000) })).toBe(431);
    expect(await ask('/sign-in', { cookie: 'a=b; '.repeat(20_000) })).toBe(431);
    expect(await ask(`/sign-in?to=${'/a'.repeat(50_000)}`)).toBe(431);
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`x-${String(i)}`, '1']));
    expect([0, 431]).toContain(await ask('/sign-in', many));
  });
  test('with many or strange cookies and parameters is read as far as it means something', async () => {
    expect(await ask('/sign-in', { cookie: 'a=b;'.repeat(3000) })).toBe(200);
    expect(await ask('/sign-in', { cookie: 'session; =; session==;;;__proto__=1; language=%00' })).toBe(200);
    expect(await ask(`/sign-in?${'to=/a&'.repeat(2000)}`)).toBe(200);
    expect(await ask('/sign-in?to[__proto__][x]=1&__proto__=2&to[]=3')).toBe(200);
    const params = `/fhir/Organization?${'name=a&'.repeat(1900)}`;
    expect(await ask(params, { authorization: bearer })).toBeLessThan(500);
    const listed = `/fhir/Organization?_id=${'a,'.repeat(6000)}`;
    expect(await ask(listed, { authorization: bearer })).toBeLessThan(500);
  });
});
