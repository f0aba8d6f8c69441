import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import sharp from 'sharp';
import { buildDocument } from '../../src/scans/record.ts';
import { reference } from '../../src/fhir/references.ts';
import { fileInRecord } from '../../src/scans/filing.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { openStore } from '../../src/open-store.ts';
import { readSeal, seal, unseal } from '../../src/people/danger/seal.ts';
import { startApi, type Api } from '../exchange/api.ts';
import { hanako } from '../support/hanako.ts';
import { testSecret } from '../support/template.ts';

/** Paper that came in may show the address that was sealed: the same people see it, whichever way they come. */
let api: Api;
let open: ReturnType<typeof openStore>;
let doctor: Actor;
let reception: Actor;
const patient = randomUUID();
const picture = { binary: randomUUID(), document: randomUUID() };
/** A document of another program, that holds its file itself. */
const inside = randomUUID();
/** The same, whose newest version holds it no longer; and a file that was taken back. */
const emptied = randomUUID();
const removed = randomUUID();
let secret = '';

beforeAll(async () => {
  api = await startApi();
  ({ doctor, reception } = api.bodies.actors);
  open = openStore({
    now: api.now,
    newId: randomUUID,
    database: api.database,
    programs: api.programs,
    config: { publicUrl: api.url, secret: testSecret },
  });
  const png = await sharp({ create: { width: 61, height: 90, channels: 3, background: '#123456' } })
    .png()
    .toBuffer();
  const document = (id: string) => ({
    resourceType: 'DocumentReference' as const,
    id,
    status: 'current' as const,
    subject: reference('Patient', patient),
    content: [{ attachment: { contentType: 'image/png', data: png.toString('base64') } }],
  });
  await open(doctor, async (records) => {
    await records.write([
      hanako(patient, api.bodies.clinic.id),
      ...buildDocument(
        {
          patient,
          what: 'other',
          title: 'そのほか',
          png,
          about: [],
          author: undefined,
          custodian: api.bodies.clinic.id,
          at: records.now.toISOString(),
        },
        picture,
      ),
      document(inside),
      document(emptied),
      {
        resourceType: 'Binary',
        id: removed,
        contentType: 'image/png',
        securityContext: reference('Patient', patient),
        data: png.toString('base64'),
      },
    ]);
  });
  await open(doctor, async (records) => {
    const stored = await records.read('DocumentReference', emptied);
    await records.save({ ...stored, content: [{ attachment: { title: '取り下げました' } }] });
  });
  await api.send('clinic', 'delete', `/Binary/${removed}`).expect(204);
  const { rows } = await api.owner.query<{ data: string }>(
    `select content ->> 'data' as data from "binary" where id = $1`,
    [picture.binary],
  );
  secret = (rows[0]?.data ?? '').slice(0, 60);
  expect(secret).toHaveLength(60);
}, 120_000);
afterAll(() => api.stop());

const paths: Readonly<Record<string, () => string>> = {
  'the file': () => `/Binary/${picture.binary}`,
  'its history': () => `/Binary/${picture.binary}/_history`,
  'its version': () => `/Binary/${picture.binary}/_history/1`,
  'a version of what was taken back': () => `/Binary/${removed}/_history/1`,
  'a search for files': () => `/Binary?patient=${patient}`,
  'a search without a question': () => '/Binary?_count=50',
  'what happened to all files': () => '/Binary/_history',
  'a document that holds its file': () => `/DocumentReference/${inside}`,
  'the history of such a document': () => `/DocumentReference/${inside}/_history`,
  'a search for documents': () => `/DocumentReference?patient=${patient}`,
  'an old version that held it': () => `/DocumentReference/${emptied}/_history/1`,
  'the history in which it held it': () => `/DocumentReference/${emptied}/_history`,
  everything: () => `/Patient/${patient}/$everything?_count=200`,
  'the person with what is about them': () => `/Patient?_id=${patient}&_revinclude=DocumentReference:patient`,
};
const asked = async (path: string): Promise<boolean> =>
  (await api.send('clinic', 'get', path)).text.includes(secret);

async function exported(): Promise<string> {
  const begun = await api.send('clinic', 'get', '/$export').set('Prefer', 'respond-async').expect(202);
  const at = String(begun.headers['content-location']).slice(`${api.url}/fhir`.length);
  for (;;) {
    const answer = await api.send('clinic', 'get', at);
    if (answer.status !== 200) {
      await new Promise((later) => setTimeout(later, 100));
      continue;
    }
    const { output } = answer.body as { output: { url: string }[] };
    const files = await Promise.all(
      output.map(async ({ url }) => {
        const got = await api.send('clinic', 'get', url.slice(`${api.url}/fhir`.length)).buffer(true);
        return Buffer.isBuffer(got.body) ? got.body.toString() : got.text;
      }),
    );
    await api.owner.query('delete from export_job');
    return files.join('\n');
  }
}

describe('a file about somebody whose address is sealed', () => {
  test('is had by every way before that, so that what is closed then was open', async () => {
    const had: [string, boolean][] = [];
    for (const [name, path] of Object.entries(paths)) had.push([name, await asked(path())]);
    expect(had.filter(([, is]) => !is)).toEqual([]);
    expect(await exported()).toContain(secret);
  });

  test('is by none of them afterwards; that there is a document is still seen', async () => {
    await open(doctor, async (records) => {
      const { meta } = await records.read('Patient', patient);
      await seal(records, patient, {
        named: [api.bodies.actors.doctor.post ?? '', await another()],
        why: '別居した夫から守るため',
        seen: meta.versionId,
      });
    });
    const had: string[] = [];
    for (const [name, path] of Object.entries(paths)) if (await asked(path())) had.push(name);
    expect(had).toEqual([]);
    expect(await exported()).not.toContain(secret);
    await api.send('clinic', 'get', `/Binary/${picture.binary}`).expect(404);
    const found = (await api.send('clinic', 'get', `/DocumentReference?patient=${patient}`)).body as Bundle;
    expect(found.entry?.map(({ resource }) => resource?.id).toSorted()).toEqual(
      [picture.document, emptied].toSorted(),
    );
  });

  test('is seen by those who are named, and by nobody else of the same body', async () => {
    const sees = (actor: Actor) =>
      open(actor, async (records) => (await records.readMany('Binary', [picture.binary])).length);
    expect([await sees(doctor), await sees(reception)]).toEqual([1, 0]);
  });

  test('is filed by whoever sorts the paper all the same, who does not see it again', async () => {
    const [scan, page] = [randomUUID(), randomUUID()];
    const png = await sharp({ create: { width: 70, height: 90, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    await api.owner.query(
      `insert into scan (id, organization_id, name, kind, size, state, at) values ($1, $2, 'fax.png', 'png', 1, 'read', now())`,
      [scan, api.bodies.clinic.id],
    );
    await api.owner.query(
      `insert into scan_page (id, scan_id, organization_id, number, png, width, height, why) values ($1, $2, $3, 1, $4, 70, 90, 'none')`,
      [page, scan, api.bodies.clinic.id, png],
    );
    const id = await open(reception, (records) =>
      fileInRecord(records, page, { patient, task: undefined, what: 'other' }),
    );
    const { content } = await open(reception, (records) => records.read('DocumentReference', id));
    const binary = content[0]?.attachment.url?.replace('Binary/', '') ?? '';
    const sees = (actor: Actor) =>
      open(actor, async (records) => (await records.readMany('Binary', [binary])).length);
    expect([await sees(doctor), await sees(reception)]).toEqual([1, 0]);
  });

  test('is open again once the seal is', async () => {
    await open(doctor, async (records) => {
      const stored = await records.read('Patient', patient);
      expect((await readSeal(records, stored))?.open).toBeDefined();
      await unseal(records, patient, stored.meta.versionId);
    });
    expect(await asked(paths['the file']?.() ?? '')).toBe(true);
  });
});

/** Somebody else of the clinic, so that the seal is not one person's alone. */
async function another(): Promise<string> {
  const id = randomUUID();
  await api.owner.query(
    `insert into practitioner_role (id, version, content, updated_at, keeper)
     select $1::uuid, 1, content || jsonb_build_object('id', $1::uuid), updated_at, keeper from practitioner_role where id = $2`,
    [id, reception.post],
  );
  return id;
}
