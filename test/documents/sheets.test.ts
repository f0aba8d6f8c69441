import { describe, expect, test } from '@jest/globals';
import { consentForm } from '../../src/documents/consent-form.ts';
import { questionnaireSheet } from '../../src/documents/questionnaire-sheet.ts';
import { referralSheet } from '../../src/documents/referral-sheet.ts';
import { reportBack } from '../../src/documents/report-back.ts';
import { requestSheet } from '../../src/documents/request-sheet.ts';
import * as examples from './examples.ts';
import { signature } from './images.ts';
import { letterTables, readBack } from './read.ts';

const documents: Readonly<Record<string, () => Promise<Buffer>>> = {
  'blank questionnaire': () => questionnaireSheet(examples.questionnaire),
  'answered questionnaire': () => questionnaireSheet(examples.answered),
  'blank consent form': () => consentForm(examples.blankConsent),
  'signed consent form': () => consentForm({ ...examples.givenConsent, signature: signature() }),
  'referral sheet': () => referralSheet(examples.referral),
  'request sheet': () => requestSheet(examples.request),
  'request sheet after the welcome': () => requestSheet(examples.welcomed),
  'withdrawn consent form': () =>
    consentForm({ ...examples.givenConsent, ended: { kind: 'withdrawn', on: '2026-12-01' } }),
  'report at the plan': () => reportBack(examples.report),
  'report at the close': () => reportBack(examples.finalReport),
};

test.each(Object.entries(documents))('the %s is tagged, titled, bookmarked and numbered', async (_, draw) => {
  const read = await readBack(await draw());
  expect(read).toMatchObject({ marked: true, language: 'ja-JP' });
  expect(read.bookmarks[0]).toBe(read.title);
  expect(read.bookmarks.length).toBeGreaterThan(1);
  expect(read.roles).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'P']));
  read.pages.forEach((page, i) =>
    expect(page).toContain(`${String(i + 1)} / ${String(read.pages.length)} ページ`),
  );
});

test.each(Object.entries(documents))(
  'the %s printed twice from the same data is the same file',
  async (_, draw) => {
    const first = await draw();
    await referralSheet({
      ...examples.referral,
      reason: '別の紙をあいだに印刷しても、変わらない。\u{2F00}\u{4E00}',
    });
    expect((await draw()).equals(first)).toBe(true);
  },
);

const identifier = (pdf: Buffer) => /\/ID \[<(\w+)>/.exec(pdf.toString('latin1'))?.[1];

test('data put together in another order is the same file, other data another', async () => {
  const reversed = Object.fromEntries(
    Object.entries(examples.referral).toReversed(),
  ) as typeof examples.referral;
  const [first, again, other] = await Promise.all([
    referralSheet(examples.referral),
    referralSheet(reversed),
    referralSheet({ ...examples.referral, urgency: 'routine' }),
  ]);
  expect(again.equals(first)).toBe(true);
  expect(identifier(first)).toMatch(/^\w{32}$/);
  expect(identifier(other)).not.toBe(identifier(first));
});

test('a patient named 𠮷田 and a doctor named 髙﨑 can be searched for', async () => {
  const { pages } = await readBack(await referralSheet(examples.referral));
  expect(pages[0]).toContain('𠮷田 ハナ');
  expect(pages[0]).toContain('髙﨑 直樹');
});

test('a variation selector in one name does not stick to the same letter elsewhere', async () => {
  const pdf = await consentForm({ ...examples.givenConsent, purpose: '葛\u{E0100}城さんと葛飾区' });
  const { pages } = await readBack(pdf);
  expect(pages.join('')).toContain('葛城さんと葛飾区');
  expect(pages.join('')).not.toMatch(/[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/u);
  expect(letterTables(pdf)).not.toContain('db40');
});

test('the fonts are embedded and cut down to the letters used', async () => {
  const pdf = await referralSheet(examples.referral);
  const raw = pdf.toString('latin1');
  expect(raw.startsWith('%PDF-1.7')).toBe(true);
  expect(raw).toMatch(/\/FontName \/[A-Z]{6}\+BIZUDPGothic-Regular/);
  expect(raw).not.toContain('Helvetica');
  expect(pdf.length).toBeLessThan(150_000);
});

test("Noto is not in a file that doesn't need it", async () => {
  const raw = (await questionnaireSheet(examples.questionnaire)).toString('latin1');
  expect(raw).not.toContain('NotoSansJP');
});

test("a doctor's long note goes on over the pages, whole, each saying which of how many it is", async () => {
  const note = Array.from(
    { length: 90 },
    (_, i) => `${String(i + 1)}回目の記録です。散歩に出られるようになりました。`,
  );
  const { pages } = await readBack(await referralSheet({ ...examples.referral, note: note.join('') }));
  expect(pages.length).toBeGreaterThan(2);
  const all = pages.join('').replaceAll(/\s/g, '');
  for (const line of ['1回目の記録です', '45回目', '90回目の記録です']) expect(all).toContain(line);
  pages.forEach((page, i) => expect(page).toContain(`${String(i + 1)} / ${String(pages.length)} ページ`));
  expect(pages[0]).toContain(`${String(pages.length)}枚`);
  for (const page of pages) expect(page).toContain('案件番号 AK-2026-00123');
});

test('a questionnaire of a hundred questions keeps every question', async () => {
  const questions = Array.from({ length: 100 }, (_, i) => ({
    number: i + 1,
    text: `質問その${String(i + 1)}です。`,
    kind: 'choice' as const,
    options: [
      { label: 'はい', chosen: false },
      { label: 'いいえ', chosen: true },
    ],
  }));
  const { pages } = await readBack(
    await questionnaireSheet({ ...examples.questionnaire, sections: [{ questions }] }),
  );
  for (const { text } of questions) expect(pages.join('')).toContain(text);
});

test('what is not known leaves no empty label behind', async () => {
  const { patient: known, note: _note, answerBy: _by, answer: _answer, ...needed } = examples.referral;
  const pdf = await referralSheet({
    ...needed,
    patient: { name: known.name },
    needs: [],
    consent: { recipients: [], items: [], givenOn: '2026-11-21' },
    from: { organization: 'みずほの杜内科クリニック（架空）' },
  });
  const [page = ''] = (await readBack(pdf)).pages;
  expect(page).toContain('𠮷田 ハナ');
  for (const label of [
    'フリガナ',
    '生年月日',
    '性別',
    '住所',
    '電話番号',
    '保険者',
    '連絡のしかた',
    'お返事の期限',
    '困りごと',
    '医師からの申し送り',
    '同意した人',
    '説明した人',
    '有効な期間',
    '伝えてよい',
    'お返事はこちら',
  ])
    expect(page).not.toContain(label);
});

test('a report tells only what there is to tell', async () => {
  const empty = { goals: [], resources: [], contacts: [], outcomes: [], nextSteps: [] };
  const { decided: _decided, referredOn: _on, ...rest } = examples.finalReport;
  const { bookmarks } = await readBack(await reportBack({ ...rest, ...empty, kind: 'closed' }));
  expect(bookmarks).toEqual(['返書：支援の結果のお知らせ']);
});

test('the request to a community group carries nothing of the insurer and offers three answers', async () => {
  const read = await readBack(await requestSheet(examples.request));
  expect(read.pages).toHaveLength(1);
  for (const words of [
    'お受けできます',
    '今は満員です',
    '合いません',
    '018-000-0202',
    '令和8年12月18日まで有効',
  ])
    expect(read.pages[0]).toContain(words);
  expect(read.pages[0]).not.toContain('保険者');
  expect(read.alts).toContain(`四角い印（QRコード）　${examples.request.answer?.url ?? ''}`);
});

test('a ticked box is told from an empty one by a screen reader', async () => {
  const { alts } = await readBack(await consentForm(examples.givenConsent));
  expect(alts.filter((alt) => alt === '印あり')).toHaveLength(6);
  expect(alts.filter((alt) => alt === '印なし')).toHaveLength(1);
});

test('the referral sheet does not pass itself off as a medical information letter', async () => {
  const { pages } = await readBack(await referralSheet(examples.referral));
  expect(pages.join('')).not.toContain('診療情報提供書');
});

test('a sheet in English says everything of its own in English', async () => {
  const read = await readBack(await requestSheet({ ...examples.request, language: 'en' }));
  expect(read).toMatchObject({ language: 'en', title: 'A request to your group' });
  expect(read.pages.join(' ')).toMatch(/Until 18 ?December 2026/);
  expect(read.pages[0]).toContain('Page 1 of');
});

test('the report is addressed to the doctor where one is known, and to the clinic where none is', async () => {
  const known = (await readBack(await reportBack(examples.report))).pages[0] ?? '';
  expect(known).toContain('髙﨑 直樹 先生 御侍史');
  expect(known).not.toContain('御中');
  const { person: _doctor, ...clinic } = examples.report.to;
  const unknown = (await readBack(await reportBack({ ...examples.report, to: clinic }))).pages[0] ?? '';
  expect(unknown).toContain(`${clinic.organization} 御中`);
  expect(unknown).not.toContain('先生 御侍史');
});

test('the request sheet has the number of the request and no way to the person; after the welcome the other way about', async () => {
  const before = (await readBack(await requestSheet(examples.request))).pages.join('');
  expect(before).toContain('依頼番号 AK-2026-00123-1');
  expect(before).toContain('お受けいただいたあとにお伝えします');
  const after = (await readBack(await requestSheet(examples.welcomed))).pages.join('');
  for (const words of ['018-000-0301', '本町四丁目5番6号']) {
    expect(before).not.toContain(words);
    expect(after).toContain(words);
  }
  for (const words of ['お受けできます', 'まで有効', '案件番号']) expect(after).not.toContain(words);
});

test.each([
  [{ kind: 'withdrawn', on: '2026-12-01' }, '撤回済み（令和8年12月1日）'],
  [{ kind: 'withdrawn' }, '撤回済み'],
  [{ kind: 'expired', on: '2027-11-20' }, '期限切れ（令和9年11月20日まで）'],
] as const)('a consent that no longer holds says so first, and on every page: %j', async (ended, says) => {
  const { pages } = await readBack(await consentForm({ ...examples.givenConsent, ended }));
  expect(pages[0]?.indexOf('いまは使えません')).toBeLessThan(pages[0]?.indexOf('伝えますか') ?? 0);
  for (const page of pages) expect(page.slice(-60)).toContain(says);
  const { consent } = examples.referral;
  const sheet = await readBack(await referralSheet({ ...examples.referral, consent: { ...consent, ended } }));
  expect(sheet.pages.join('')).toContain('いまは使えません');
  const holding = await readBack(await consentForm(examples.givenConsent));
  expect(holding.pages.join('')).not.toMatch(/撤回済み|期限切れ/);
});

describe('no page is left with next to nothing on it', () => {
  const resources = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      name: `つどいの場 その${String(i + 1)}（架空）`,
      purpose: '週に一度の集まりに、見学から参加すること',
      state: '居場所・支援につながった：毎週来ている',
    }));
  const contacts = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ on: `2027-01-${String(i + 1).padStart(2, '0')}`, how: '電話' }));

  test.each([0, 1, 2, 3, 5, 7, 8, 9, 10, 12, 15, 18, 22, 28])(
    'a report at the close with %i contacts',
    async (count) => {
      const { pages } = await readBack(
        await reportBack({
          ...examples.finalReport,
          goals: examples.report.goals,
          resources: resources(3),
          contacts: contacts(count),
        }),
      );
      const last = (pages.at(-1) ?? '').replaceAll(/\s/g, '');
      expect(last).toContain('担当');
      const rows = [...last.matchAll(/令和9年1月\d+日/g)].length;
      // Of a table that goes over, at least two rows go, under their headings.
      if (pages.length > 1 && rows > 0) {
        expect(rows).toBeGreaterThanOrEqual(Math.min(count, 2));
        expect(last).toContain('日付方法');
      }
      const all = pages.join('');
      for (const { on } of contacts(count))
        expect(all).toContain(`令和9年1月${String(Number(on.slice(-2)))}日`);
      expect(last.length).toBeGreaterThan(100);
    },
  );

  test('a table whose heading would stay behind goes to the next page with it', async () => {
    for (let lines = 1; lines < 40; lines += 3) {
      const decided = Array.from({ length: lines }, (_, i) => `${String(i + 1)}つめのこと。`).join('\n');
      const { pages } = await readBack(
        await reportBack({ ...examples.report, decided, resources: resources(2), contacts: [] }),
      );
      const page = pages.find((one) => one.includes('つないだ先')) ?? '';
      for (const { name } of resources(2)) expect(page).toContain(name);
    }
  });
});
