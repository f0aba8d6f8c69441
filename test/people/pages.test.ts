import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let reception: Desk;
let typed: Record<string, string>;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
  const form = await reception.get('/patients/new');
  typed = {
    family: '試験',
    given: '<b>太郎</b>',
    familyKana: 'シケン',
    givenKana: 'タロウ',
    'birthDate-era': 'showa',
    'birthDate-year': '16',
    'birthDate-month': '3',
    'birthDate-day': '4',
    sex: 'male',
    municipality: /<option value="(\d{6})"/.exec(form.html)?.[1] ?? '',
    phone: '090-0000-9876',
  };
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const register = async (fields: Record<string, string> = {}) =>
  reception.send(await reception.get('/patients/new'), '/patients', { ...typed, ...fields });

describe('the reception', () => {
  test('sees at a glance how far each patient has come', async () => {
    const before = service.database.statements();
    const { html, status } = await reception.get('/patients');
    expect(status).toBe(200);
    expect(html).toContain('返事待ち');
    expect(html).toContain('支援が終了');
    // The session, the transaction with its log, and two for the list.
    expect(service.database.statements() - before).toBeLessThanOrEqual(6);
  });

  test('registers a person and is led to the first step; names are text, not markup', async () => {
    const saved = await register();
    expect(saved.status).toBe(303);
    const hub = await reception.get(saved.location);
    expect(hub.html).toContain('登録しました');
    expect(hub.html).toContain('&lt;b>太郎&lt;/b>');
    expect(hub.html).toContain('問診票に答えてもらう');
    expect((await reception.get('/patients?q=9876')).html).toContain(saved.location.split('?')[0]);
  });

  test('is shown whom the clinic knows already, and registers somebody else all the same', async () => {
    const first = await register({ givenKana: 'ジロウ', insurerNumber: '' });
    const checked = await register({ givenKana: 'じろう', given: '次郎' });
    expect(checked.location).toBe('/patients/known');
    const known = await reception.get(checked.location);
    expect(known.html).toContain('もう登録されているかもしれません');
    expect(known.html).toContain(first.location.split('?')[0]);
    expect((await reception.get('/patients/new')).html).toContain('value="次郎"');
    const other = await reception.send(known, '/patients');
    expect(other.status).toBe(303);
    expect((await reception.get('/patients/new')).html).not.toContain('次郎');
    expect(other.location).not.toBe(first.location);
  });

  test('gets the same page with everything that is wrong, and what was typed', async () => {
    const again = await register({ familyKana: '試験', phone: '1', insurerNumber: '12345678', number: '1' });
    expect(again.status).toBe(422);
    for (const says of ['ひらがなかカタカナ', '市外局番', '最後のけた', 'value="12345678"'])
      expect(again.html).toContain(says);
  });

  test('is told when somebody else changed the person first, and sees the difference', async () => {
    const path = (await register({ givenKana: 'サブロウ' })).location.split('?')[0] ?? '';
    const mine = await reception.get(`${path}/edit`);
    const changed = { ...typed, givenKana: 'サブロウ' };
    const doctor = await signedIn(service, 'doctor');
    await doctor.send(await doctor.get(`${path}/edit`), '/edit', { ...changed, line: '本町1' });
    const conflict = await reception.send(mine, '/edit', { ...changed, line: '本町2' });
    expect(conflict.status).toBe(409);
    expect(conflict.html).toContain('先に、ほかの人がこの方の登録を変更しました');
    expect(conflict.html).toMatch(/本町1.*本町2/s);
    const saved = await reception.send(conflict, '/edit', { ...changed, line: '本町2' });
    expect(saved.location).toBe(`${path}?said=changed`);
    expect((await reception.get(path)).html).toContain('本町2');
  });

  test('reads what became of a referral on the person’s page, in a handful of statements', async () => {
    const done = service.demo.cases.find(
      (one) => one.state === 'completed' && one.clinicId === service.demo.bodies.clinics[0]?.id,
    );
    const before = service.database.statements();
    const hub = await reception.get(`/patients/${done?.patientId ?? ''}`);
    expect(service.database.statements() - before).toBeLessThanOrEqual(14);
    expect(hub.html).toContain('支援の結果のお知らせ');
    expect(hub.html).toMatch(/href="\/reports\/[0-9a-f-]{36}"/);
    expect(hub.html).toMatch(/href="\/consents\/[0-9a-f-]{36}"/);
  });
});

describe('whoever has no business here', () => {
  test('gets no patient of another clinic, by page, form or print', async () => {
    const other = service.demo.cases.find((one) => one.clinicId !== service.demo.bodies.clinics[0]?.id);
    const path = `/patients/${other?.patientId ?? ''}`;
    for (const end of [
      '',
      '/edit',
      '/answers',
      '/answers/new',
      '/consents/new',
      '/questionnaire.pdf',
      '/consent-form.pdf',
    ])
      expect([end, (await reception.get(`${path}${end}`)).status]).toEqual([end, 404]);
    for (const id of ['x', '00000000-0000-4000-8000-000000000000'])
      expect((await reception.get(`/patients/${id}`)).status).toBe(404);
  });

  test.each(['linkworker', 'neighbour', 'coordinator', 'resource', 'council', 'admin'])(
    'as %s sees none of the clinic’s pages',
    async (login) => {
      const at = await signedIn(service, login);
      for (const path of ['/patients', '/patients/new'])
        expect([path, (await at.get(path)).status]).toEqual([path, 403]);
    },
  );

  test('without signing in is led to the sign-in page', async () => {
    expect((await desk(service).get('/patients')).location).toBe('/sign-in?to=%2Fpatients');
  });
});
