import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBack } from '../documents/read.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let doctor: Desk;
let insurer: Desk;
let patient: string;
let other: string;
beforeAll(async () => {
  service = await startService();
  doctor = await signedIn(service, 'towndoctor');
  insurer = await signedIn(service, 'insurer');
  const { rows } = await service.owner.query<{ id: string }>(
    `select p.id from patient p join account a on a.login = 'towndoctor' and a.organization_id = p.organization_id
     where exists (select 1 from consent c where c.patient_id = p.id and c.status = 'active') order by p.id limit 2`,
  );
  [patient, other] = [rows[0]?.id ?? '', rows[1]?.id ?? ''];
  // The card is of the demo's insurer, and the consent names insurers and the sheet.
  const mine = service.demo.accounts.find(({ login }) => login === 'insurer')?.organizationId ?? '';
  await service.owner.query(
    `update coverage set version = version + 1, content = jsonb_set(content, '{payor,0,reference}', to_jsonb('Organization/' || $2::text)) where patient_id = $1`,
    [patient, mine],
  );
  await service.owner.query(
    `update consent set version = version + 1, content = jsonb_set(jsonb_set(content, '{provision,actor}', (content #> '{provision,actor}') || jsonb_build_array(
       jsonb_build_object('role', content #> '{provision,actor,0,role}', 'reference', jsonb_build_object('identifier',
         jsonb_build_object('system', 'https://tsunagi.example/fhir/CodeSystem/organization-type', 'value', 'insurer'))))),
       '{provision,code}', '[{"coding": [{"system": "https://tsunagi.example/fhir/CodeSystem/consent-item", "code": "contact"}]},
         {"coding": [{"system": "https://tsunagi.example/fhir/CodeSystem/consent-item", "code": "assessment"}]}]')
     where patient_id = $1 and status = 'active'`,
    [patient],
  );
}, 60_000);
afterAll(() => service.stop());

const own = (): string => `/patients/${patient}/sheet`;
const theirs = (): string => `/shared/${patient}/sheet`;

/** An answer to every question that has to be answered: its first choice, or a word. */
function filled(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, tag = ''] of html.matchAll(/<(?:input|textarea)([^>]*)>/g)) {
    const name = /name="(q\.[^"]+)"/.exec(tag)?.[1];
    const type = /type="([^"]+)"/.exec(tag)?.[1];
    if (name === undefined || type === 'checkbox' || fields[name] !== undefined) continue;
    if (type === 'radio') fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
    else if (type === undefined) fields[name] = '受診して、薬が始まりました。';
  }
  return fields;
}

test('before it is written both sides read that there is none', async () => {
  expect((await doctor.get(`/patients/${patient}`)).html).toContain(`href="${own()}"`);
  expect((await doctor.get(own())).html).toContain('シートはまだありません');
  expect((await insurer.get(`/shared/${patient}`)).html).toContain(`href="${theirs()}"`);
  expect((await insurer.get(theirs())).html).toContain('シートはまだありません');
  expect((await insurer.get(`${theirs()}.pdf`)).status).toBe(404);
});

test('the doctor writes it, the insurer reads it and who wrote it, and each version stays', async () => {
  const page = await doctor.get(`${own()}/edit`);
  expect(page.html).toContain('読める保険者：あおば県国民健康保険');
  const saved = await doctor.send(page, '/sheet', filled(page.html));
  expect([saved.status, saved.location]).toEqual([303, `${own()}?said=saved`]);
  const again = await doctor.get(`${own()}/edit`);
  const changed = Object.fromEntries(
    Object.entries(filled(again.html)).map(([name, value]) => [
      name,
      value.replace('薬が始まりました', '薬は合っています'),
    ]),
  );
  expect((await doctor.send(again, '/sheet', changed)).status).toBe(303);
  const read = await insurer.get(theirs());
  const name = service.demo.accounts.find(({ login }) => login === 'towndoctor')?.name ?? '';
  for (const says of ['薬は合っています', '第1版', '第2版', name, '千草町国保診療所'])
    expect(read.html).toContain(says);
  expect(read.html).not.toContain(`${theirs()}/edit`);
  const first = await insurer.get(`${theirs()}?version=1`);
  expect(first.html).toContain('薬が始まりました');
  expect(first.html).toContain('いまの版を見る');
  expect((await insurer.get(`${theirs()}?version=9`)).status).toBe(404);
});

test('what was typed against an older version does not overwrite a newer one', async () => {
  const [one, two] = [await doctor.get(`${own()}/edit`), await doctor.get(`${own()}/edit`)];
  expect((await doctor.send(one, '/sheet', filled(one.html))).status).toBe(303);
  const late = await doctor.send(two, '/sheet', filled(two.html));
  expect(late.status).toBe(409);
  expect(late.html).toContain('ほかの人が先に書き直しました');
});

test('both print it, and each print is in the log', async () => {
  for (const [at, who] of [
    [`${own()}.pdf`, doctor],
    [`${theirs()}.pdf`, insurer],
  ] as const) {
    const answer = await fetch(`${service.url}${at}`, {
      headers: { cookie: [...who.jar].map((pair) => pair.join('=')).join('; ') },
    });
    const { pages, title } = await readBack(Buffer.from(await answer.arrayBuffer()));
    expect(title).toBe('情報共有シート');
    expect(pages.join('')).toContain('第2版');
  }
  const { rows } = await service.owner.query(
    `select 1 from access_log where action = 'print' and what = 'shared sheet' and $1 = any (patients)`,
    [patient],
  );
  expect(rows).toHaveLength(2);
});

test('notes go to the other side and stay as they were said; an empty one is refused', async () => {
  expect((await insurer.send(await insurer.get(theirs()), '/remarks', { text: ' ' })).status).toBe(422);
  await insurer.send(await insurer.get(theirs()), '/remarks', { text: '健診の結果を送りました。' });
  expect((await doctor.get(own())).html).toContain('健診の結果を送りました。');
  await doctor.send(await doctor.get(own()), '/remarks', { text: '届きました。次は来月です。' });
  const read = await insurer.get(theirs());
  expect(read.html).toContain('届きました。次は来月です。');
  expect(read.html).toContain('健診の結果を送りました。');
});

test('of somebody who did not name the insurer it has no page; other bodies have none at all', async () => {
  expect((await insurer.get(`/shared/${other}/sheet`)).status).toBe(404);
  expect((await (await signedIn(service, 'doctor')).get(own())).status).toBe(404);
  for (const login of ['linkworker', 'resource', 'council', 'admin', 'meeting'])
    for (const at of [own(), theirs()])
      expect((await (await signedIn(service, login)).get(at)).status).toBe(403);
  // The insurer reads, and does not write.
  expect((await insurer.get(`${own()}/edit`)).status).toBe(403);
});

test('when the person takes it back, the insurer reads nothing any more', async () => {
  await service.owner.query(
    `update consent set version = version + 1, content = jsonb_set(content, '{status}', '"inactive"') where patient_id = $1`,
    [patient],
  );
  for (const at of [theirs(), `${theirs()}.pdf`])
    expect([404, 410]).toContain((await insurer.get(at)).status);
  expect((await doctor.get(own())).html).toContain('同意が保険者を含まないか');
});
