import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { expectRefusal, startApi, type Api } from './api.ts';

let api: Api;
let patient: string;
beforeAll(async () => {
  api = await startApi();
  const made = await api.send('clinic', 'post', '/Patient', {
    resourceType: 'Patient',
    name: [{ text: '試験 花子' }],
    managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  });
  patient = (made.body as { id: string }).id;
});
afterAll(() => api.stop());

/** An observation as text, since JavaScript would already write its numbers otherwise. */
const observation = (value: string, note = 'x'): string =>
  `{"resourceType":"Observation","status":"final","code":{"text":${JSON.stringify(note)}},"subject":{"reference":"Patient/${patient}"},"effectiveDateTime":"2026-11","valueQuantity":{"value":${value},"unit":"kg"}}`;
const post = (body: string) => api.send('clinic', 'post', '/Observation', body);
/** What is passed on as the database wrote it has a space after each colon. */
const dense = (text: string): string => text.replaceAll('": ', '":');
const idOf = (text: string): string => (JSON.parse(text) as { id: string }).id;

test.each(['1.10', '0.0', '72', '-3.250', '36.60', '123456789.123456789', '0.00000010', '100.0'])(
  'the number %s is given back as it was sent, by every way of reading',
  async (number) => {
    const { text, status } = await post(observation(number));
    expect([status, text]).toEqual([201, expect.stringContaining(`"value":${number}`)]);
    const id = idOf(text);
    for (const path of [
      `/Observation/${id}`,
      `/Observation/${id}/_history`,
      `/Observation/${id}/_history/1`,
      `/Observation?_id=${id}`,
      `/Patient/${patient}/$everything?_type=Observation&_count=200`,
    ]) {
      const read = await api.send('clinic', 'get', path);
      expect([path, dense(read.text)]).toEqual([path, expect.stringContaining(`"value":${number}`)]);
    }
  },
);

test('a number keeps its precision through a change, a transaction and a repeated request', async () => {
  const { text } = await post(observation('1.10'));
  const id = idOf(text);
  const changed = await api.send('clinic', 'put', `/Observation/${id}`, text.replace('"kg"', '"g"'));
  expect([changed.status, changed.text]).toEqual([200, expect.stringContaining('"value":1.10')]);
  const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[{"resource":${observation('2.500')},"request":{"method":"POST","url":"Observation"}}]}`;
  const send = () => api.send('clinic', 'post', '/', bundle).set('Idempotency-Key', 'exact');
  const [first, second] = [await send(), await send()];
  expect(first.text).toContain('"value":2.500');
  expect(second.text).toContain('"value":2.500');
  const made = ({ text: answer }: { text: string }): string =>
    /Observation\/([0-9a-f-]{36})/.exec(answer)?.[1] ?? '';
  expect(made(second)).toBe(made(first));
});

test('a number beside a file keeps its precision, although the file is drawn anew', async () => {
  const data = Buffer.from('こんにちは').toString('base64');
  const body = `{"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/${patient}"},"extension":[{"url":"https://clinic.example/weight","valueDecimal":1.10}],"content":[{"attachment":{"contentType":"text/plain","data":"${data}"}}]}`;
  const made = await api.send('clinic', 'post', '/DocumentReference', body);
  expect([made.status, made.text]).toEqual([201, expect.stringMatching(/"valueDecimal": ?1\.10/)]);
});

test('a patch changes one number and leaves the precision of the others', async () => {
  const { text } = await post(observation('1.10'));
  const id = idOf(text);
  const patch = async (body: string) =>
    request(api.url)
      .patch(`/fhir/Observation/${id}`)
      .set('Authorization', `Bearer ${await api.token('clinic')}`)
      .set('Content-Type', 'application/json-patch+json')
      .send(body);
  const unit = await patch('[{"op":"replace","path":"/valueQuantity/unit","value":"g"}]');
  expect([unit.status, unit.text]).toEqual([200, expect.stringContaining('"value":1.10')]);
  const value = await patch(
    '[{"op":"test","path":"/valueQuantity/value","value":1.10},{"op":"replace","path":"/valueQuantity/value","value":2.00}]',
  );
  expect([value.status, value.text]).toEqual([200, expect.stringContaining('"value":2.00')]);
});

test.each(['1e400', '-1e999', `1.${'0'.repeat(60)}`])('the number %s is out of range', async (number) => {
  expectRefusal(await post(observation(number)), 422, 'Observation.value.value');
});
test('a number is no text, and no whole number where it has a point', async () => {
  expectRefusal(await post(observation('"1.10"')), 422, 'Observation.value.value');
  expectRefusal(await post(observation('72').replace('"x"', '1.10')), 422, 'Observation.code.text');
  const asked = observation('72').replace('"code":', '"component":1.10,"code":');
  expectRefusal(await post(asked), 422, 'Observation.component');
});

test.each([
  '𠮷野家',
  '葛\u{e0100}城',
  '髙橋 﨑',
  '👩‍👩‍👧‍👦',
  'ﾊﾝｶｸ ｶﾅ',
  'a\tb\nc',
  '"\\"',
  'é é',
  '価格は1.10, です',
])('the text %j keeps every character', async (note) => {
  const { text, status } = await post(observation('1.10', note));
  expect(status).toBe(201);
  const read = await api.send('clinic', 'get', `/Observation/${idOf(text)}`);
  expect((JSON.parse(read.text) as { code: { text: string } }).code.text).toBe(note);
});

test.each(['2026', '2026-11', '2026-11-27', '2026-11-27T10:20:30+09:00', '2026-11-27T01:20:30.120Z'])(
  'the date %s keeps its precision',
  async (date) => {
    const { text } = await post(observation('1').replace('2026-11', date));
    const read = await api.send('clinic', 'get', `/Observation/${idOf(text)}`);
    expect(dense(read.text)).toContain(`"effectiveDateTime":"${date}"`);
  },
);

test('bytes that are no UTF-8 are refused, and a mark of byte order is no part of the record', async () => {
  const send = async (bytes: Buffer) =>
    request(api.url)
      .post('/fhir/Observation')
      .set('Authorization', `Bearer ${await api.token('clinic')}`)
      .set('Content-Type', 'application/fhir+json')
      .serialize((raw: unknown) => raw as string)
      .send(bytes as unknown as string);
  const broken = Buffer.from(observation('1', 'こ'));
  broken[broken.indexOf('こ')] = 0xff;
  expectRefusal(await send(broken), 400, 'http.body');
  expect((await send(Buffer.from(`\uFEFF${observation('1')}`))).status).toBe(201);
});
