import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedIn, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { readBack } from '../documents/read.ts';
import { reader } from '../story/reader.ts';
import { signature as drawnSignature } from '../documents/images.ts';
import { claiming, photograph } from '../security/pictures.ts';

let service: Service;
let reception: Desk;
let patient: string;
let sent: { patientId: string };
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
  const clinic = service.demo.bodies.clinics[0]?.id;
  const cases = service.demo.cases.filter((one) => one.clinicId === clinic);
  const accepted = cases.find((one) => one.state === 'in-progress');
  const fresh = cases.find((one) => !one.consentedAt);
  if (!accepted || !fresh) throw new Error('The demo lacks a case');
  sent = accepted;
  patient = `/patients/${fresh.patientId}`;
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const chosen = {
  explainedHow: 'spoken',
  recipients: ['office', 'resource'],
  items: ['contact', 'answers', 'medical-note'],
  signer: 'person',
  evidence: 'paper',
  kept: 'カルテ庫',
};
const until = (page: Seen): Record<string, string> =>
  Object.fromEntries(
    ['year', 'month', 'day'].map((part) => [
      `until-${part}`,
      new RegExp(`name="until-${part}"[^>]*value="(\\d+)"`).exec(page.html)?.[1] ?? '',
    ]),
  );
const explainer = (page: Seen): Record<string, string> => ({
  explainedBy: /<option value="([0-9a-f-]{36})"[^>]*selected/.exec(page.html)?.[1] ?? '',
});
/** The form without what an earlier attempt left in it. */
const emptied = async (): Promise<Seen> => {
  const page = await reception.get(`${patient}/consents/new`);
  if (!page.html.includes('最初から入力する')) return page;
  return reception.get((await reception.send(page, '/typed-forms/forget')).location);
};
const give = async (fields: Record<string, string | string[]>, files: Record<string, Blob> = {}) => {
  const page = await emptied();
  return reception.sendFiles(
    page,
    '/consents',
    { ...chosen, ...until(page), ...explainer(page), ...fields },
    files,
  );
};
const newest = async (): Promise<string> => {
  const hub = await reception.get(patient);
  return /\/consents\/[0-9a-f-]{36}/.exec(hub.html)?.[0] ?? '';
};
const printed = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await (await reader(service, 'reception')).get(path)).arrayBuffer());
const blob = (bytes: Buffer): Blob => new Blob([new Uint8Array(bytes)]);

test('what to do next stands on a person’s page once', async () => {
  const { html } = await reception.get(patient);
  const [, next = ''] = /次にすること[\s\S]*?<a class="button[^"]*" href="([^"]+)"/.exec(html) ?? [];
  expect(next).toMatch(/^\/patients\//);
  expect(html.split(`href="${next}"`)).toHaveLength(2);
});

describe('taking consent', () => {
  test('the form names the person who is signed in and ends in a year, and has nothing ticked', async () => {
    const page = await reception.get(`${patient}/consents/new`);
    expect(explainer(page)['explainedBy']).not.toBe('');
    expect(Number(until(page)['until-year'])).toBe(service.now().getUTCFullYear() + 1);
    expect(page.html).not.toMatch(/<input[^>]*type="(?:radio|checkbox)"[^>]*\schecked/);
    expect(page.html).toContain('同意しなくても、診療で不利になることはありません');
  });

  test('an empty form says all that is missing', async () => {
    const again = await reception.sendFiles(
      await reception.get(`${patient}/consents/new`),
      '/consents',
      {},
      {},
    );
    expect(again.status).toBe(422);
    for (const says of [
      '説明した人',
      '説明のしかた',
      '伝えてよい相手',
      '伝えてよい内容',
      'いつまで',
      '署名する人',
    ])
      expect(again.html).toContain(says);
    expect(again.html.match(/<li><a href="#field/g)?.length).toBe(7);
  });

  test('one press ticks all that the paper names, keeps what was typed, and records nothing yet', async () => {
    const before = await newest();
    const seen = await give({ fill: 'paper', recipients: [], items: [], kept: '地下の書庫' });
    expect(seen.status).toBe(200);
    expect(await newest()).toBe(before);
    const boxes = (name: string): string[] =>
      seen.html.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`, 'g')) ?? [];
    for (const name of ['recipients', 'items']) {
      expect(boxes(name).length).toBeGreaterThan(2);
      expect(boxes(name).every((one) => one.includes(' checked'))).toBe(true);
    }
    for (const name of ['alsoResident', 'alsoResource'])
      expect(boxes(name).some((one) => one.includes(' checked'))).toBe(false);
    expect(seen.html).toContain('value="地下の書庫"');
    expect(seen.html).toContain('まだ記録していません');
    // The Enter key presses the first button of a form: never the one that ticks.
    const [first = ''] =
      /<button[^>]*type="submit"[^>]*>/.exec(seen.html.slice(seen.html.indexOf('id="giving"'))) ?? [];
    expect(first).not.toContain('fill');
    expect((await reception.send(seen, '/consents', {})).status).toBe(422);
  });

  test('on paper it is recorded and shown in plain words, and printed', async () => {
    expect((await give({})).location).toBe(`${patient}?said=consented#consent`);
    const path = await newest();
    const page = await reception.get(path);
    for (const says of ['リンクワーカーのいる窓口', '問診票の答え', '同意書（紙、カルテ庫）', '有効'])
      expect(page.html).toContain(says);
    expect((await reception.get(`${path}/form.pdf`)).headers.get('content-type')).toBe('application/pdf');
    // In every other way that its form can be printed, too; not a second time as it was signed.
    const ways = [...page.html.matchAll(/href="[^"]+form\.pdf\?([^"]+)"/g)].map(([, way]) => way);
    expect(ways).toContain('words=ja&amp;furigana=on');
    expect(ways).toContain('words=ja-x-easy');
    expect(ways).not.toContain('words=ja');
    expect((await reception.get(`${path}/form.pdf?words=ja&furigana=on`)).status).toBe(200);
    expect((await reception.get(`${path}/scan`)).status).toBe(404);
  });

  test('drawn on the screen, the signature is kept as a picture', async () => {
    const png = drawnSignature();
    const signature = `data:image/png;base64,${png.toString('base64')}`;
    expect((await give({ evidence: 'drawn', signature })).status).toBe(303);
    const path = await newest();
    const shown = await reception.get(`${path}/scan`);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect((await reception.get(`${path}/form.pdf`)).status).toBe(200);
  });

  test('a PDF of the paper is kept as it is; what is no picture or PDF is refused beside other faults', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%a copy\n%%EOF');
    expect((await give({ evidence: 'scan' }, { scan: blob(pdf) })).status).toBe(303);
    const shown = await reception.get(`${await newest()}/scan`);
    expect([shown.headers.get('content-type'), shown.html]).toEqual(['application/pdf', pdf.toString()]);
    // A PDF may hold a program: no browser opens it as a page of ours.
    expect(shown.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(shown.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    );
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');

    const html = await give({ evidence: 'scan', items: ['plan'] }, { scan: blob(Buffer.from('<script>')) });
    expect(html.status).toBe(422);
    expect(html.html).toContain('このファイルは使えません');
    expect(html.html).toContain('連絡できません');
    const large = await give({ evidence: 'scan' }, { scan: blob(Buffer.alloc(6_000_000)) });
    expect(large.status).toBe(422);
    expect(large.html).toContain('ファイルが大きすぎます');
    expect(large.html).toMatch(/value="answers"[^>]*checked|checked[^>]*value="answers"/);
  });

  test('a photograph of the paper is kept without the place where it was taken; one that is none is refused in words', async () => {
    expect((await give({ evidence: 'scan' }, { scan: blob(await photograph()) })).status).toBe(303);
    const kept = await printed(`${await newest()}/scan`);
    expect([kept.subarray(0, 3).toString('hex'), kept.includes('SECRET')]).toEqual(['ffd8ff', false]);

    const bomb = await give({ evidence: 'scan' }, { scan: blob(claiming(10_000, 5_000)) });
    expect([bomb.status, bomb.html.includes('画素が多すぎます')]).toEqual([422, true]);
    const heic = await give(
      { evidence: 'scan' },
      { scan: blob(Buffer.from('\0\0\0\x18ftypheic', 'latin1')) },
    );
    expect([heic.status, heic.html.includes('互換性優先')]).toEqual([422, true]);
  });

  test('somebody signing in the person’s place says who they are and why', async () => {
    const again = await give({ signer: 'proxy', proxyName: '試験 一郎' });
    expect(again.status).toBe(422);
    expect(again.html).toContain('ご本人との関係を入力してください');
    expect(again.html).toContain('ご本人が署名できないわけを入力してください');
    const full = { signer: 'proxy', proxyName: '試験 一郎', proxyRelation: '長男', proxyWhy: '手が動かない' };
    expect((await give(full)).status).toBe(303);
    expect((await reception.get(await newest())).html).toContain('試験 一郎（長男、手が動かない）');
  });
});

describe('taking it back', () => {
  test('says first what will happen, to whom; then the office no longer sees the person', async () => {
    const hub = await reception.get(`/patients/${sent.patientId}`);
    const path = /\/consents\/[0-9a-f-]{36}/.exec(hub.html)?.[0] ?? '';
    const linkworker = await signedIn(service, 'linkworker');
    expect((await linkworker.get(path)).status).toBe(200);

    const choose = await reception.get(`${path}/withdraw`);
    expect(choose.html).toContain('名前・住所・電話番号');
    expect((await reception.get(`${path}/withdraw/check`)).status).toBe(422);
    expect((await reception.get(`${path}/withdraw/check?scope=part`)).html).toContain('相手か内容を一つ以上');
    const part = await reception.get(`${path}/withdraw/check?scope=part&item=plan`);
    expect(part.html).toContain('支援の計画と、その後のようすが見られなくなります');

    const check = await reception.get(`${path}/withdraw/check?scope=whole`);
    expect(check.html).toContain('何も見られなくなります');
    expect(check.html).toContain('への紹介は、その場で終わります');
    const unsaid = await reception.send(check, '/withdraw', { why: 'other' });
    expect(unsaid.status).toBe(422);
    expect((await linkworker.get(path)).status).toBe(200);

    const done = await reception.send(check, '/withdraw', { why: 'person' });
    expect(done.location).toBe(`${path}?said=withdrawn`);
    const page = await reception.get(done.location);
    expect(page.html).toContain('撤回済み');
    // Said before anything else, on the page and on the sheet.
    expect(page.html.indexOf('撤回済み（20')).toBeLessThan(page.html.indexOf('この同意で見られること'));
    expect(page.html).toMatch(/撤回済み（20\d+年/);
    const [sheet = ''] = (await readBack(await printed(`${path}/form.pdf`))).pages;
    expect(sheet).toContain('撤回済み（令和');
    expect(sheet.indexOf('撤回済み（')).toBeLessThan(sheet.indexOf('お名前'));
    expect(page.html).toContain('ご本人の申し出');
    const lost = await linkworker.get(path);
    expect([lost.status, lost.html.includes('ご本人が同意を取り消したため')]).toEqual([410, true]);
    expect((await reception.get(`${path}/withdraw`)).location).toBe(path);
  });
});
