import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { largestFile, mostPages } from '../../src/scans/recognise/limits.ts';
import { text as recogniseText } from '../../src/scans/recognise/text.ts';
import { text } from '../../src/scans/text.ts';
import { reader } from '../story/reader.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let worker: Desk;
let reception: Desk;
beforeAll(async () => {
  service = await startService();
  worker = await signedIn(service, 'linkworker');
  reception = await signedIn(service, 'reception');
}, 60_000);
afterAll(() => service.stop());

const organizationOf = (login: string): string =>
  service.demo.accounts.find((one) => one.login === login)?.organizationId ?? '';
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 90, height: 120, channels: 3, background: `#${randomUUID().slice(0, 6)}` } })
    .png()
    .toBuffer();

/** A page that waits in the tray of that body, as the reader leaves it. */
async function waiting(login: string): Promise<string> {
  const [scan, page] = [randomUUID(), randomUUID()];
  const body = organizationOf(login);
  await service.owner.query(
    `insert into scan (id, organization_id, name, kind, size, state, at) values ($1, $2, 'fax.png', 'png', 1, 'read', now())`,
    [scan, body],
  );
  await service.owner.query(
    `insert into scan_page (id, scan_id, organization_id, number, png, width, height, why) values ($1, $2, $3, 1, $4, 90, 120, 'none')`,
    [page, scan, body, await picture()],
  );
  return `/scans/pages/${page}`;
}
const ofClinic = async (): Promise<{ patient: string; name: string }> => {
  const { rows } = await service.owner.query<{ id: string; name: string }>(
    `select id, content #>> '{name,0,text}' as name from patient where organization_id = $1
      and not exists (select 1 from consent c where c.patient_id = patient.id) limit 1`,
    [organizationOf('reception')],
  );
  return { patient: rows[0]?.id ?? '', name: rows[0]?.name ?? '' };
};
const stateOf = async (path: string): Promise<string | undefined> => {
  const { rows } = await service.owner.query<{ state: string }>('select state from scan_page where id = $1', [
    path.split('/').at(-1),
  ]);
  return rows[0]?.state;
};

describe('the tray', () => {
  test('takes files in at once, and names each that is not one; nothing of them is stored', async () => {
    const form = await worker.get('/scans/new');
    const files = {
      files: new File([new Uint8Array(await picture())], 'good.png'),
    };
    const wrong = { files: new File(['just words'], 'letter.doc') };
    const refused = await worker.sendFiles(form, '/scans', {}, wrong);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('files.bin');
    expect((await worker.sendFiles(form, '/scans', {}, {})).html).toContain('ファイルを選んでください');
    const taken = await worker.sendFiles(form, '/scans', {}, files);
    expect([taken.status, taken.location]).toEqual([303, '/scans?said=taken']);
    const again = await worker.sendFiles(await worker.get('/scans/new'), '/scans', {}, files);
    expect([again.status, again.html.includes('同じファイル')]).toEqual([422, true]);
  });

  test('is not for residents, groups and administrators', async () => {
    for (const login of ['neighbour', 'resource', 'admin', 'coordinator']) {
      const one = await signedIn(service, login);
      expect([login, (await one.get('/scans')).status]).toEqual([login, 403]);
    }
  });

  test('shows another body none of its pages, and takes no page from it', async () => {
    const path = await waiting('linkworker');
    for (const part of ['', '/picture', '/referral'])
      expect([part, (await reception.get(`${path}${part}`)).status]).toEqual([
        part,
        part === '/referral' ? 403 : 404,
      ]);
    const stranger = await reader(service, 'reception');
    for (const [part, values] of [
      ['/turn', { by: '90' }],
      ['/throw', { reason: 'x' }],
      ['/file', { place: `${randomUUID()}.`, what: 'other' }],
    ] as const)
      expect([part, (await stranger.send('/scans/new', `${path}${part}`, values)).status]).toEqual([
        part,
        404,
      ]);
    expect(await stateOf(path)).toBe('tray');
  });

  test('keeps what was searched for when something lacks, files on the second try, and once', async () => {
    const path = await waiting('reception');
    const { patient, name } = await ofClinic();
    const found = await reception.get(`${path}?q=${encodeURIComponent(name)}`);
    expect(found.html).toContain(patient);
    const lacking = await reception.send(found, `${path}/file`, { q: name, place: `${patient}.` });
    expect([lacking.status, lacking.html.includes('何の用紙かを選んでください')]).toEqual([422, true]);
    expect(lacking.html).toContain(patient);
    const values = { q: name, place: `${patient}.`, what: 'consent' };
    const filed = await reception.send(lacking, `${path}/file`, values);
    expect(filed.status).toBe(303);
    expect(filed.location).toMatch(/^\/documents\/[0-9a-f-]{36}\?said=filed$/);
    const twice = await reception.send(found, `${path}/file`, values);
    expect([twice.status, twice.location]).toEqual([303, '/scans?said=gone']);
    // Whoever opens the page again is led to where it lies.
    expect((await reception.get(path)).location).toBe(filed.location.split('?')[0]);
  });

  test('throws nothing away without a reason', async () => {
    const path = await waiting('linkworker');
    const page = await worker.get(path);
    expect((await worker.send(page, `${path}/throw`, { reason: '' })).status).toBe(422);
    expect(await stateOf(path)).toBe('tray');
    expect((await worker.send(page, `${path}/throw`, { reason: '広告' })).status).toBe(303);
    expect(await stateOf(path)).toBe('thrown');
  });
});

describe('a signed consent that was scanned', () => {
  test('is typed in beside its picture, which becomes its source; nobody else gets at either', async () => {
    const path = await waiting('reception');
    const { patient, name } = await ofClinic();
    const found = await reception.get(`${path}?q=${encodeURIComponent(name)}`);
    const filed = await reception.send(found, `${path}/file`, { place: `${patient}.`, what: 'consent' });
    const document = filed.location.split('?')[0] ?? '';
    expect((await reception.get(document)).html).toContain(`${document}/consent`);
    const form = await reception.get(`${document}/consent`);
    expect(form.html).toContain(`${document}/picture`);
    const lacking = await reception.send(form, `${document}/consent`, { signer: 'person', evidence: 'scan' });
    expect(lacking.status).toBe(422);
    const explainer = /<option value="([0-9a-f-]{36})"/.exec(form.html)?.[1] ?? '';
    const year = String(service.now().getUTCFullYear() + 1);
    const slower = await reception.get(`${document}/consent`);
    const values = {
      explainedBy: explainer,
      explainedHow: 'spoken',
      recipients: ['office'],
      items: ['contact'],
      signer: 'person',
      evidence: 'scan',
      'until-era': 'CE',
      'until-year': year,
      'until-month': '1',
      'until-day': '31',
    };
    const given = await reception.send(form, `${document}/consent`, values);
    // The second tap succeeded as the first one did.
    const tapped = await reception.send(form, `${document}/consent`, values);
    expect([tapped.status, tapped.location]).toEqual([given.status, given.location]);
    // Somebody who was slower at the same picture is told so, and loses nothing of what they typed.
    const late = await reception.send(slower, `${document}/consent`, values);
    expect([late.status, late.html.includes(text.typedMeanwhile.ja)]).toEqual([409, true]);
    expect(late.html).toMatch(new RegExp(`value="${year}"`));
    expect([given.status, given.location]).toEqual([303, `/patients/${patient}?said=consented#consent`]);
    const { rows } = await service.owner.query<{ source: string }>(
      `select content #>> '{sourceReference,reference}' as source from consent where patient_id = $1`,
      [patient],
    );
    expect(rows).toEqual([{ source: `DocumentReference/${document.split('/').at(-1) ?? ''}` }]);
    // It is typed in once.
    expect((await reception.get(`${document}/consent`)).status).toBe(404);
    for (const address of [document, `${document}/picture`])
      expect([address, (await worker.get(address)).status]).toEqual([address, 404]);
  });
});

test('answers typed in beside their picture twice at once are stored once, and the slower one’s stay on the page', async () => {
  const path = await waiting('reception');
  const { rows: people } = await service.owner.query<{ id: string; name: string }>(
    `select id, content #>> '{name,0,text}' as name from patient where organization_id = $1 order by id limit 1`,
    [organizationOf('reception')],
  );
  const { id: patient = '', name = '' } = people[0] ?? {};
  const stored = async (): Promise<number | null> =>
    (await service.owner.query('select 1 from questionnaire_response where patient_id = $1', [patient]))
      .rowCount;
  const before = await stored();
  const found = await reception.get(`${path}?q=${encodeURIComponent(name)}`);
  const place = { place: `${patient}.`, what: 'questionnaire' };
  const filed = await reception.send(found, `${path}/file`, place);
  const document = filed.location.split('?')[0] ?? '';
  const address = `${document}/answers`;
  const [quicker, slower] = [await reception.get(address), await reception.get(address)];
  const typed = { ...answered, ...day('2026-01-04') };
  const first = await reception.send(quicker, address, typed);
  expect([first.status, first.location.split('?')[0]]).toEqual([
    303,
    expect.stringMatching(new RegExp(`^/patients/${patient}/answers/[0-9a-f-]{36}$`)),
  ]);
  const tapped = await reception.send(quicker, address, typed);
  expect([tapped.status, tapped.location]).toEqual([303, first.location]);
  const late = await reception.send(slower, address, { ...answered, ...day('2026-01-05') });
  expect([late.status, late.html.includes(text.typedMeanwhile.ja)]).toEqual([409, true]);
  expect(late.html).toMatch(/value="couple"[^>]*checked|checked[^>]*value="couple"/);
  expect(await stored()).toBe((before ?? 0) + 1);
});

const day = (typed: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = typed.split('-');
  return { 'filled-era': 'CE', 'filled-year': year, 'filled-month': month, 'filled-day': date };
};
const answered: Readonly<Record<string, string>> = {
  'q.living.with': 'couple',
  'q.living.talk': 'most-days',
  'q.money.month-end': 'never',
  'q.out.days': '3',
  'q.care.giving': 'false',
  'q.child.raising': 'false',
};
test('how large a file may be is said alike wherever it is said', () => {
  const [size, most] = [`${String(largestFile / 1_000_000)} ?MB`, `${String(mostPages)} ?(?:ページ|pages)`];
  for (const says of [text.filesHint, text.tooLarge, recogniseText.size])
    for (const one of [says.ja, says.en]) expect(one).toMatch(new RegExp(size));
  for (const says of [text.filesHint])
    for (const one of [says.ja, says.en]) expect(one).toMatch(new RegExp(most));
  for (const one of [recogniseText.pages.ja, recogniseText.pages.en])
    expect(one).toContain(String(mostPages));
  const row = fs
    .readFileSync('docs/security.md', 'utf8')
    .split('\n')
    .find((line) => line.includes('src/scans/recognise/'));
  expect(row).toMatch(new RegExp(`at most ${size}, ${most}`));
});
