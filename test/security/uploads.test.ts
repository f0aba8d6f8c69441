import { request as ask, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedIn } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

/** A form with files is read for those alone who may send it. */
let service: Service;
const cookies = new Map<string, string>();
beforeAll(async () => {
  service = await startService({ patients: 10 });
  for (const login of ['reception', 'council', 'linkworker']) {
    const { jar } = await signedIn(service, login);
    cookies.set(login, [...jar].map((pair) => pair.join('=')).join('; '));
  }
}, 120_000);
afterAll(() => service.stop());

const patient = '11111111-1111-4111-8111-111111111111';
/** Wherever a file can be sent, and who may not send one there. */
const places: readonly (readonly [path: string, not: string])[] = [
  ['/scans', 'council'],
  [`/patients/${patient}/consents`, 'council'],
  ['/invitations/preview', 'linkworker'],
  ['/invited/came', 'council'],
  ['/forms/check', 'reception'],
];

const head = [
  '--b',
  'content-disposition: form-data; name="files"; filename="a.png"',
  'content-type: image/png',
  '',
  '',
].join('\r\n');

type Sending = Readonly<{ request: ClientRequest; answer: Promise<IncomingMessage> }>;
/** Begins to send a form of so many bytes, of which only the beginning has come. */
function begin(path: string, cookie: string | undefined, length: number | undefined): Sending {
  const request = ask(`${service.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'multipart/form-data; boundary=b',
      ...(length === undefined ? {} : { 'content-length': length }),
      ...(cookie === undefined ? {} : { cookie }),
    },
  });
  request.on('error', () => undefined);
  const answer = new Promise<IncomingMessage>((done, fail) => {
    request.once('response', done);
    request.once('close', () => {
      fail(new Error('cut off without an answer'));
    });
  });
  request.write(head);
  return { request, answer };
}

describe.each(places)('a form with files to %s', (path, not) => {
  test('is refused before it has come, to nobody in particular and to whoever may not send it', async () => {
    for (const [cookie, status] of [
      [undefined, 401],
      ['session=nobody', 401],
      [cookies.get(not), 403],
    ] as const) {
      const { request, answer } = begin(path, cookie, 15_000_000);
      const { statusCode } = await answer;
      expect([path, statusCode]).toEqual([path, status]);
      request.destroy();
    }
  });
});

test('whoever is refused can send the rest and hears the answer, on a connection that stays good', async () => {
  const { request, answer } = begin('/scans', undefined, head.length + 5_000_000);
  request.end(Buffer.alloc(5_000_000));
  const response = await answer;
  expect(response.statusCode).toBe(401);
  let html = '';
  for await (const part of response) html += String(part);
  expect(html).toContain('</html>');
});

test('whoever goes on without end is cut off', async () => {
  const { request, answer } = begin('/scans', undefined, undefined);
  expect((await answer).statusCode).toBe(401);
  let sent = 0;
  const cut = new Promise<void>((done) => request.once('close', done));
  const block = Buffer.alloc(1_000_000);
  while (!request.destroyed && sent < 200_000_000) {
    sent += block.length;
    if (!request.write(block))
      await Promise.race([cut, new Promise<void>((done) => request.once('drain', done))]);
    await new Promise((turn) => setImmediate(turn));
  }
  expect(request.destroyed).toBe(true);
  expect(sent).toBeLessThan(200_000_000);
}, 60_000);

test('who may send it does, and a form from elsewhere is refused as ever', async () => {
  const linkworker = await signedIn(service, 'linkworker');
  const form = await linkworker.get('/scans/new');
  const wrong = await linkworker.sendFiles(form, '/scans', {}, { files: new File(['words'], 'letter.doc') });
  expect(wrong.status).toBe(422);
  const forged = await linkworker.sendFiles(
    form,
    '/scans',
    { _csrf: 'x'.repeat(43) },
    { files: new File(['words'], 'letter.doc') },
  );
  expect(forged.status).toBe(403);
});
