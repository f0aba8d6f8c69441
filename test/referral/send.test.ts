import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readServiceRequest, readTask } from '../../src/referral/record.ts';
import { send } from '../../src/referral/service.ts';
import { faultsOf, makeScene, outcomeOf, program, type Scene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(async () => {
  await scene.close();
});
const doctor = () => scene.bodies.actors.doctor;
const sendIt = (prepared: Awaited<ReturnType<Scene['prepare']>>, given = {}) =>
  scene.open(doctor(), (records) => send(records, program, scene.sendingOf(prepared, given)));

describe('a clinic sends a referral', () => {
  test('the office finds everything it needs to decide: needs, answers, consent, who sent it and by when', async () => {
    const one = await scene.refer({ note: '心不全で通院中。' });
    expect(one.caseNumber).toMatch(/^TS-2026-\d{6}$/);
    await scene.open(scene.bodies.actors.linkworker, async (records) => {
      const referral = readTask(await records.read('Task', one.task));
      const asked = readServiceRequest(await records.read('ServiceRequest', one.request));
      expect(referral).toMatchObject({ status: 'requested', step: 'waiting', caseNumber: one.caseNumber });
      expect(asked).toMatchObject({
        consents: [one.consent],
        answers: [one.answers],
        conditions: one.conditions,
        program: 'akita',
      });
      expect(asked.needs.map((n) => n.code)).toContain('social-connection');
      expect(await records.read('QuestionnaireResponse', one.answers)).toBeDefined();
      const notes = await records.find('Communication', [['based-on', one.request]]);
      expect(notes.map((n) => n.payload?.[0]?.contentString)).toEqual(['心不全で通院中。']);
      const traces = await records.find('Provenance', [['target', `Task/${one.task}`]]);
      expect(traces).toHaveLength(1);
    });
  });

  test('on a Friday before a holiday, three working days end on Thursday', async () => {
    // 20 November 2026 is a Friday, Monday the 23rd is a holiday.
    const one = await scene.refer();
    expect(one.due).toBe('2026-11-26T14:59:59.999Z');
  });

  test('an urgent one is due the next working day, an immediate one today', async () => {
    expect((await scene.refer({ urgency: 'asap' })).due).toBe('2026-11-24T14:59:59.999Z');
    expect((await scene.refer({ urgency: 'stat' })).due).toBe('2026-11-20T14:59:59.999Z');
  });

  test('a double click or a retry makes one referral, and both get the same case number', async () => {
    const prepared = await scene.prepare();
    const once = () =>
      scene.open(doctor(), (records) => send(records, program, scene.sendingOf(prepared)), {
        once: 'form-1',
      });
    const [a, b] = await Promise.all([once(), once()]);
    expect(await once()).toEqual(a);
    expect(b).toEqual(a);
    const { rows } = await scene.owner.query('select 1 from task where patient_id = $1', [prepared.patient]);
    expect(rows).toHaveLength(1);
  });

  test('without a consent that is active, the person’s own and open to that office, nothing is sent', async () => {
    const one = await scene.prepare({ recipients: [], recipientIds: [scene.bodies.otherOffice.id] });
    expect(await faultsOf(sendIt(one))).toEqual(['office']);
    const other = await scene.prepare();
    expect(await faultsOf(sendIt(other, { consent: one.consent }))).toEqual(['office']);
    const old = await scene.prepare({ until: '2026-11-19' });
    expect(await faultsOf(sendIt(old))).toEqual(['office']);
    const withdrawn = await scene.prepare();
    await scene.withdraw(withdrawn.consent);
    expect(await faultsOf(sendIt(withdrawn))).toEqual(['office']);
    const { rows } = await scene.owner.query('select 1 from task where patient_id = any ($1::uuid[])', [
      [one.patient, other.patient, old.patient, withdrawn.patient],
    ]);
    expect(rows).toHaveLength(0);
  });

  test('it goes to an office, not to a group or another clinic', async () => {
    const one = await scene.prepare();
    for (const to of [scene.bodies.resource.id, scene.bodies.otherClinic.id, scene.bodies.council.id])
      expect(await faultsOf(sendIt(one, { to }))).toEqual(['office']);
  });

  test('a medical note goes only where the consent names it', async () => {
    const one = await scene.prepare({ items: ['contact', 'answers'] });
    expect(await faultsOf(sendIt(one, { note: '高血圧' }))).toEqual(['note']);
    expect(await outcomeOf(sendIt(one))).toBe('done');
  });

  test('somebody else’s concerns cannot be slipped in', async () => {
    const one = await scene.prepare();
    const other = await scene.prepare();
    expect(await faultsOf(sendIt(one, { conditions: other.conditions }))).toEqual(['needs']);
  });

  test('another clinic cannot send this clinic’s patient', async () => {
    const one = await scene.prepare();
    const work = scene.open(scene.bodies.actors.otherDoctor, (records) =>
      send(records, program, { ...scene.sendingOf(one), conditions: [] }),
    );
    expect(await outcomeOf(work)).toBe('invalid');
  });
});
