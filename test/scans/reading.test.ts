import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { registerSheet } from '../../src/documents/printed.ts';
import { invalid } from '../../src/kernel/problem.ts';
import { fileInRecord, putAway, throwAway, turn } from '../../src/scans/filing.ts';
import { findCases, isReading, readPage } from '../../src/scans/queries.ts';
import { takeIn } from '../../src/scans/take-in.ts';
import { text } from '../../src/scans/text.ts';
import { faultsOf, outcomeOf } from '../referral/fixture.ts';
import { makeScene, page, paper, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.close());

const sheetOf = (task: string, kind = 'referral') =>
  scene.open(scene.bodies.actors.doctor, (records) =>
    registerSheet(records, { kind, about: { type: 'Task', id: task }, language: 'ja' }),
  );

describe('a file that comes in', () => {
  test.each([
    ['text', () => Promise.resolve(Buffer.from('just words'))],
    ['a PDF that is cut short', () => Promise.resolve(Buffer.from('%PDF-1.7\n1 0 obj'))],
    [
      'a PDF with a password',
      () => Promise.resolve(Buffer.from('%PDF-1.7\ntrailer <</Encrypt 5 0 R>>\n%%EOF')),
    ],
    ['HEIC', () => Promise.resolve(Buffer.from('\0\0\0\x18ftypheic'))],
    ['what is too large', async () => Buffer.concat([await paper(1), Buffer.alloc(20_000_001)])],
  ])('is refused with its name when it is %s, and nothing of the others is stored', async (_what, make) => {
    const { linkworker } = scene.bodies.actors;
    const before = await scene.tray(linkworker);
    const files = [
      { name: 'good.png', bytes: await paper(400) },
      { name: 'wrong.bin', bytes: await make() },
    ];
    const work = scene.open(linkworker, (records) => takeIn(records, files));
    await expect(work).rejects.toMatchObject({
      problem: {
        kind: 'invalid',
        issues: [{ path: 'files', says: { ja: expect.stringContaining('wrong.bin') } }],
      },
    });
    expect(await scene.tray(linkworker)).toEqual(before);
  });

  test('is known when it comes a second time, and may come again once it was thrown away', async () => {
    const { linkworker, otherLinkworker } = scene.bodies.actors;
    const files = [{ name: 'twice.png', bytes: await paper(300) }];
    const send = (actor = linkworker) => scene.open(actor, (records) => takeIn(records, files));
    await send();
    expect(await faultsOf(send())).toEqual(['files']);
    // Another body knows nothing of it.
    expect(await send(otherLinkworker)).toBe(1);
    scene.seeing(async () => [await page(1)]);
    await scene.read();
    const [waits] = (await scene.tray(linkworker)).pages;
    await scene.open(linkworker, (records) => throwAway(records, waits?.id ?? '', '宛先違い'));
    expect(await outcomeOf(send())).toBe('done');
    await scene.read();
  });

  test('that cannot be read says why, in its own line', async () => {
    const { linkworker } = scene.bodies.actors;
    const says = { ja: '壊れています。', en: 'It is damaged.' };
    await scene.open(linkworker, async (records) =>
      takeIn(records, [{ name: 'broken.png', bytes: await paper(200) }]),
    );
    scene.seeing(() => Promise.reject(invalid({ path: '', says })));
    await scene.read();
    const { files } = await scene.tray(linkworker);
    expect(files).toMatchObject([{ name: 'broken.png', state: 'refused', fault: says }]);
  });

  test('is refused when the service itself ended three times while it read it', async () => {
    const { reception } = scene.bodies.actors;
    await scene.open(reception, async (records) =>
      takeIn(records, [{ name: 'deadly.png', bytes: await paper(202) }]),
    );
    const died = (attempts: number, minutes: number): Promise<unknown> =>
      scene.owner.query(
        `update scan set state = 'reading', attempts = $1, claimed_at = now() - $2 * interval '1 minute' where name = 'deadly.png'`,
        [attempts, minutes],
      );
    const line = async () => (await scene.tray(reception)).files.find((one) => one.name === 'deadly.png');
    scene.seeing(() => Promise.reject(new Error('not to be read again')));
    // Somebody else may be reading it still.
    await died(3, 9);
    await scene.read();
    expect((await line())?.state).toBe('reading');
    await died(3, 11);
    await scene.read();
    const given = await line();
    expect([given?.state, given?.fault]).toEqual(['refused', text.broken]);
    expect(isReading((await scene.tray(reception)).files)).toBe(false);
    await scene.open(reception, (records) => putAway(records, given?.id ?? ''));
  });

  test('is given back, as if nobody had begun, when the service stops while it is read', async () => {
    const { linkworker } = scene.bodies.actors;
    await scene.open(linkworker, async (records) =>
      takeIn(records, [{ name: 'halfway.png', bytes: await paper(203) }]),
    );
    const stopping = new AbortController();
    const asked: string[] = [];
    await scene.read(
      (_file, kind, stopped) =>
        new Promise((_resolve, reject) => {
          asked.push(kind);
          stopped?.addEventListener('abort', () => reject(stopped.reason as Error));
          stopping.abort();
        }),
      stopping.signal,
    );
    expect(asked).toEqual(['png']);
    const { rows } = await scene.owner.query(
      `select state, attempts, bytes is not null as kept from scan where name = 'halfway.png'`,
    );
    expect(rows).toEqual([{ state: 'waiting', attempts: 0, kept: true }]);
    await scene.read(() => Promise.resolve([]));
  });

  test('of many pages is kept and looked up at once, not page by page', async () => {
    const { linkworker } = scene.bodies.actors;
    const sheet = await scene.open(linkworker, (records) =>
      registerSheet(records, { kind: 'fax-request', language: 'ja' }),
    );
    const pages = await Promise.all(
      Array.from({ length: 12 }, (_, n) => page(n + 1, { code: { sheet, page: 1, pages: 1 } })),
    );
    const before = scene.opened();
    const brought = await scene.bring(linkworker, pages);
    expect(brought.map(({ number, why }) => `${String(number)} ${String(why)}`)).toEqual(
      pages.map(({ number }) => `${String(number)} blank`),
    );
    // Keeping them, looking them up, saying why they wait.
    expect(scene.opened() - before).toBe(3);
  });

  test('is tried three times when the reader itself fails, and then given up with a sentence', async () => {
    const { reception } = scene.bodies.actors;
    await scene.open(reception, async (records) =>
      takeIn(records, [{ name: 'unlucky.png', bytes: await paper(201) }]),
    );
    let tries = 0;
    scene.seeing(() => {
      tries++;
      return Promise.reject(new Error('out of memory'));
    });
    await scene.read();
    await scene.read();
    expect(tries).toBe(3);
    const { files } = await scene.tray(reception);
    expect(files).toMatchObject([{ name: 'unlucky.png', state: 'refused' }]);
  });
});

describe('a page with a code', () => {
  test('lies in its case by itself, in the order of nobody, and another picture of it waits', async () => {
    const { linkworker } = scene.bodies.actors;
    const { task, patient } = await scene.refer();
    const sheet = await sheetOf(task);
    const code = (n: number) => ({ sheet, page: n, pages: 2 });
    await scene.bring(linkworker, [await page(1, { code: code(2) }), await page(2, { code: code(1) })]);
    const documents = await scene.open(linkworker, (records) =>
      records.find('DocumentReference', [['patient', patient]]),
    );
    expect(documents.map((one) => one.description ?? '').toSorted()).toEqual([
      '相談依頼票・紹介状（1ページ目）',
      '相談依頼票・紹介状（2ページ目）',
    ]);
    expect(documents[0]?.context?.related).toEqual([{ reference: `Task/${task}` }]);
    const [again, ...none] = await scene.bring(linkworker, [await page(1, { code: code(1) })]);
    expect([again, none]).toMatchObject([{ why: 'again' }, []]);
    // Whoever looks at it may file it all the same.
    const place = { patient, task, what: 'referral' } as const;
    const file = scene.open(linkworker, (records) => fileInRecord(records, again?.id ?? '', place));
    expect(await outcomeOf(file)).toBe('done');
  });

  test('that lies twice in one file is filed once', async () => {
    const { linkworker } = scene.bodies.actors;
    const { task } = await scene.refer();
    const code = { sheet: await sheetOf(task), page: 1, pages: 1 };
    const left = await scene.bring(linkworker, [await page(1, { code }), await page(2, { code })]);
    expect(left).toMatchObject([{ number: 2, why: 'again' }]);
  });

  test('of somebody else’s case waits in the tray and tells nothing', async () => {
    const { otherLinkworker } = scene.bodies.actors;
    const { task, patient } = await scene.refer();
    const sheet = await sheetOf(task);
    const code = { sheet, page: 1, pages: 1 };
    expect(await scene.bring(otherLinkworker, [await page(1, { code })])).toMatchObject([{ why: 'unseen' }]);
    const { rows } = await scene.owner.query('select 1 from document_reference where patient_id = $1', [
      patient,
    ]);
    expect(rows).toEqual([]);
  });

  test('of a blank form waits for somebody to say whose it is', async () => {
    const { linkworker } = scene.bodies.actors;
    const sheet = await scene.open(linkworker, (records) =>
      registerSheet(records, { kind: 'questionnaire', language: 'ja' }),
    );
    const code = { sheet, page: 1, pages: 1 };
    expect(await scene.bring(linkworker, [await page(1, { code })])).toMatchObject([{ why: 'blank' }]);
  });
});

describe('a page in the tray', () => {
  const waiting = async () => {
    const [first] = await scene.bring(scene.bodies.actors.linkworker, [await page(1)]);
    return first?.id ?? '';
  };

  test('is turned, found its case by name or number, and filed once', async () => {
    const { linkworker } = scene.bodies.actors;
    const { task, patient, caseNumber } = await scene.refer({}, { family: '受信' });
    const id = await waiting();
    await scene.open(linkworker, (records) => turn(records, id, 90));
    expect(await scene.open(linkworker, (records) => readPage(records, id))).toMatchObject({ turn: 90 });
    for (const typed of ['受信', caseNumber, caseNumber.toLowerCase()])
      expect(await scene.open(linkworker, (records) => findCases(records, typed))).toMatchObject([
        { patient_id: patient, task, case_number: caseNumber },
      ]);
    const place = { patient, task, what: 'other' } as const;
    const file = () => scene.open(linkworker, (records) => fileInRecord(records, id, place));
    const both = await Promise.all([outcomeOf(file()), outcomeOf(file())]);
    expect(both.toSorted()).toEqual(['conflict', 'done']);
    const { rows } = await scene.owner.query<{ png: Buffer | null; state: string }>(
      'select png, state from scan_page where id = $1',
      [id],
    );
    // The picture is in the record, and nowhere else.
    expect(rows).toEqual([{ png: null, state: 'filed' }]);
  });

  test('is not filed with somebody whom the body does not see, nor under another person’s case', async () => {
    const { linkworker, otherLinkworker } = scene.bodies.actors;
    const one = await scene.refer();
    const two = await scene.refer();
    const id = await waiting();
    const file = (place: { patient: string; task: string | undefined }, actor = linkworker) =>
      outcomeOf(scene.open(actor, (records) => fileInRecord(records, id, { ...place, what: 'other' })));
    expect(await file({ patient: randomUUID(), task: undefined })).toBe('not-found');
    expect(await file({ patient: one.patient, task: two.task })).toBe('not-found');
    // Nor does another body get at the page itself.
    expect(await file({ patient: one.patient, task: one.task }, otherLinkworker)).toBe('not-found');
    expect(await scene.open(otherLinkworker, (records) => readPage(records, id))).toBeUndefined();
    expect(await file({ patient: one.patient, task: one.task })).toBe('done');
  });

  test('that is thrown away leaves its reason and no picture', async () => {
    const { linkworker } = scene.bodies.actors;
    const id = await waiting();
    await scene.open(linkworker, (records) => throwAway(records, id, '広告'));
    const { done } = await scene.tray(linkworker);
    expect(done.find((one) => one.id === id)).toMatchObject({
      state: 'thrown',
      reason: '広告',
      by_itself: false,
    });
    expect(await outcomeOf(scene.open(linkworker, (records) => throwAway(records, id, 'x')))).toBe(
      'conflict',
    );
  });
});

test('what the file was called is forgotten as soon as none of its pages waits', async () => {
  const { linkworker } = scene.bodies.actors;
  const namesLeft = async (): Promise<string[]> =>
    (
      await scene.owner.query<{ name: string }>(`select name from scan where name like '%田中花子%'`)
    ).rows.map(({ name }) => name);
  const bring = async (mark: number, name: string, pages: readonly Awaited<ReturnType<typeof page>>[]) => {
    const bytes = await paper(mark);
    await scene.open(linkworker, (records) => takeIn(records, [{ name, bytes }]));
    scene.seeing(() => Promise.resolve(pages));
    await scene.read();
    return (await scene.tray(linkworker)).pages.filter((one) => one.name === name).map(({ id }) => id);
  };
  const [first = '', second = ''] = await bring(520, '田中花子様_紹介.png', [
    await page(521),
    await page(522),
  ]);
  expect(await namesLeft()).toHaveLength(1);
  await scene.open(linkworker, (records) => throwAway(records, first, '白紙'));
  expect(await namesLeft()).toHaveLength(1);
  await scene.open(linkworker, (records) => throwAway(records, second, '白紙'));
  expect(await namesLeft()).toEqual([]);
  expect((await scene.tray(linkworker)).done.map(({ name }) => name)).toContain('');
  // And of a file that could not be read, when somebody has seen that.
  scene.seeing(() => Promise.reject(invalid({ path: '', says: text.broken })));
  const bytes = await paper(523);
  await scene.open(linkworker, (records) => takeIn(records, [{ name: '田中花子.png', bytes }]));
  await scene.read();
  const refused = (await scene.tray(linkworker)).files.find(({ name }) => name === '田中花子.png');
  expect(refused?.state).toBe('refused');
  await scene.open(linkworker, (records) => putAway(records, refused?.id ?? ''));
  expect(await namesLeft()).toEqual([]);
});
