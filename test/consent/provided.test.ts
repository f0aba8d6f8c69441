import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import { readBack } from '../documents/read.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { reader } from '../story/reader.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let reception: Desk;
let linkworker: Desk;
let one: { patient: string; task: string; consent: string; name: string; office: string };
beforeAll(async () => {
  service = await startService();
  [reception, linkworker] = [await signedIn(service, 'reception'), await signedIn(service, 'linkworker')];
  const clinic = service.demo.bodies.clinics[0]?.id;
  const office = service.demo.accounts.find((a) => a.login === 'linkworker')?.organizationId;
  const { rows } = await service.owner.query<typeof one>(
    `select t.patient_id as patient, t.id as task, c.id as consent, o.content ->> 'name' as office,
       p.content #>> '{name,0,family}' as name
     from task t join consent c on c.patient_id = t.patient_id and c.status = 'active' join organization o on o.id = t.owner_id
     join patient p on p.id = t.patient_id
     where t.requester_id = $1 and t.owner_id = $2 and t.status = 'in-progress' and t.part_of_id is null
       and not exists (select 1 from consent o where o.patient_id = c.patient_id and o.id <> c.id) limit 1`,
    [clinic, office],
  );
  if (!rows[0]) throw new Error('The demo lacks a case');
  [one] = rows as [typeof one];
}, 60_000);
afterAll(async () => {
  await service.stop();
});

test('the clinic sees to whom what was given, on what basis, and who of them looked', async () => {
  await linkworker.get(`/referrals/${one.task}`);
  await reception.get(`/patients/${one.patient}`);
  const page = await reception.get(`/patients/${one.patient}/provided`);
  expect(page.status).toBe(200);
  for (const says of [
    one.office,
    '窓口の職員',
    '問診票の答え',
    'ご本人の同意',
    '今も見られます',
    'リンクワーカー',
  ])
    expect(page.html).toContain(says);
  expect(page.html).toContain(`/consents/${one.consent}`);
  expect(page.html).toMatch(/当院の人が見た記録（\d+件）/);
});

test('nobody but the clinic that keeps the person has it', async () => {
  for (const path of ['provided', 'provided.pdf', 'everything.pdf', 'everything.json'])
    expect([path, (await linkworker.get(`/patients/${one.patient}/${path}`)).status]).toEqual([path, 403]);
  const { rows } = await service.owner.query<{ id: string }>(
    `select id from patient where organization_id <> $1 limit 1`,
    [service.demo.bodies.clinics[0]?.id],
  );
  for (const path of ['provided', 'provided.pdf', 'everything.pdf', 'everything.json'])
    expect([path, (await reception.get(`/patients/${rows[0]?.id ?? ''}/${path}`)).status]).toEqual([
      path,
      404,
    ]);
});

test('a consent that was taken back leaves its line, with its end and why', async () => {
  const { rows } = await service.owner.query<{ patient: string }>(
    `select d.patient_id as patient from disclosure d join patient p on p.id = d.patient_id
     where p.organization_id = $1 and d.organization_id <> $1 and d.closed_at is null and d.patient_id <> $2 limit 1`,
    [service.demo.bodies.clinics[0]?.id, one.patient],
  );
  const patient = rows[0]?.patient ?? '';
  await service.owner.query(
    `update consent set version = version + 1, content = jsonb_set(content, '{status}', '"inactive"') where patient_id = $1`,
    [patient],
  );
  const page = await reception.get(`/patients/${patient}/provided`);
  expect(page.html).toContain('同意が取り消されたため');
  expect(page.html).not.toContain('今も見られます');
});

test('the sheet says what the law asks for, and that it was printed stays on record', async () => {
  const { pages, bookmarks } = await readBack(await bytes(`/patients/${one.patient}/provided.pdf`));
  const words = pages.join('');
  for (const says of ['第三者提供の記録', one.name, one.office, '代表者', '施行規則第20条', 'ご本人の同意'])
    expect(words).toContain(says);
  expect(bookmarks).toEqual(
    expect.arrayContaining(['伝えた相手と内容', '記録を見た人', '提供した機関（お問い合わせ先）']),
  );
  expect(await logged('print', 'provision record')).toBeGreaterThan(0);
});

test('a person can have everything: to read, with every question as it was asked', async () => {
  const { pages, bookmarks } = await readBack(await bytes(`/patients/${one.patient}/everything.pdf`));
  const words = pages.join('');
  for (const says of [one.name, one.office, '質問', '答え']) expect(words).toContain(says);
  expect(bookmarks).toEqual([
    '記録のすべて',
    '連絡先・保険・手伝う人',
    '問診票などの答え',
    '困りごと',
    '同意',
    '紹介とその経過',
    '窓口からの報告',
    '目標・計画・支援の記録',
    'つどいへの申し込みと参加',
    '伝えた相手と内容',
    '記録を見た人',
  ]);
  expect(words).toContain(`1 / ${String(pages.length)} ページ`);
  expect(await logged('export', 'everything')).toBeGreaterThan(0);
});

test('and as data: one Bundle with the records and the bodies they name, each once', async () => {
  const file = await bytes(`/patients/${one.patient}/everything.json`);
  const bundle = JSON.parse(file.toString()) as Bundle;
  expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
  const types = new Set((bundle.entry ?? []).map((e) => e.resource?.resourceType));
  for (const type of [
    'Patient',
    'Consent',
    'QuestionnaireResponse',
    'Task',
    'ServiceRequest',
    'Organization',
  ])
    expect(types).toContain(type);
  const names = (bundle.entry ?? []).map((e) => e.fullUrl);
  expect(new Set(names).size).toBe(names.length);
});

const bytes = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await (await reader(service, 'reception')).get(path)).arrayBuffer());
const logged = async (action: string, what: string): Promise<number> =>
  (
    await service.owner.query<{ n: number }>(
      `select count(*)::int as n from access_log where action = $1 and what = $2 and patients @> array[$3::uuid]`,
      [action, what, one.patient],
    )
  ).rows[0]?.n ?? 0;
