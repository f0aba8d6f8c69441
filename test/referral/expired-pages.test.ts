import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signedIn } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

/** Nothing else opens the person: neither another consent nor a law. */
const alone = 'not exists (select 1 from consent o where o.patient_id = c.patient_id and o.id <> c.id)';

let service: Service;
let ofGroup: string;
let one: { patient: string; task: string; consent: string; request: string };
beforeAll(async () => {
  service = await startService();
  const body = (login: string) => service.demo.accounts.find((a) => a.login === login)?.organizationId;
  const { rows } = await service.owner.query<typeof one>(
    `select t.patient_id as patient, t.id as task, c.id as consent, r.id as request
     from task t join consent c on c.patient_id = t.patient_id and c.status = 'active' and ${alone}
       join task r on r.part_of_id = t.id and r.status in ('requested', 'accepted', 'in-progress')
     where t.requester_id = $1 and t.owner_id = $2 and t.status in ('accepted', 'in-progress') limit 1`,
    [service.demo.bodies.clinics[0]?.id, body('linkworker')],
  );
  const asked = await service.owner.query<{ task: string; consent: string }>(
    `select r.id as task, c.id as consent from task r join consent c on c.patient_id = r.patient_id and c.status = 'active' and ${alone}
     where r.owner_id = $1 and r.part_of_id is not null and r.status in ('requested', 'accepted', 'in-progress') limit 1`,
    [body('resource')],
  );
  if (!rows[0] || !asked.rows[0]) throw new Error('The demo lacks a case');
  [one, ofGroup] = [rows[0], asked.rows[0].task];
  await service.owner.query(
    `update consent set version = version + 1, content = jsonb_set(jsonb_set(jsonb_set(content,
       '{provision,period,end}', to_jsonb(to_char(now() - interval '5 days', 'YYYY-MM-DD'))),
       '{provision,period,start}', '"2024-01-01"'), '{meta,versionId}', to_jsonb((version + 1)::text)) where id = any ($1)`,
    [[one.consent, asked.rows[0].consent]],
  );
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const banner = /同意の期限が切れています（\d+月\d+日）。読むことだけできます。/;
const formsTo = (html: string): string[] =>
  [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)]
    .map(([, action = '']) => action)
    .filter((action) => action !== '/sign-out' && !action.startsWith('/notices/'));

test('every page of the office shows the case, says that it can only be read, and has no button that writes', async () => {
  const linkworker = await signedIn(service, 'linkworker');
  for (const path of [
    `/referrals/${one.task}`,
    `/referrals/${one.task}/contacts`,
    `/referrals/${one.task}/assessment`,
    `/referrals/${one.task}/goals`,
    `/referrals/${one.task}/resources`,
    `/referrals/${one.task}/requests`,
    `/referrals/${one.task}/close`,
    `/requests/${one.request}`,
  ]) {
    const page = await linkworker.get(path);
    expect([path, page.status]).toEqual([path, 200]);
    expect([path, banner.test(page.html)]).toEqual([path, true]);
    expect([path, formsTo(page.html)]).toEqual([path, []]);
  }
});

test('so does the page of the group', async () => {
  const group = await signedIn(service, 'resource');
  const page = await group.get(`/asked/${ofGroup}`);
  expect(page.html).toMatch(banner);
  expect(formsTo(page.html)).toEqual([]);
});

test('the clinic is shown a new consent as the next step, and with it the case goes on', async () => {
  const doctor = await signedIn(service, 'doctor');
  expect((await doctor.get(`/patients/${one.patient}`)).html).toContain('新しい同意を記録する');
  await service.owner.query(
    `insert into consent (id, content, version, updated_at, keeper)
     select gen, jsonb_set(jsonb_set(jsonb_set(content, '{provision,period,end}', '"2099-01-01"'), '{id}', to_jsonb(gen::text)), '{meta,versionId}', '"1"'), 1, updated_at, keeper
     from consent, gen_random_uuid() gen where id = $1`,
    [one.consent],
  );
  const linkworker = await signedIn(service, 'linkworker');
  const page = await linkworker.get(`/referrals/${one.task}/contacts`);
  expect(page.html).not.toMatch(banner);
  expect(formsTo(page.html)).toContain(`/referrals/${one.task}/contacts`);
});

test.each([
  ['doctor', '/patients', '窓口や団体は、30日のあいだ記録を読むことだけできます'],
  ['linkworker', '/inbox', '記録は読めますが、書き込みはできません'],
  ['resource', '/asked', '記録は読めますが、書き込みはできません'],
] as const)(
  'the %s reads a notice on the start page and puts it away for the body',
  async (login, path, says) => {
    const me = await signedIn(service, login);
    expect((await me.get(path)).html).not.toContain('id="notices"');
    await service.owner.query(
      `insert into notice (organization_id, at, kind, case_number) values ($1, now(), 'consent-expired', 'TS-2026-0042')`,
      [service.demo.accounts.find((a) => a.login === login)?.organizationId],
    );
    const page = await me.get(path);
    for (const words of ['お知らせ', 'TS-2026-0042', says, '確認しました'])
      expect(page.html).toContain(words);
    const after = await me.send(page, '/seen');
    expect([after.status, after.location]).toEqual([303, path]);
    expect((await me.get(path)).html).not.toContain('id="notices"');
  },
);

test('nobody puts away the notice of another body', async () => {
  const { rows } = await service.owner.query<{ id: string }>(
    `insert into notice (organization_id, at, kind, case_number) values ($1, now(), 'consent-ends', 'TS-2026-0043') returning id`,
    [service.demo.accounts.find((a) => a.login === 'resource')?.organizationId],
  );
  const linkworker = await signedIn(service, 'linkworker');
  await service.owner.query(
    `insert into notice (organization_id, at, kind, case_number) values ($1, now(), 'consent-ends', 'TS-2026-0044')`,
    [service.demo.accounts.find((a) => a.login === 'linkworker')?.organizationId],
  );
  const page = await linkworker.get('/inbox');
  const forged = {
    ...page,
    html: page.html.replace(/\/notices\/[^/]+\/seen/, `/notices/${rows[0]?.id ?? ''}/seen`),
  };
  await linkworker.send(forged, '/seen');
  const left = await service.owner.query(`select 1 from notice where id = $1 and seen_at is null`, [
    rows[0]?.id,
  ]);
  expect(left.rows).toHaveLength(1);
});
