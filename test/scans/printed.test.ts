import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { takeBack } from '../../src/consent/service.ts';
import {
  registerSheet,
  registerSheets,
  sheetId,
  type About,
  type PrintedSheet,
} from '../../src/documents/printed.ts';
import { readTask } from '../../src/referral/record.ts';
import { findSheet, findSheets } from '../../src/scans/printed.ts';
import { makeStory, type Story } from '../support-slice/fixture.ts';

let here: Story;
let ids: Awaited<ReturnType<Story['refer']>>;
let referral: PrintedSheet;
beforeAll(async () => {
  here = await makeStory();
  ids = await here.refer();
  const { requestId } = await here.as(here.bodies.actors.linkworker)(async (records) =>
    readTask(await records.read('Task', ids.task)),
  );
  referral = { kind: 'referral', about: { type: 'ServiceRequest', id: requestId }, language: 'ja' };
});
afterAll(() => here.close());

const form = 'https://tsunagi.example/fhir/Questionnaire/akita-screening|1';
const kept = async () =>
  (await here.owner.query<Record<string, unknown>>('select * from printed_sheet order by printed_at')).rows;

test('a sheet printed again, by whomever, is the same sheet, and keeps who printed it first', async () => {
  const { doctor, linkworker } = here.bodies.actors;
  const id = await here.as(doctor)((records) => registerSheet(records, referral));
  here.time.forward(5);
  expect(await here.as(linkworker)((records) => registerSheet(records, referral))).toBe(id);
  const twice = await Promise.all(
    [doctor, linkworker, doctor].map((who) => here.as(who)((records) => registerSheet(records, referral))),
  );
  expect(new Set([id, ...twice]).size).toBe(1);
  const lines = (await kept()).filter((line) => line['id'] === id);
  expect(lines).toEqual([
    expect.objectContaining({
      patient_id: ids.patient,
      organization_id: here.bodies.clinic.id,
      post_id: doctor.post,
      kind: 'referral',
    }),
  ]);
});

test('many sheets are kept by one statement', async () => {
  const sheets = ['ja', 'en'].flatMap((language) =>
    ['questionnaire', 'consent', 'provision-record'].map((kind) => ({
      kind,
      about: { type: 'Patient', id: ids.patient } as const,
      form,
      language: language as 'ja' | 'en',
    })),
  );
  await here.as(here.bodies.actors.reception)(async (records) => {
    const before = here.database.statements();
    expect(await registerSheets(records, sheets)).toEqual(sheets.map(sheetId));
    expect(here.database.statements() - before).toBe(1);
    expect(await findSheets(records, sheets.map(sheetId))).toHaveLength(6);
  });
});

describe('who finds it', () => {
  test('the office finds the sheet that the clinic printed, with the person and what it is about', async () => {
    await here.as(here.bodies.actors.doctor)((records) => registerSheet(records, referral));
    const found = await here.as(here.bodies.actors.linkworker)((r) => findSheet(r, sheetId(referral)));
    expect(found).toMatchObject({ ...referral, id: sheetId(referral), patient: ids.patient });
    const looks = await here.owner.query(
      `select patients from access_log where what = 'printed sheet' and patients = array[$1]::uuid[]`,
      [ids.patient],
    );
    expect(looks.rows.length).toBeGreaterThan(0);
  });

  test('nobody elsewhere does, and an unknown one is nothing', async () => {
    const { otherClinic, otherOffice, actors } = here.bodies;
    for (const organization of [otherClinic.id, otherOffice.id])
      for (const actor of [actors.doctor, actors.linkworker])
        expect(
          await here.as({ ...actor, organization })((r) => findSheet(r, sheetId(referral))),
        ).toBeUndefined();
    for (const actor of [actors.resource, actors.coordinator, actors.council, actors.admin])
      expect(await here.as(actor)((r) => findSheet(r, sheetId(referral)))).toBeUndefined();
    expect(
      await here.as(actors.doctor)((r) => findSheet(r, sheetId({ ...referral, language: 'en' }))),
    ).toBeUndefined();
  });

  test('a blank form for anybody is known everywhere, and says nothing of who printed it', async () => {
    const blank: PrintedSheet = { kind: 'questionnaire', form, language: 'ja' };
    await here.as(here.bodies.actors.reception)((r) => registerSheet(r, blank));
    const found = await here.as(here.bodies.actors.linkworker)((r) => findSheet(r, sheetId(blank)));
    expect(found).toEqual({ ...blank, id: sheetId(blank), printedAt: expect.any(Date) });
  });

  test('a sheet about what one does not see is not kept', async () => {
    const { otherClinic, actors } = here.bodies;
    const stranger = here.as({ ...actors.doctor, organization: otherClinic.id });
    const about: About = { type: 'Patient', id: ids.patient };
    await expect(
      stranger((records) => registerSheet(records, { kind: 'dossier', about, language: 'ja' })),
    ).rejects.toThrow();
    await expect(
      stranger((records) =>
        registerSheet(records, { kind: 'dossier', about: { ...about, id: randomUUID() }, language: 'ja' }),
      ),
    ).rejects.toThrow();
    expect((await kept()).map((line) => line['kind'])).not.toContain('dossier');
  });

  test('when the consent is taken back, its code tells the office nothing any more', async () => {
    const { doctor, linkworker } = here.bodies.actors;
    const seen = await here.as(doctor)(
      async (records) => (await records.read('Consent', ids.consent)).meta.versionId,
    );
    await here.as(doctor)((records) => takeBack(records, ids.consent, { reason: '本人の申し出', seen }));
    expect(await here.as(linkworker)((r) => findSheet(r, sheetId(referral)))).toBeUndefined();
    expect(await here.as(doctor)((r) => findSheet(r, sheetId(referral)))).toBeDefined();
  });
});
