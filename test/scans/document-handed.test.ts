import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registerSheet } from '../../src/documents/printed.ts';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { readCase } from '../../src/referral/case.ts';
import { readTask } from '../../src/referral/record.ts';
import { move } from '../../src/referral/service.ts';
import { recordHanded } from '../../src/scans/document/handed.ts';
import { readShown } from '../../src/scans/document/read.ts';
import { handedWords } from '../../src/scans/document/reply-page.tsx';
import { readContactLine } from '../../src/support/lines.ts';
import { contactLines, readContacts } from '../../src/support/plan.ts';
import { contactKindNames } from '../../src/support/record.ts';
import { makeScene, page, programs, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.close());

test('what a window answered reads as its reply, in the course and in the doctor’s report, and as no contact with the person', async () => {
  const { doctor, linkworker } = scene.bodies.actors;
  const { task } = await scene.refer();
  await scene.open(linkworker, (records) => move(records, programs, { id: task, move: 'accept' }));
  const sheet = await scene.open(linkworker, (records) =>
    registerSheet(records, { kind: 'hand-over', about: { type: 'Task', id: task }, language: 'ja' }),
  );
  expect(await scene.bring(linkworker, [await page(1, { code: { sheet, page: 1, pages: 1 } })])).toEqual([]);
  const caseFor = (who: typeof doctor) => scene.open(who, (records) => readCase(records, programs, task));
  const [document] = (await caseFor(linkworker)).documents;
  const before = readTask(await scene.taskOf(linkworker, task));

  const words = handedWords({ answer: 'taken', words: '架空包括の山田' });
  await scene.open(linkworker, async (records) =>
    recordHanded(records, await readShown(records, document?.id ?? ''), task, words),
  );

  const title = { ja: '窓口からの返事', en: 'Reply of a window' };
  const { course } = await caseFor(linkworker);
  expect(course).toContainEqual(expect.objectContaining({ title, lines: [words] }));
  // Contacts stay in the office: the doctor reads of them in the report, by day and kind.
  for (const shown of [course, (await caseFor(doctor)).course])
    expect(shown.map((one) => one.title.ja)).not.toContain('連絡を試みました');
  const [contact] = await scene.open(linkworker, (records) => readContacts(records, { referral: before }));
  expect(contact).toMatchObject({ kind: 'window-reply', text: words });
  expect(contactLines(contact ? [contact] : []).map(readContactLine)).toEqual([
    { on: dayInTokyo(scene.now()), how: '窓口からの返事' },
  ]);
  const stored = await scene.open(linkworker, (records) => records.read('Communication', contact?.id ?? ''));
  expect(stored.recipient).toBeUndefined();
  expect(stored.subject).toEqual({ reference: `Patient/${before.patient}` });
  // Nobody was met by it.
  const { status, step, due } = readTask(await scene.taskOf(linkworker, task));
  expect({ status, step, due }).toEqual({ status: before.status, step: before.step, due: before.due });
});

test('nobody chooses the reply of a window for a call they made', () => {
  expect(contactKindNames).toEqual(['no-answer', 'reached', 'visited', 'tried']);
});
