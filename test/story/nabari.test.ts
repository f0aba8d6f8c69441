import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { arrived, jpegFile, pdfOf, printed, tiffOf, type Way } from '../scans/paper.ts';
import { startService, type Service } from '../support/service.ts';
import { choose, heading, press, writeDay } from './story.ts';
import { visitor, type Visitor } from './visitor.ts';

let service: Service;
let browser: Browser;
let worker: Visitor;
let doctor: Visitor;
let reception: Visitor;
let elsewhere: Visitor;
let clerk: Visitor;
const faults = (): string[] => [worker, doctor, reception, elsewhere, clerk].flatMap((one) => one.faults);

beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
  const posts = await service.owner.query<{ id: string; organization_id: string }>(
    `select p.id, p.organization_id from practitioner_role p join organization o on o.id = p.organization_id
      where o.content ->> 'name' = '朝凪北地域包括支援センター' and p.content::text like '%linkworker%' limit 1`,
  );
  const [post] = posts.rows;
  await service.owner.query(
    `insert into account (id, login, password_hash, name, role, organization_id, post_id)
      select $1, 'north', password_hash, '北の窓口', role, $2, $3 from account where login = 'linkworker'`,
    [randomUUID(), post?.organization_id, post?.id],
  );
  // Reception of a clinic that runs the program.
  await service.owner.query(
    `insert into account (id, login, password_hash, name, role, organization_id, post_id)
      select $1, 'clerk', a.password_hash, '名張の受付', 'reception', p.organization_id, p.id
      from account a, lateral (select p.id, p.organization_id from practitioner_role p
        join organization o on o.id = p.organization_id
        where o.content::text like '%/program/nabari%' and 'clinic' = any (o.type)
          and exists (select 1 from patient x where x.organization_id = o.id) limit 1) p
      where a.login = 'reception'`,
    [randomUUID()],
  );
  clerk = await visitor(browser, service, { login: 'clerk' });
  worker = await visitor(browser, service, { login: 'linkworker' });
  doctor = await visitor(browser, service, { login: 'doctor' });
  reception = await visitor(browser, service, { login: 'reception', width: 360, height: 740 });
  elsewhere = await visitor(browser, service, { login: 'north', script: false });
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const pdf = async ({ page }: Visitor, path: string): Promise<Buffer> => {
  const answer = await page.context().request.get(path);
  expect([path, answer.status(), answer.headers()['content-type']]).toEqual([path, 200, 'application/pdf']);
  return answer.body();
};
/** Sheets as a fax machine at normal resolution hands them on: askew, upside down, in black and white, with specks. */
const fax: Way = { across: 204, lines: 196, skew: 1.1, quarters: 2, black: 170, specks: 0.0005 };
const faxed = async (sheet: Buffer): Promise<Buffer> =>
  tiffOf(
    await Promise.all((await printed(sheet)).map(async (one) => ({ ...(await arrived(one, fax)), ...fax }))),
  );

/** Brings a file in and waits until it has been read; the tray renews itself. */
async function bringIn({ page }: Visitor, name: string, buffer: Buffer): Promise<void> {
  await page.goto('/scans');
  await press(page, 'ファイルを取り込む');
  await page.getByLabel(/^ファイル/).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await press(page, '取り込む');
  await page.getByText('取り込みました。').waitFor();
  await page.getByText('読み取り中').waitFor({ state: 'detached', timeout: 60_000 });
}
const shot = async ({ page }: Visitor, name: string): Promise<void> => {
  const shots = process.env['SHOTS'];
  if (shots === undefined) return;
  fs.mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/nabari-${name}.png`, fullPage: true });
};

let referral = '';

/** Each part goes on from the one before. */
let broken = false;
const chapter = (title: string, happens: () => Promise<void>): void => {
  test(
    title,
    async () => {
      if (broken) throw new Error('The story had ended before.');
      broken = true;
      try {
        await happens();
      } catch (error) {
        for (const [i, one] of [worker, doctor, reception, elsewhere, clerk].entries())
          await shot(one, `broken-${String(i)}`).catch(() => undefined);
        throw error;
      }
      expect(faults()).toEqual([]);
      broken = false;
    },
    120_000,
  );
};

chapter('a request sheet comes by fax and waits in the tray, since it names nobody', async () => {
  await bringIn(worker, 'fax-0012.tif', await faxed(await pdf(worker, '/scans/request-sheet.pdf')));
  await shot(worker, 'tray');
  const row = worker.page.getByRole('row', { name: /fax-0012\.tif/ });
  expect(await row.innerText()).toContain('お名前の入っていない用紙です');
  await row.getByRole('link').click();
  const picture = worker.page.getByRole('img', { name: '届いたページの画像' });
  // Upright again, and not the grey of nothing.
  expect(await picture.evaluate((one: HTMLImageElement) => one.naturalHeight > one.naturalWidth)).toBe(true);
  await shot(worker, 'page');
});

const fill = async (page: Page): Promise<void> => {
  await page.getByLabel(/^送ってきた医療機関/).selectOption({ label: clinicOf('doctor') });
  await page.getByLabel(/^姓(?!の)/).fill('紙屋');
  await page.getByLabel(/^名(?!の)/).fill('ふみ');
  await page.getByLabel(/^姓のフリガナ/).fill('かみや');
  await page.getByLabel(/^名のフリガナ/).fill('フミ');
  await writeDay(page, /^生年月日/, '1939-02-03');
  await page.getByLabel(/^電話番号/).fill('050-0000-0009');
  await choose(page, /^急ぎ具合/, 'お急ぎ');
  await choose(page, /^困りごと/, '介護の負担');
  await page.getByLabel(/^依頼の内容/).fill('夫の介護で眠れていない。休める日がほしい。');
};

chapter(
  'the office registers it beside the picture, and is told of everything that lacks at once',
  async () => {
    const { page } = worker;
    await press(page, 'FAXで届いた相談依頼として登録する');
    expect(await heading(page)).toBe('FAXで届いた相談依頼の登録');
    await fill(page);
    await press(page, '登録して紹介のページへ');
    const summary = page.getByRole('alert');
    expect(await summary.innerText()).toContain('同意の署名がない紙は登録できません');
    expect(await summary.innerText()).toContain('同意の日を入れてください');
    await shot(worker, 'registering');
    // What was typed is still there.
    expect(await page.getByLabel(/^姓(?!の)/).inputValue()).toBe('紙屋');
    await page.getByLabel(/^同意の署名を、この紙で確かめました/).check();
    const day = new Date(service.now().getTime() - 2 * 86_400_000).toISOString().slice(0, 10);
    await choose(page, /^紙に書いてある同意の日/, 'ほかの日');
    await writeDay(page, /^同意の日/, day);
    await press(page, '登録して紹介のページへ');
    expect(await heading(page)).toBe('紙屋 ふみさんの紹介');
    referral = new URL(page.url()).pathname;
    expect(await page.getByRole('main').innerText()).toContain('受け取った窓口が登録しました');
    await shot(worker, 'case');
  },
);

chapter('the clinic finds it in its own list, with the sheet that it sent', async () => {
  const { page } = doctor;
  await page.goto('/referrals');
  await page.getByRole('link', { name: /紙屋/ }).first().click();
  expect(new URL(page.url()).pathname).toBe(referral);
  await page.getByRole('link', { name: /相談依頼票・紹介状/ }).click();
  await page.getByRole('img', { name: '届いたページの画像' }).waitFor();
  await shot(doctor, 'document');
});

chapter('the office accepts, and answers by a fax sheet to the clinic’s number', async () => {
  const { page } = worker;
  await page.goto(referral);
  await press(page, '引き受ける');
  await page.getByText('引き受けました。').waitFor();
  await page.goto(`${referral}/reports`);
  await page.getByRole('main').getByRole('link', { name: '引き受けのお知らせ', exact: true }).click();
  const panel = page.locator('#fax');
  expect(await panel.innerText()).toContain('まだFAXで送っていません');
  const reply = await pdf(worker, `${new URL(page.url()).pathname}/fax.pdf`);
  // A cover, and the report.
  expect((await printed(reply)).length).toBe(2);
  if (process.env['SHOTS'] !== undefined) fs.writeFileSync(`${process.env['SHOTS']}/nabari-fax.pdf`, reply);
  await panel.getByRole('button', { name: 'FAXで送ったと記録する' }).click();
  expect(await page.locator('#fax').innerText()).toMatch(/FAX 050-[\d-]+ へ送信/);
  await shot(worker, 'faxed');
  await doctor.page.goto(page.url());
  expect(await doctor.page.locator('#fax').innerText()).toMatch(/へ送信/);
});

chapter('a printed sheet of the case that comes back lies in it by itself', async () => {
  await bringIn(worker, 'scan.jpg', await jpegOf(await pdf(worker, `${referral}/sheet.pdf`)));
  // Newest first, below the head; what the file was called is forgotten with its last page.
  const done = worker.page.locator('#done').getByRole('row').nth(1);
  expect(await done.innerText()).toContain('紹介に入れました（自動）');
  await worker.page.goto(referral);
  expect(await worker.page.locator('#documents').getByRole('link').count()).toBe(2);
});
const jpegOf = async (sheet: Buffer): Promise<Buffer> => {
  const [first] = await printed(sheet);
  if (!first) throw new Error('The sheet has no page.');
  return jpegFile(await arrived(first, { across: 200, skew: -0.8, quarters: 1 }));
};

chapter('it is passed on to the office nearer by, which reads what happened', async () => {
  const { page } = worker;
  await press(page, 'ほかの窓口へ引き継ぐ');
  await page.getByLabel(/^引き継ぎ先/).selectOption({ label: '朝凪北地域包括支援センター' });
  await page.getByLabel(/^引き継ぐ理由/).fill('お住まいの地区の窓口です。');
  await shot(worker, 'passing');
  const sending = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/pass-on'));
  await press(page, '引き継ぐ');
  await page.getByText('引き継ぎました。医師に知らせました。').waitFor();
  // A second tap is told the same.
  const sent = await sending;
  const tapped = await page.context().request.post(sent.url(), {
    data: sent.postData() ?? '',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(sent.url()).origin },
    maxRedirects: 0,
  });
  expect([tapped.status(), tapped.headers()['location']]).toEqual([303, '/inbox?said=passed']);
  await page.goto(referral);
  expect(await page.getByRole('main').innerText()).not.toContain('紙屋');

  const there = elsewhere.page;
  await there.goto('/inbox');
  await there.getByRole('link', { name: /紙屋/ }).first().click();
  const text = await there.getByRole('main').innerText();
  expect(text).toContain('お住まいの地区の窓口です。');
  expect(text).toContain('引き継ぎ元');
  await shot(elsewhere, 'passed');

  await doctor.page.goto(referral);
  const row = doctor.page.getByRole('link', { name: /^朝凪北地域包括支援センター/ });
  await row.click();
  expect(new URL(doctor.page.url()).pathname).toBe(new URL(there.url()).pathname);
});

chapter(
  'the clinic prints the sheet with the name on it, and the office enters it without typing a name',
  async () => {
    const { rows } = await service.owner.query<{ id: string; name: string }>(
      `select p.id, p.content #>> '{name,0,family}' as name from patient p where p.organization_id = (select organization_id from account where login = 'clerk')
      order by exists (select 1 from task t where t.patient_id = p.id), p.id limit 1`,
      [],
    );
    const [person] = rows;
    await clerk.page.goto('/patients');
    expect(await clerk.page.getByRole('link', { name: '相談依頼票（白紙）を印刷する' }).count()).toBe(1);
    await clerk.page.goto(`/patients/${person?.id ?? ''}`);
    const link = clerk.page.getByRole('link', { name: /^相談依頼票を印刷する/ });
    const sheet = await pdf(clerk, (await link.getAttribute('href')) ?? '');
    expect((await printed(sheet)).length).toBe(1);
    if (process.env['SHOTS'] !== undefined)
      fs.writeFileSync(`${process.env['SHOTS']}/nabari-request.pdf`, sheet);
    // Somebody at the office that the sheet was printed for: the one that serves where the person lives.
    await service.owner.query(
      `insert into account (id, login, password_hash, name, role, organization_id, post_id)
      select $1, 'there', a.password_hash, '窓口', 'linkworker', r.office_id, p.id
      from account a, request_sheet r join practitioner_role p on p.organization_id = r.office_id
      where a.login = 'linkworker' and p.content::text like '%linkworker%' limit 1`,
      [randomUUID()],
    );
    const there = await visitor(browser, service, { login: 'there' });
    await bringIn(there, 'fax-0013.tif', await faxed(sheet));
    const { page } = there;
    const row = page.getByRole('row', { name: /fax-0013\.tif/ });
    expect(await row.innerText()).toContain('相談依頼票です');
    await row.getByRole('link').click();
    expect(await page.locator('#whom').innerText()).toContain(person?.name ?? '?');
    await shot(there, 'coded');
    await choose(page, /^困りごと/, '介護の負担');
    await page.getByLabel(/^同意の署名を、この紙で確かめました/).check();
    await page
      .getByRole('radiogroup', { name: /^紙に書いてある同意の日/ })
      .getByLabel(/届いた日/)
      .check();
    await press(page, '登録して紹介のページへ');
    expect(await heading(page)).toContain(person?.name ?? '?');
    expect(await page.getByRole('main').innerText()).toContain('相談依頼票のとおりです');
  },
);

chapter(
  'a group’s sheet that came back is recorded beside the picture, once, as if the group had called',
  async () => {
    const { page } = worker;
    const { rows } = await service.owner.query<{ id: string }>(
      `select t.id from task t join account a on a.organization_id = t.requester_id and a.login = 'linkworker'
      join task o on o.id = t.part_of_id and o.owner_id = a.organization_id and o.status = 'in-progress'
      where t.status = 'requested' limit 1`,
    );
    const id = rows[0]?.id ?? '';
    await page.goto(`/requests/${id}`);
    const form = page.locator(`form[action="/requests/${id}/sheet.pdf"]`);
    const fields = await form
      .locator('input[type=hidden]')
      .evaluateAll((all) =>
        Object.fromEntries(
          all.map((one) => [one.getAttribute('name') ?? '', one.getAttribute('value') ?? '']),
        ),
      );
    const answer = await page.context().request.post(`/requests/${id}/sheet.pdf`, {
      form: fields,
      headers: { origin: new URL(page.url()).origin },
    });
    await bringIn(worker, 'reply.tif', await faxed(await answer.body()));
    await page.locator('#done').getByRole('row').nth(1).getByRole('link').click();
    const document = new URL(page.url()).pathname;
    await press(page, '画像を見ながら入力する');
    await page.getByRole('img', { name: '届いたページの画像' }).waitFor();
    await shot(worker, 'reply');
    await press(page, '記録する');
    expect(await page.getByRole('alert').innerText()).toContain('どうなったかを一つ選んでください');
    await choose(page, /^どうなりましたか/, 'お受けできる');
    await press(page, '記録する');
    expect(new URL(page.url()).pathname).toMatch(/^\/referrals\/[^/]+\/requests$/);
    const { rows: after } = await service.owner.query('select status from task where id = $1', [id]);
    expect(after).toEqual([{ status: 'accepted' }]);
    // What it was typed in from is in the trail, and nobody types it in again.
    const { rows: traces } = await service.owner.query(
      `select 1 from provenance where content @? $1::jsonpath and content @? $2::jsonpath`,
      [`$.target[*] ? (@.reference == "Task/${id}")`, '$.entity[*] ? (@.role == "source")'],
    );
    expect(traces).toHaveLength(1);
    await page.goto(document);
    expect(await page.getByRole('link', { name: '画像を見ながら入力する' }).count()).toBe(0);
    expect((await page.context().request.get(`${document}/reply`)).status()).toBe(404);
  },
);

chapter('reception types a questionnaire in beside its picture, on a telephone', async () => {
  const { page } = reception;
  const { rows } = await service.owner.query<{ id: string }>(
    `select p.id from patient p where p.organization_id = $1 and not exists (
      select 1 from questionnaire_response q where q.patient_id = p.id) limit 1`,
    [service.demo.accounts.find((one) => one.login === 'reception')?.organizationId],
  );
  const person = `/patients/${rows[0]?.id ?? ''}`;
  const sheet = await pdf(reception, `${person}/questionnaire.pdf`);
  await bringIn(reception, 'answers.pdf', await pdfOf((await printed(sheet)).toReversed()));
  await page.locator('#done').getByRole('link').first().click();
  await press(page, '画像を見ながら入力する');
  await shot(reception, 'typing');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
  await press(page, /^保存/);
  expect(await page.getByRole('alert').count()).toBe(1);
});

const clinicOf = (login: string): string => {
  const id = service.demo.accounts.find((one) => one.login === login)?.organizationId;
  return service.demo.organizations.find((one) => one.id === id)?.name ?? '';
};
