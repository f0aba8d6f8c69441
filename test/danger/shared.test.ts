import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let desks: Record<'doctor' | 'linkworker' | 'meeting' | 'insurer' | 'reception', Desk>;
beforeAll(async () => {
  service = await startService();
  const at = (login: string) => signedIn(service, login);
  desks = {
    doctor: await at('doctor'),
    linkworker: await at('linkworker'),
    meeting: await at('meeting'),
    insurer: await at('insurer'),
    reception: await at('reception'),
  };
}, 60_000);
afterAll(async () => {
  await service.stop();
});

/** Somebody of the demo's clinic whom its office does not know (or, `answered`, who has answers), and what is typed in an emergency. */
async function somebody(which: 'unknown' | 'answered') {
  const clinic = service.demo.accounts.find((a) => a.login === 'doctor')?.organizationId;
  const { rows } = await service.owner.query<{ id: string }>(
    `select id from patient p where organization_id = $1 and case when $2 = 'unknown'
         then not exists (select 1 from task where patient_id = p.id)
         else exists (select 1 from questionnaire_response q where q.patient_id = p.id) end
       and not exists (select 1 from disclosure_review r where r.patient_id = p.id) limit 1`,
    [clinic, which],
  );
  const one = service.demo.people.find((person) => person.id === rows[0]?.id);
  if (!one) throw new Error('The demo has no such person');
  const [year = '', month = '', day = ''] = one.person.birthDate
    .split('-')
    .map((part) => String(Number(part)));
  return {
    id: one.id,
    name: one.person.family,
    typed: {
      kana: `${one.person.familyKana} ${one.person.givenKana}`,
      'birthDate-era': 'western',
      'birthDate-year': year,
      'birthDate-month': month,
      'birthDate-day': day,
      key: one.person.phone ?? '',
      because: 'danger-to-life',
      note: '道で倒れていて、話ができません。',
    },
  };
}

describe('in an emergency', () => {
  test('a link worker opens one person for some hours; the clinic reads who and why, a colleague reviews it', async () => {
    const { id, name, typed } = await somebody('unknown');
    const { linkworker, doctor, reception } = desks;
    const page = await linkworker.get('/emergency');
    const short = await linkworker.send(page, '/emergency', { ...typed, note: '急病' });
    expect(short.status).toBe(422);
    expect(short.html).toContain('状況を10文字以上で書いてください');
    const wrong = await linkworker.send(page, '/emergency', { ...typed, 'birthDate-year': '1901' });
    expect(wrong.html).toContain('一人に決まりませんでした');
    expect((await linkworker.get(`/emergency/${id}`)).status).toBe(404);

    const opened = await linkworker.send(await linkworker.get('/emergency'), '/emergency', typed);
    expect(opened.location).toBe(`/emergency/${id}`);
    const { html } = await linkworker.get(opened.location);
    expect(html).toContain('緊急の閲覧中');
    expect(html).toContain(name);
    expect(html).toContain(typed.key);
    expect((await linkworker.get(`/patients/${id}`)).status).toBe(403);

    expect((await doctor.get('/reviews')).html).toContain('道で倒れていて');
    expect((await reception.get(`/patients/${id}`)).html).toContain('緊急の閲覧');
    const own = await linkworker.get('/reviews');
    expect(own.html).toContain('ほかの人の確認待ち');
    const href = /\/reviews\/[0-9a-f-]{36}/.exec(own.html)?.[0] ?? '';
    expect((await linkworker.get(href)).html).toContain('ご自分では確認できません');
    expect((await reception.get('/emergency')).status).toBe(403);
  });
});

describe('on a legal basis', () => {
  test('a doctor discloses to a meeting, whose member reads it until it is ended; a colleague is asked to review', async () => {
    const { id, name } = await somebody('answered');
    const { doctor, meeting, insurer } = desks;
    expect((await meeting.get('/shared')).html).not.toContain(id);
    expect((await meeting.get(`/shared/${id}`)).status).toBe(404);
    const page = await doctor.get(`/patients/${id}/disclosures/new`);
    expect((await doctor.get(`/patients/${id}`)).html).toContain('/disclosures/new');
    const wrong = await doctor.send(page, '/check', { why: '危険' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('提供する相手を選んでください');
    const last = new Date(service.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
    const [year = '', month = '', day = ''] = last.split('-');
    const filled = {
      to: service.demo.bodies.meeting.id,
      basis: 'support-meeting',
      items: ['contact', 'answers'],
      'end-era': 'western',
      'end-year': year,
      'end-month': month,
      'end-day': day,
      why: 'ご本人が話し合いを拒んでいて、命にかかわるため。',
    };
    const check = await doctor.send(page, '/check', filled);
    const nameless = await doctor.send(page, '/check', { ...filled, items: 'answers' });
    expect(nameless.html).toContain('だれのことか分かりません');
    expect(check.html).toContain('この内容で提供します');
    expect(check.html).toContain('支援会議での情報共有');
    const done = await doctor.send(check, '/disclosures', { items: filled.items });
    expect(done.location).toContain('said=new');
    expect((await doctor.get(done.location)).html).toContain('提供を記録しました');

    expect((await meeting.get('/shared')).html).toContain(name);
    expect((await meeting.get(`/shared/${id}`)).html).toContain('問診票の答え');
    expect((await insurer.get(`/shared/${id}`)).status).toBe(404);
    for (const path of [`/patients/${id}`, '/inbox', '/reviews', '/emergency', done.location])
      expect([path, (await meeting.get(path)).status]).toEqual([path, 403]);
    expect((await doctor.get(`/patients/${id}`)).html).toContain('提供しています');

    const shown = await doctor.get(done.location);
    expect((await doctor.send(shown, '/end', { reason: '' })).status).toBe(422);
    const ended = await doctor.send(shown, '/end', { reason: '会議が終わったため' });
    expect((await doctor.get(ended.location)).html).toContain('終わりました');
    expect((await meeting.get(`/shared/${id}`)).status).toBe(410);
  });

  test('the insurer finds its members who agreed', async () => {
    const { html } = await desks.insurer.get('/shared');
    expect(html).toContain('ご本人の同意');
    const href = /\/shared\/[0-9a-f-]{36}/.exec(html)?.[0] ?? '';
    expect((await desks.insurer.get(href)).status).toBe(200);
  });

  test('what waits for review is counted in the menu and leaves it with the verdict', async () => {
    const list = await desks.doctor.get('/reviews');
    // The oldest is the demo's and nobody's own.
    const href = [...list.html.matchAll(/\/reviews\/[0-9a-f-]{36}/g)].at(-1)?.[0] ?? '';
    expect(list.html).toMatch(/class="count"/);
    const page = await desks.doctor.get(href);
    const bare = await desks.doctor.send(page, href, { verdict: 'not-justified' });
    expect(bare.status).toBe(422);
    const done = await desks.doctor.send(page, href, { verdict: 'justified' });
    expect((await desks.doctor.get(done.location)).html).toContain('確認を記録しました');
  });

  test('what nobody of a body reviewed in fourteen days goes to the administrator, who sees no name and no record', async () => {
    const admin = await signedIn(service, 'admin');
    const { rows } = await service.owner.query<{
      id: string;
      patient_id: string;
      name: string;
      note: string;
    }>(
      `select r.id, r.patient_id, p.content #>> '{name,0,family}' as name, e.note from disclosure_review r
       join patient p on p.id = r.patient_id join emergency_access e on e.id = r.id where r.reviewed_at is null order by r.at desc limit 1`,
    );
    const [one] = rows;
    if (!one) throw new Error('Nothing waits for review.');
    const address = `/reviews/${one.id}`;
    const before = await admin.get('/reviews');
    expect(before.html).not.toContain(address);
    expect(before.html).not.toMatch(/class="count"/);
    expect((await admin.get(address)).status).toBe(404);

    await service.owner.query(`update disclosure_review set at = at - interval '15 days' where id = $1`, [
      one.id,
    ]);
    const list = await admin.get('/reviews');
    expect(list.html).toMatch(/class="count"/);
    expect(list.html).toContain(address);
    const page = await admin.get(address);
    expect(page.html).toContain(one.note);
    for (const { html } of [list, page]) {
      expect(html).not.toContain(one.name);
      expect(html).not.toContain(one.patient_id);
    }
    // By no other way either.
    for (const path of [`/patients/${one.patient_id}`, `/emergency/${one.patient_id}`])
      expect((await admin.get(path)).status).toBe(403);
    const done = await admin.send(page, address, { verdict: 'justified' });
    expect((await admin.get(done.location)).html).toContain('管理者（');
    // The body itself reads who gave the verdict, and the log has it.
    expect((await desks.linkworker.get(address)).html).toContain('この仕組みの管理者');
    const { rows: lines } = await service.owner.query(
      `select role, why from access_log where action = 'reviewed' and patients = array[$1::uuid] order by id desc limit 1`,
      [one.patient_id],
    );
    expect(lines).toEqual([{ role: 'admin', why: 'justified' }]);
    // Two verdicts there are not.
    const late = await admin.send(page, address, { verdict: 'not-justified', remark: '…' });
    expect(late.location).toBe(done.location);
    await expect(
      service.owner.query(`select * from disclosure_review where id = $1 and verdict = 'justified'`, [
        one.id,
      ]),
    ).resolves.toMatchObject({ rowCount: 1 });
  });

  test('the menu’s counts are asked for pages alone, not for a document or a form that is sent', async () => {
    const { id, typed } = await somebody('answered');
    const { doctor, reception } = desks;
    const page = await doctor.get('/emergency');
    const { rows } = await service.owner.query<{ definition: string }>(
      `select pg_get_functiondef('menu_counts(uuid, uuid, text, text)'::regprocedure) as definition`,
    );
    const was = rows[0]?.definition ?? '';
    const failing = was.replace(/AS \$function\$.*\$function\$/s, () => 'AS $$ select 1 / 0, 0 $$');
    await service.owner.query(failing);
    try {
      expect((await doctor.get('/reviews')).status).toBe(500);
      expect((await reception.get(`/patients/${id}/consent-form.pdf`)).status).toBe(200);
      expect((await doctor.send(page, '/emergency', { ...typed, note: '急病' })).status).toBe(422);
    } finally {
      await service.owner.query(was);
    }
    expect((await doctor.get('/reviews')).status).toBe(200);
  });
});
