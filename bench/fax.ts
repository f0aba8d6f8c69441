// npm run bench:fax: how long an office worker needs to enter a faxed request, in a real Chromium, by the keystroke-level model.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startEmbedded } from '../src/database/embedded.ts';
import { launchChromium } from '../tools/chromium.ts';
import { printed, tiffOf } from '../test/scans/paper.ts';
import { prepareTemplate } from '../test/support/template.ts';
import { startService } from '../test/support/service.ts';
import { visitor, type Visitor } from '../test/story/visitor.ts';
import { load, machine } from './machine.ts';

/**
 * Seconds: Card, Moran, Newell, "The Keystroke-Level Model for User Performance Time with Interactive Systems", CACM 23(7),
 * 1980, 396–410. A key 0.20 (average skilled typist, 55 words a minute) to 0.28 (average non-secretary typist, 40), 1.10 to
 * point with a mouse, 0.20 for its button, 0.40 to change between mouse and keys, 1.35 to think: once a field, which here
 * stands for finding it on the paper, too.
 */
const seconds = { key: [0.2, 0.28], point: 1.1, button: 0.2, home: 0.4, think: 1.35 } as const;

type Tally = {
  fields: number;
  keys: number;
  points: number;
  homes: number;
  thoughts: number;
  machine: number;
};

/** Hands that do it in the browser, and count what a person's would have done. */
function hands(page: Page) {
  const tally: Tally = { fields: 0, keys: 0, points: 0, homes: 0, thoughts: 0, machine: 0 };
  let on: 'mouse' | 'keys' = 'mouse';
  const take = (what: typeof on): void => {
    if (on !== what) tally.homes += 1;
    on = what;
  };
  const field = (): void => {
    tally.fields += 1;
    tally.thoughts += 1;
  };
  const press = async (it: Locator): Promise<void> => {
    take('mouse');
    tally.points += 1;
    await it.click();
  };
  return {
    tally,
    /** A box or a card: one press. */
    tick: async (it: Locator): Promise<void> => {
      field();
      take('mouse');
      tally.points += 1;
      await it.check();
    },
    /** A link or a button, and the page that it leads to. */
    go: async (it: Locator): Promise<void> => {
      tally.thoughts += 1;
      const began = performance.now();
      await Promise.all([page.waitForEvent('domcontentloaded'), press(it)]);
      tally.machine += (performance.now() - began) / 1000;
    },
    /**
     * Typed with as many keys as it takes: letters of a Japanese word are romaji, with one key for its characters and one to
     * take them. `tabbed`: reached with the tab key from the field before.
     */
    type: async (it: Locator, text: string, keys: number, tabbed = true): Promise<void> => {
      field();
      if (tabbed) {
        take('keys');
        tally.keys += 1;
      } else await press(it);
      take('keys');
      tally.keys += keys;
      await it.fill(text);
    },
    /** From a long list, by its first letters. */
    pick: async (it: Locator, label: string, keys: number): Promise<void> => {
      field();
      take('keys');
      tally.keys += 1 + keys;
      await it.selectOption({ label });
    },
  };
}
type Hands = ReturnType<typeof hands>;

// As a test has them: a PostgreSQL of its own, thrown away after.
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-bench-'));
fs.chmodSync(directory, 0o711);
const server = await startEmbedded({ directory: path.join(directory, 'pg'), throwaway: true });
await prepareTemplate(server.url);
process.env['TEST_OWNER_URL'] = server.url;
const service = await startService();
const browser = await launchChromium();
const before = load();
try {
  const { rows } = await service.owner.query<{ id: string; clinic: string }>(
    `with made as (insert into account (id, login, password_hash, name, role, organization_id, post_id)
      select $1, 'clerk', a.password_hash, '受付', 'reception', p.organization_id, p.id
      from account a, lateral (select p.id, p.organization_id from practitioner_role p
        join organization o on o.id = p.organization_id
        where o.content::text like '%/program/nabari%' and 'clinic' = any (o.type)
          and exists (select 1 from patient x where x.organization_id = o.id) limit 1) p
      where a.login = 'reception' returning organization_id)
     select p.id, o.content ->> 'name' as clinic from made join organization o on o.id = made.organization_id
     join patient p on p.organization_id = o.id limit 1`,
    [randomUUID()],
  );
  const [first] = rows;
  if (!first) throw new Error('No clinic runs a program that takes paper.');
  const clinicName = first.clinic;
  const reception = await visitor(browser, service, { login: 'clerk' });
  const filled = await sheetOf(reception, `/patients/${first.id}/request-sheet.pdf`);
  // The office that serves where the person lives.
  await service.owner.query(
    `insert into account (id, login, password_hash, name, role, organization_id, post_id)
      select $1, 'there', a.password_hash, '窓口', 'linkworker', r.office_id, p.id
      from account a, request_sheet r join practitioner_role p on p.organization_id = r.office_id
      where a.login = 'linkworker' and p.content::text like '%linkworker%' limit 1`,
    [randomUUID()],
  );
  const worker = await visitor(browser, service, { login: 'there' });
  const blank = await sheetOf(worker, '/scans/request-sheet.pdf');

  const results = [
    await timed(worker, 'prefilled sheet', filled, async () => Promise.resolve()),
    await timed(worker, 'unknown person', blank, (h, page) => typePerson(h, page, clinicName)),
    await timed(worker, 'known person', blank, async (h, page) => {
      await h.type(page.getByLabel(/^前に登録した方をさがす/), 'かみむら', 'kamimura'.length, false);
      await h.go(page.getByRole('button', { name: 'さがす' }));
      await h.go(page.getByRole('link', { name: /として入れる/ }).first());
    }),
  ];
  console.log(`\n${machine()}; load average ${before} before, ${load()} after.\n`);
  console.log(
    '| sheet | fields | keys | points | machine s | s at 0.20 s a key | s at 0.28 s a key |\n|---|--:|--:|--:|--:|--:|--:|',
  );
  for (const { name, tally } of results) {
    const [fast, slow] = seconds.key.map((key) => sum(tally, key).toFixed(0));
    console.log(
      `| ${name} | ${String(tally.fields)} | ${String(tally.keys)} | ${String(tally.points)} | ${tally.machine.toFixed(1)} | ${fast ?? ''} | ${slow ?? ''} |`,
    );
  }
} finally {
  await browser.close();
  await service.stop();
  await server.stop();
  fs.rmSync(directory, { recursive: true, force: true });
}

function sum({ keys, points, homes, thoughts, machine: waits }: Tally, key: number): number {
  const { point, button, home, think } = seconds;
  return keys * key + points * (point + button) + homes * home + thoughts * think + waits;
}

async function sheetOf({ page }: Visitor, address: string): Promise<Buffer> {
  const answer = await page.context().request.get(address);
  if (answer.status() !== 200) throw new Error(`${address}: ${String(answer.status())}`);
  return answer.body();
}

/** From the list of what came to the page of the case. */
async function timed(
  { page }: Visitor,
  name: string,
  sheet: Buffer,
  whom: (h: Hands, page: Page) => Promise<void>,
): Promise<Readonly<{ name: string; tally: Tally }>> {
  await page.goto('/scans/new');
  // Another picture each time: the same file is not taken twice.
  const pages = (await printed(sheet)).map((one) => ({ ...one, data: speckled(one.data, name.length) }));
  const file = { name: `${name}.tif`, mimeType: 'image/tiff', buffer: await tiffOf(pages) };
  await page.getByLabel(/^ファイル/).setInputFiles(file);
  await page.getByRole('button', { name: '取り込む' }).click();
  await page.getByText('取り込みました。').waitFor();
  await page.getByText('読み取り中').waitFor({ state: 'detached', timeout: 60_000 });
  await page.goto('/scans');
  const h = hands(page);
  await h.go(page.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('link'));
  const register = page.getByRole('link', { name: 'FAXで届いた相談依頼として登録する' });
  if ((await register.count()) > 0) await h.go(register);
  await whom(h, page);
  // Two needs; the words stay on the sheet.
  for (const need of ['介護の負担', '孤立・人とのつながり'])
    await h.tick(page.getByRole('group', { name: /^困りごと/ }).getByLabel(need, { exact: true }));
  await h.tick(page.getByLabel(/^同意の署名を、この紙で確かめました/));
  await h.tick(page.getByRole('radiogroup', { name: /^紙に書いてある同意の日/ }).getByLabel(/届いた日/));
  await h.go(page.getByRole('button', { name: '登録して紹介のページへ' }));
  if (!new URL(page.url()).pathname.startsWith('/referrals/'))
    throw new Error(`${name} was not entered: ${await page.getByRole('main').innerText()}`);
  return { name, tally: h.tally };
}

/** 神村 ふじ, 昭和12年4月5日: keys as for romaji, and two for each name in kanji. */
async function typePerson(h: Hands, page: Page, clinic: string): Promise<void> {
  await h.pick(page.getByLabel(/^送ってきた医療機関/), clinic, 4);
  await h.type(page.getByLabel(/^姓(?!の)/), '神村', 'kamimura'.length + 2);
  await h.type(page.getByLabel(/^名(?!の)/), 'ふじ', 'fuji'.length + 1);
  await h.type(page.getByLabel(/^姓のフリガナ/), 'かみむら', 'kamimura'.length + 1);
  await h.type(page.getByLabel(/^名のフリガナ/), 'ふじ', 'fuji'.length + 1);
  const birth = page.getByRole('group', { name: /^生年月日/ });
  // Past the era, which stands there.
  await h.type(birth.getByLabel('年', { exact: true }), '12', 2 + 1);
  await h.type(birth.getByLabel('月', { exact: true }), '4', 1);
  await h.type(birth.getByLabel('日', { exact: true }), '5', 1);
  await h.type(page.getByLabel(/^電話番号/), '05000000011', 11 + 1);
}

function speckled(data: Uint8Array, seed: number): Uint8Array {
  const other = Uint8Array.from(data);
  for (let n = 0; n < 40; n++) other[(seed * 7919 + n * 10_007) % other.length] = 0;
  return other;
}
