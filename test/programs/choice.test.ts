import type { Organization } from '@medplum/fhirtypes';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { running } from '../../src/programs/record.ts';
import { readBack } from '../documents/read.ts';
import { reader } from '../story/reader.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let reception: Desk;
let patient: string;
let clinic: string;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
  clinic = service.demo.bodies.clinics[0]?.id ?? '';
  const fresh = service.demo.cases.find((one) => one.clinicId === clinic && !one.consentedAt);
  if (!fresh) throw new Error('The demo lacks a case');
  patient = `/patients/${fresh.patientId}`;
}, 60_000);
afterAll(async () => {
  await service.stop();
});

/** The clinic says of itself which programs it runs. */
async function run(...programs: string[]): Promise<void> {
  const { rows } = await service.owner.query<{ content: Organization; version: number }>(
    'select content, version from organization where id = $1',
    [clinic],
  );
  const version = Number(rows[0]?.version) + 1;
  const content = running(rows[0]?.content as Organization, programs);
  await service.owner.query('update organization set version = $3, content = $2 where id = $1', [
    clinic,
    JSON.stringify({ ...content, meta: { ...content.meta, versionId: String(version) } }),
    version,
  ]);
}
const printed = async (program: string): Promise<string> => {
  const answer = await (await reader(service, 'reception')).get(`${patient}/consent-form.pdf${program}`);
  const read = await readBack(Buffer.from(await answer.arrayBuffer()));
  return JSON.stringify(read);
};

test('a clinic that says nothing runs the program of everybody, and is offered no other', async () => {
  const page = await reception.get(`${patient}/consents/new`);
  expect(page.status).toBe(200);
  expect(page.html).toContain('name="program" value="akita"');
  expect(page.html).not.toContain('高石市モデル');
  expect((await reception.get(`${patient}/consents/new?program=takaishi`)).status).toBe(404);
});

test('a clinic with two programs chooses between those two', async () => {
  await run('takaishi', 'akita');
  const page = await reception.get(`${patient}/consents/new`);
  for (const name of ['高石市モデル', '秋田県モデル']) expect(page.html).toContain(name);
  expect(page.html).not.toContain('養父市モデル');
  expect((await reception.get(`${patient}/consents/new?program=akita`)).status).toBe(200);
  expect((await reception.get(`${patient}/consents/new?program=yabu`)).status).toBe(404);
  expect(await printed('')).toContain('妊娠・子育ての支え');
  expect(await printed('?program=akita')).toContain('情報を伝えることへの同意書');
});

test('the program is first whose questionnaire the person answered last', async () => {
  const answered = service.demo.cases.find((one) => one.clinicId === clinic && one.answeredAt);
  await run('takaishi', 'akita');
  const page = await reception.get(`/patients/${answered?.patientId ?? ''}/consents/new`);
  expect(page.html).toContain('name="program" value="akita"');
});
