import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConsent, withdraw, withdrawParts } from '../../src/consent/record.ts';
import { extensions, systems } from '../../src/fhir/codes.ts';
import { sql } from '../../src/database/sql.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { readCase } from '../../src/referral/case.ts';
import { readRequestSheet } from '../../src/referral/request-sheet/read.ts';
import { codedSheets } from '../../src/scans/received/coded.ts';
import type { AskedForm, Whom } from '../../src/scans/received/form.ts';
import { knownById, knownLike } from '../../src/scans/received/known.ts';
import { registerReceived } from '../../src/scans/received/register.ts';
import { faultsOf, outcomeOf } from '../referral/fixture.ts';
import { makeScene, nabari, page, programs, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.close());

const printed = (patient?: string, who = scene.bodies.actors.reception): Promise<string> =>
  scene.open(who, async (records) => {
    const given = { language: 'ja' as const, ...(patient === undefined ? {} : { patient }) };
    return (await readRequestSheet(records, nabari, given)).sheetId;
  });
/** A page of that sheet comes to a body. */
const comes = async (sheet: string, to: Actor = scene.bodies.actors.linkworker) => {
  const [waits] = await scene.bring(to, [await page(1, { code: { sheet, page: 1, pages: 1 } })]);
  return waits;
};
const enter = (id: string, whom: Whom, given: Partial<AskedForm> = {}) =>
  scene.open(scene.bodies.actors.linkworker, (records) =>
    registerReceived(records, {
      page: id,
      whom,
      asked: {
        consentOn: '2026-11-20',
        consentDay: undefined,
        urgency: 'routine',
        needs: ['care-burden'],
        reason: undefined,
        ...given,
      },
      program: nabari,
      towns: [],
      publicUrl: 'https://tsunagi.example',
    }),
  );
/** As another program may write it: when something was taken back is left out. */
const undated = <R extends object>(record: R): R =>
  JSON.parse(JSON.stringify(record), (_, value: unknown) =>
    Array.isArray(value)
      ? value.filter(
          (one: { url?: string; valueDateTime?: string }) => !(one.url === 'at' && one.valueDateTime),
        )
      : value,
  ) as R;
const isText = (at: string | undefined): at is string => at !== undefined;
const caseOf = (task: string) =>
  scene.open(scene.bodies.actors.linkworker, (records) => readCase(records, programs, task));

describe('a request sheet that the clinic printed for a person', () => {
  test('says to the office that gets it whose it is, and is entered for that person without a name being typed', async () => {
    const { patient } = await scene.prepare({ family: '印刷' });
    const waits = await comes(await printed(patient));
    expect(waits).toMatchObject({ why: 'request' });
    const { task } = await enter(waits?.id ?? '', { as: 'coded' });
    const shown = await caseOf(task);
    expect(shown).toMatchObject({
      referral: { patient, from: scene.bodies.clinic.id, urgency: 'routine' },
      person: { family: '印刷' },
      asked: {
        reason: '相談依頼票のとおりです。届いた書類を見てください。',
        needs: [{ code: 'care-burden' }],
      },
      consent: { from: '2026-11-20' },
    });
    expect(shown.documents).toHaveLength(1);
  });

  test('tells what stands on it to whoever has it in the tray, and to no other body', async () => {
    const { linkworker, otherLinkworker, reception } = scene.bodies.actors;
    const { patient } = await scene.prepare({ family: '名入' });
    const sheet = await printed(patient);
    const seen = (who: Actor) => scene.open(who, (records) => codedSheets(records, [sheet]));
    // Whoever knows the code alone learns nothing.
    expect(await seen(linkworker)).toEqual([]);
    expect(await comes(sheet, otherLinkworker)).toMatchObject({ why: 'unseen' });
    expect(await seen(otherLinkworker)).toEqual([]);
    const waits = await comes(sheet);
    expect(await seen(linkworker)).toMatchObject([
      { patient, told: { name: '名入 花子', kana: 'シケン ハナコ', birthDate: '1942-03-04' } },
    ]);
    // Of the person themselves nothing is open before somebody has seen the signature.
    expect(await outcomeOf(scene.open(linkworker, (records) => records.read('Patient', patient)))).toBe(
      'not-found',
    );
    await enter(waits?.id ?? '', { as: 'coded' });
    expect(await seen(linkworker)).toEqual([]);
    // The clinic's own copy lies with the person.
    expect(await comes(sheet, reception)).toBeUndefined();
  });

  test('opens nothing that the person closed after they signed it', async () => {
    const { patient, consent } = await scene.prepare({ family: '撤回' });
    const sheet = await printed(patient);
    await scene.withdraw(consent);
    const waits = await comes(sheet);
    const id = waits?.id ?? '';
    expect(await faultsOf(enter(id, { as: 'coded' }))).toEqual(['']);
    expect(
      await faultsOf(enter(id, { as: 'coded' }, { consentOn: 'other', consentDay: '2026-11-19' })),
    ).toEqual(['']);
    scene.goTo('2026-11-21T10:00:00+09:00');
    const { task } = await enter(id, { as: 'coded' }, { consentOn: '2026-11-21' });
    expect((await caseOf(task)).referral.patient).toBe(patient);
  });

  test.each(['withdrawal', 'deny'] as const)(
    'opens nothing that another program closed without saying when (%s)',
    async (how) => {
      const { patient, consent } = await scene.prepare({ family: '無日付' });
      const sheet = await printed(patient);
      const closed = await scene.open(scene.bodies.actors.doctor, async (records) => {
        const now = records.now.toISOString();
        const found = await records.read('Consent', consent);
        const part = { recipient: 'office', item: 'medical-note', at: now, reason: '試験' } as const;
        await records.save(
          undated(how === 'deny' ? withdrawParts(found, [part]) : withdraw(found, '試験', now)),
        );
        return readConsent(await records.read('Consent', consent));
      });
      expect([closed.withdrawn?.at, ...closed.takenBack.map(({ at }) => at)].filter(isText)).toEqual(['']);
      const waits = await comes(sheet);
      const id = waits?.id ?? '';
      const signed = (day: string) =>
        enter(id, { as: 'coded' }, { consentOn: 'other' as const, consentDay: day });
      const today = dayInTokyo(scene.now());
      expect(await faultsOf(signed(today))).toEqual(['']);
      scene.goTo(new Date(scene.now().getTime() + 86_400_000).toISOString());
      const { task } = await signed(dayInTokyo(scene.now()));
      expect((await caseOf(task)).referral.patient).toBe(patient);
    },
  );

  test('is asked anew where the office supports the person already, however old or for whichever office it was printed', async () => {
    const { linkworker, reception } = scene.bodies.actors;
    const { patient } = await scene.prepare({ family: '再依頼' });
    const { task } = await enter((await comes(await printed(patient)))?.id ?? '', { as: 'coded' });
    const before = (await caseOf(task)).documents.length;
    // It is the same sheet whenever it is printed for the person.
    const sheet = await printed(patient);
    for (const changed of [
      `printed_at = printed_at - interval '91 days'`,
      `printed_at = now(), office_id = '${scene.bodies.otherOffice.id}'`,
    ]) {
      await scene.owner.query(`update request_sheet set ${changed} where sheet = $1`, [sheet]);
      expect(await scene.open(linkworker, (records) => codedSheets(records, [sheet]))).toEqual([]);
      expect(await comes(sheet)).toMatchObject({ why: 'request' });
    }
    expect((await caseOf(task)).documents).toHaveLength(before);
    // The clinic's own copy lies with the person.
    expect(await comes(sheet, reception)).toBeUndefined();
  });

  test('is typed in as any other when it is older than a signature may be, or names another sheet', async () => {
    const { patient } = await scene.prepare({ family: '古紙' });
    const sheet = await printed(patient);
    await scene.owner.query(
      `update request_sheet set printed_at = printed_at - interval '91 days' where sheet = $1`,
      [sheet],
    );
    const waits = await comes(sheet);
    expect(waits).toMatchObject({ why: 'unseen' });
    expect(await faultsOf(enter(waits?.id ?? '', { as: 'coded' }))).toEqual(['']);
  });

  test('is one of the clinic’s own persons, or is not printed', async () => {
    const { patient } = await scene.prepare();
    const other = { ...scene.bodies.actors.reception, organization: scene.bodies.otherClinic.id };
    expect(await outcomeOf(printed(patient, other))).toBe('not-found');
    expect(
      await outcomeOf(
        scene.open(other, (records) =>
          records.run(sql`insert into request_sheet (sheet, office_id, patient_id, program, told, printed_at)
            values (${records.newId()}::uuid, ${scene.bodies.office.id}::uuid, ${patient}::uuid, 'nabari', '{}', now())`),
        ),
      ),
    ).not.toBe('done');
  });

  test('left blank it says which clinic printed it, as often as it comes', async () => {
    const at = [
      {
        city: '朝凪市',
        extension: [
          { url: extensions.municipality, valueCoding: { system: systems.municipality, code: '992011' } },
        ],
      },
    ];
    await scene.owner.query(
      `update organization set version = version + 1, content = jsonb_set(content, '{meta,versionId}', to_jsonb((version + 1)::text)) || $2 where id = $1`,
      [scene.bodies.clinic.id, { address: at }],
    );
    const sheet = await printed();
    for (let n = 0; n < 2; n++) {
      expect(await comes(sheet)).toMatchObject({ why: 'request' });
      expect(
        await scene.open(scene.bodies.actors.linkworker, (records) => codedSheets(records, [sheet])),
      ).toMatchObject([{ clinic: scene.bodies.clinic.id, patient: null, told: null }]);
    }
  });
});

describe('somebody whom the office supports already', () => {
  test('is found by a few letters, and the sheet is entered for them', async () => {
    const sheet = await printed((await scene.prepare({ family: '常連' })).patient);
    const first = await enter((await comes(sheet))?.id ?? '', { as: 'coded' });
    const { referral } = await caseOf(first.task);
    const { linkworker, otherLinkworker } = scene.bodies.actors;
    const like = (who: Actor, typed: string) =>
      scene.open(who, (records) => knownLike(records, typed, nabari));
    expect((await like(linkworker, '常連')).map(({ id }) => id)).toContain(referral.patient);
    expect((await like(linkworker, 'しけん')).map(({ id }) => id)).toContain(referral.patient);
    expect((await like(linkworker, 'S17.3.4')).map(({ id }) => id)).toContain(referral.patient);
    expect(await like(otherLinkworker, '常連')).toEqual([]);
    const [waits] = await scene.bring(linkworker, [await page(1)]);
    const second = await enter(waits?.id ?? '', { as: 'known', id: referral.patient });
    expect((await caseOf(second.task)).referral.patient).toBe(referral.patient);
  });

  test('is nobody whom only the clinic knows', async () => {
    const { patient } = await scene.prepare({ family: '未知' });
    const { linkworker } = scene.bodies.actors;
    expect(await scene.open(linkworker, (records) => knownLike(records, '未知', nabari))).toEqual([]);
    expect(await scene.open(linkworker, (records) => knownById(records, patient, nabari))).toBeUndefined();
    const [waits] = await scene.bring(linkworker, [await page(1)]);
    expect(await faultsOf(enter(waits?.id ?? '', { as: 'known', id: patient }))).toEqual(['']);
  });
});
