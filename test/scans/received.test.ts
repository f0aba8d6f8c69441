import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConsent, withdrawParts } from '../../src/consent/record.ts';
import { registerSheet } from '../../src/documents/printed.ts';
import { readCase } from '../../src/referral/case.ts';
import { move } from '../../src/referral/move.ts';
import { passOn, readPassable } from '../../src/referral/pass-on/pass-on.ts';
import { readTask } from '../../src/referral/record.ts';
import { send } from '../../src/referral/send.ts';
import { registerReceived, type Registered } from '../../src/scans/received/register.ts';
import { requestSheet } from '../../src/referral/request-sheet/read.ts';
import type { AskedForm, PersonForm, Whom } from '../../src/scans/received/form.ts';
import { faultsOf, outcomeOf } from '../referral/fixture.ts';
import { makeScene, nabari, page, programs, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.close());

const personOf = (given: Partial<PersonForm> = {}): PersonForm => ({
  clinic: scene.bodies.clinic.id,
  family: '紙野',
  given: '花',
  familyKana: 'カミノ',
  givenKana: 'ハナ',
  birthDate: '1938-05-06',
  sex: 'female',
  phone: '050-0000-0002',
  municipality: undefined,
  line: undefined,
  known: undefined,
  ...given,
});
const usually: AskedForm = {
  consentOn: 'other',
  consentDay: '2026-11-18',
  urgency: 'urgent',
  needs: ['care-burden', 'social-connection'],
  reason: '夫の介護で疲れている。話し相手がほしい。',
};

const waiting = async (): Promise<string> => {
  const [first] = await scene.bring(scene.bodies.actors.linkworker, [await page(1)]);
  return first?.id ?? '';
};
const register = (id: string, given: Partial<PersonForm> = {}, program = nabari): Promise<Registered> =>
  enter(id, { as: 'typed', person: personOf(given) }, {}, program);
const enter = (
  id: string,
  whom: Whom,
  also: Partial<AskedForm> = {},
  program = nabari,
  who = scene.bodies.actors.linkworker,
): Promise<Registered> =>
  scene.open(who, (records) =>
    registerReceived(records, {
      page: id,
      whom,
      asked: { ...usually, ...also },
      program,
      towns: [],
      publicUrl: 'https://tsunagi.example',
    }),
  );

describe('a referral that came by fax', () => {
  test('is one of the clinic that sent it, under the consent on the sheet, and says who typed it in', async () => {
    const { linkworker, doctor } = scene.bodies.actors;
    const { task } = await register(await waiting());
    const office = await scene.open(linkworker, (records) => readCase(records, programs, task));
    expect(office).toMatchObject({
      side: 'receiver',
      referral: { status: 'requested', urgency: 'urgent', from: scene.bodies.clinic.id },
      person: { family: '紙野', clinic: scene.bodies.clinic.id },
      consent: { from: '2026-11-18', items: ['contact', 'assessment', 'plan', 'medical-note'] },
      asked: { program: 'nabari', needs: [{ code: 'social-connection' }, { code: 'care-burden' }] },
    });
    expect(office.documents).toHaveLength(1);
    expect(office.consent?.evidence).toEqual({ kind: 'scan', documentId: office.documents[0]?.id });
    const clinic = await scene.open(doctor, (records) => readCase(records, programs, task));
    expect(clinic).toMatchObject({ side: 'sender', person: { family: '紙野' } });
    expect(clinic.documents).toEqual(office.documents);
    const traces = await scene.open(doctor, (records) =>
      records.find('Provenance', [['target', `Task/${task}`]]),
    );
    expect(traces[0]?.agent).toMatchObject([
      { who: { reference: `Organization/${scene.bodies.clinic.id}` } },
      {
        type: { coding: [{ code: 'enterer' }] },
        who: { reference: `PractitionerRole/${linkworker.post ?? ''}` },
        onBehalfOf: { reference: `Organization/${scene.bodies.office.id}` },
      },
    ]);
    expect(traces[0]?.entity).toMatchObject([
      { role: 'source', what: { reference: `DocumentReference/${office.documents[0]?.id ?? ''}` } },
    ]);
  });

  test('opens nothing of a person whom the clinic knows and the office does not', async () => {
    const prepared = await scene.prepare({ family: '既知' });
    const { task } = await register(await waiting(), {
      family: '既知',
      given: '花子',
      familyKana: 'シケン',
      givenKana: 'ハナコ',
      birthDate: '1942-03-04',
    });
    const { referral } = await scene.open(scene.bodies.actors.linkworker, (records) =>
      readCase(records, programs, task),
    );
    expect(referral.patient).not.toBe(prepared.patient);
    expect(
      await outcomeOf(
        scene.open(scene.bodies.actors.linkworker, (records) => records.read('Patient', prepared.patient)),
      ),
    ).toBe('not-found');
  });

  test('asks who it is when the office sees somebody of that name and birth date, and joins the same person', async () => {
    const first = await register(await waiting(), { family: '再来', familyKana: 'サイライ' });
    const { referral } = await scene.open(scene.bodies.actors.linkworker, (records) =>
      readCase(records, programs, first.task),
    );
    const id = await waiting();
    const again = { family: '再来', familyKana: 'サイライ' };
    expect(await faultsOf(register(id, again))).toEqual(['known']);
    // Somebody else cannot be named.
    expect(await faultsOf(register(id, { ...again, known: scene.bodies.clinic.id }))).toEqual(['known']);
    const second = await register(id, { ...again, known: referral.patient });
    const joined = await scene.open(scene.bodies.actors.linkworker, (records) =>
      readCase(records, programs, second.task),
    );
    expect(joined.referral.patient).toBe(referral.patient);
    const consents = await scene.open(scene.bodies.actors.doctor, (records) =>
      records.find('Consent', [['patient', referral.patient]]),
    );
    expect(consents.map((one) => readConsent(one).evidence.kind)).toEqual(['scan', 'scan']);
  });

  test('opens nothing again that a person took back: whoever is seen in part is entered as somebody new', async () => {
    const given = { family: '一部', familyKana: 'イチブ' };
    const first = await register(await waiting(), given);
    const { referral } = await scene.open(scene.bodies.actors.linkworker, (records) =>
      readCase(records, programs, first.task),
    );
    await scene.open(scene.bodies.actors.doctor, async (records) => {
      const [consent] = await records.find('Consent', [['patient', referral.patient]]);
      if (!consent) throw new Error('no consent');
      await records.save(
        withdrawParts(consent, [
          { recipient: 'office', item: 'medical-note', at: records.now.toISOString(), reason: '試験' },
        ]),
      );
    });
    // The office still sees the person, and the old sheet must not open the note again.
    expect(
      (await scene.open(scene.bodies.actors.linkworker, (r) => r.read('Patient', referral.patient))).id,
    ).toBe(referral.patient);
    expect(await faultsOf(register(await waiting(), { ...given, known: referral.patient }))).toEqual([]);
    const consents = await scene.open(scene.bodies.actors.doctor, (records) =>
      records.find('Consent', [['patient', referral.patient]]),
    );
    expect(consents).toHaveLength(1);
  });

  test('is entered once by two hands, and leaves nothing behind when it is refused', async () => {
    const id = await waiting();
    const twice = { familyKana: 'フタリ' };
    const both = await Promise.all([outcomeOf(register(id, twice)), outcomeOf(register(id, twice))]);
    expect(both).toContain('done');
    expect(both).not.toEqual(['done', 'done']);
    const next = await waiting();
    const before = await scene.owner.query('select count(*)::int as n from patient');
    expect(await faultsOf(register(next, { clinic: scene.bodies.office.id }))).toEqual(['clinic']);
    const { received: _none, ...without } = nabari;
    expect(await faultsOf(register(next, { clinic: scene.bodies.otherClinic.id }, without))).toEqual(['']);
    expect((await scene.owner.query('select count(*)::int as n from patient')).rows).toEqual(before.rows);
    expect((await scene.tray(scene.bodies.actors.linkworker)).pages.map((one) => one.id)).toContain(next);
  });

  test('comes on the printed request sheet, which is the same for everybody, as often as anybody needs one', async () => {
    const { linkworker } = scene.bodies.actors;
    const sheet = await scene.open(linkworker, (records) =>
      registerSheet(records, { kind: requestSheet, language: 'ja' }),
    );
    const code = { sheet, page: 1, pages: 1 };
    const entered: string[] = [];
    for (const family of ['一枚目', '二枚目', '三枚目']) {
      const [waits] = await scene.bring(linkworker, [await page(1, { code })]);
      // Not that it came before: it is a form that names nobody.
      expect(waits).toMatchObject({ why: 'blank' });
      const { task } = await register(waits?.id ?? '', { family, familyKana: 'マイ', known: 'new' });
      entered.push(task);
    }
    expect(new Set(entered).size).toBe(3);
  });

  test('is withdrawn as a mistake by a clinic that never sent it, and closes at once', async () => {
    const { linkworker, doctor } = scene.bodies.actors;
    const { task } = await register(await waiting(), { family: '誤', familyKana: 'アヤマリ' });
    const { referral } = await scene.open(doctor, (records) => readCase(records, programs, task));
    await scene.open(doctor, (records) =>
      move(records, programs, { id: task, move: 'retract', reason: { code: 'other', text: '送っていない' } }),
    );
    expect(
      await outcomeOf(scene.open(linkworker, (records) => records.read('Patient', referral.patient))),
    ).toBe('not-found');
  });
});

describe('a referral that is passed on', () => {
  const accepted = async () => {
    const sent = await register(await waiting(), { family: '引継', familyKana: 'ヒキツギ', known: 'new' });
    await scene.open(scene.bodies.actors.linkworker, (records) =>
      move(records, programs, { id: sent.task, move: 'accept' }),
    );
    return sent;
  };
  const pass = (id: string, to = scene.bodies.otherOffice.id) =>
    scene.open(scene.bodies.actors.linkworker, async (records) => {
      const { referral } = await readPassable(records, programs, id);
      return passOn(records, programs, { id, seen: referral.version, to, reason: '住まいの近くの窓口へ' });
    });

  test('begins anew at the other office with its history, and the clinic sees where it is', async () => {
    const { linkworker, otherLinkworker, doctor } = scene.bodies.actors;
    const before = await accepted();
    const after = await pass(before.task);
    const there = await scene.open(otherLinkworker, (records) => readCase(records, programs, after.task));
    expect(there).toMatchObject({
      referral: { status: 'requested', urgency: 'urgent' },
      person: { family: '引継' },
      passedFrom: { id: before.task, office: '試験リンクワーカー室' },
      passedTo: undefined,
      asked: { reason: '夫の介護で疲れている。話し相手がほしい。', needs: [{}, {}] },
    });
    expect(there.documents).toHaveLength(1);
    expect(there.course.flatMap((one) => one.lines).join()).toContain('住まいの近くの窓口へ');
    // It was sent once.
    expect(there.course.filter(({ title }) => title.ja === '紹介が送られました')).toHaveLength(1);
    const clinic = await scene.open(doctor, (records) => readCase(records, programs, before.task));
    expect(clinic).toMatchObject({ passedTo: { id: after.task, office: '隣町リンクワーカー室' } });
    const here = await scene.open(linkworker, (records) => readCase(records, programs, before.task));
    expect(here).toMatchObject({ person: undefined, referral: { status: 'cancelled' } });
    // It is one referral in the figures.
    const { rows } = await scene.owner.query(
      'select task_id, result from referral_fact where task_id = any ($1)',
      [[before.task, after.task]],
    );
    expect(rows).toEqual([{ task_id: after.task, result: 'open' }]);
  });

  test('goes nowhere that the consent does not open, nor outside the network, nor from another hand', async () => {
    const { otherLinkworker, neighbour } = scene.bodies.actors;
    const { task } = await accepted();
    expect(await faultsOf(pass(task, scene.bodies.clinic.id))).toEqual(['to']);
    for (const who of [otherLinkworker, neighbour])
      expect(['not-found', 'forbidden']).toContain(
        await outcomeOf(scene.open(who, (records) => readPassable(records, programs, task))),
      );
    // A consent that names this office alone.
    const narrow = await scene.prepare({ recipients: [], recipientIds: [scene.bodies.office.id] });
    const sent = await scene.open(scene.bodies.actors.doctor, (records) =>
      send(records, nabari, scene.sendingOf(narrow)),
    );
    expect(await faultsOf(pass(sent.task))).toEqual(['to']);
    expect(readTask(await scene.taskOf(scene.bodies.actors.linkworker, sent.task)).status).toBe('requested');
    // A program without a network knows nowhere to pass it.
    const elsewhere = await scene.refer();
    expect(await outcomeOf(pass(elsewhere.task))).toBe('not-found');
  });

  test('goes on under its own consent, though another of the person’s opens the other office, too', async () => {
    const { doctor } = scene.bodies.actors;
    const prepared = await scene.prepare();
    const given = await scene.open(doctor, (records) => records.read('Consent', prepared.consent));
    for (const id of [randomUUID(), randomUUID()]) {
      const { meta: _meta, ...rest } = given;
      await scene.open(doctor, (records) => records.write([{ ...rest, id }]));
    }
    const sent = await scene.open(doctor, (records) => send(records, nabari, scene.sendingOf(prepared)));
    const after = await pass(sent.task);
    const { asked } = await scene.open(doctor, (records) => readCase(records, programs, after.task));
    expect(asked?.consents).toEqual([prepared.consent]);
  });

  test('takes along the answers, the concerns and the doctor’s note that the consent opens', async () => {
    const prepared = await scene.prepare();
    const sent = await scene.open(scene.bodies.actors.doctor, (records) =>
      send(records, nabari, scene.sendingOf(prepared, { note: '血圧が高め。' })),
    );
    const after = await pass(sent.task);
    const there = await scene.open(scene.bodies.actors.otherLinkworker, (records) =>
      readCase(records, programs, after.task),
    );
    expect(there).toMatchObject({ answers: prepared.answers, note: '血圧が高め。' });
    expect(there.needs.some((one) => one.because.length > 0)).toBe(true);
  });

  test('is passed on twice and lands with the third', async () => {
    const { doctor, otherLinkworker } = scene.bodies.actors;
    const first = await accepted();
    const second = await pass(first.task);
    const third = await scene.open(otherLinkworker, async (records) => {
      const { referral } = await readPassable(records, programs, second.task);
      const to = scene.bodies.office.id;
      return passOn(records, programs, { id: second.task, seen: referral.version, to, reason: '戻します' });
    });
    const clinic = await scene.open(doctor, (records) => readCase(records, programs, first.task));
    expect(clinic.passedTo?.id).toBe(third.task);
    const last = await scene.open(doctor, (records) => readCase(records, programs, third.task));
    expect(last.passedFrom?.id).toBe(second.task);
  });
});
