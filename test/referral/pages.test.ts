import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { buildConsent, readConsent } from '../../src/consent/record.ts';
import { referralRoutes } from '../../src/referral/routes.tsx';
import { move, send } from '../../src/referral/service.ts';
import { serve, signIn, type Browsing } from '../support/browse.ts';
import { makeScene, program, programs, type Prepared, type Scene } from './fixture.ts';

let scene: Scene;
let app: Express;
let doctor: Browsing;
let linkworker: Browsing;
let neighbour: Browsing;

beforeAll(async () => {
  scene = await makeScene();
  app = serve(scene, (needs) => [referralRoutes({ ...needs, programs })]);
  const { actors } = scene.bodies;
  doctor = await signIn(scene, app, actors.doctor);
  linkworker = await signIn(scene, app, actors.linkworker);
  neighbour = await signIn(scene, app, actors.neighbour);
});
afterAll(async () => {
  await scene.close();
});

const filled = (prepared: Prepared) => ({
  needs: prepared.conditions,
  office: scene.bodies.office.id,
  urgency: 'urgent',
  reason: 'ひとり暮らしで、話し相手がいません。',
  note: '高血圧で通院中です。',
});
const formOf = (prepared: Prepared, verb = ''): string => `/patients/${prepared.patient}/referrals${verb}`;

describe('a clinic’s way to a referral', () => {
  test('the form shows what was found and why, the consent, and the office of the area as chosen', async () => {
    const prepared = await scene.prepare();
    const page = await doctor.get(formOf(prepared, '/new')).expect(200);
    expect(page.text).toContain('孤立・人とのつながり');
    expect(page.text).toContain('2027年11月19日');
    expect(page.text).toMatch(new RegExp(`value="${scene.bodies.office.id}"[^>]*checked`));
    expect(page.text).toContain('050-0000-0061');
    expect(page.text).toContain('窓口は3営業日以内に返事をし');
    // The other office is only to be had on purpose.
    expect(page.text).toContain('地域外の窓口に送る');
  });

  test('the reason begins with what was found; what was answered only where all its readers may know it', async () => {
    const begun = async (about: Parameters<typeof scene.prepare>[0]): Promise<string> => {
      const page = await doctor.get(formOf(await scene.prepare(about), '/new')).expect(200);
      return /<textarea[^>]*name="reason"[^>]*>([^<]*)/.exec(page.text)?.[1] ?? '';
    };
    const recipients = ['office'] as const;
    const told = await begun({ items: ['contact', 'answers'], recipients });
    expect(told).toMatch(/^\s*問診票から、[^\n]*\n・孤立・人とのつながり（/);
    const bare = /・孤立・人とのつながり(\n|$)/;
    expect(told).not.toMatch(bare);
    // Residents get no answers, and an office none that the consent leaves out.
    expect(await begun({ items: ['contact', 'answers'], recipients: ['office', 'resident'] })).toMatch(bare);
    expect(await begun({ items: ['contact'], recipients })).toMatch(bare);
    const danger = await begun({ recipients, answers: { 'safety.home': ['yes'] } });
    expect(danger).toContain('孤立');
    expect(danger).not.toContain('安全');
    expect(danger).not.toContain('こわい');
  });

  test('without a consent there is no form, but the way to one', async () => {
    const prepared = await scene.prepare();
    await scene.withdraw(prepared.consent);
    const page = await doctor.get(formOf(prepared, '/new')).expect(200);
    expect(page.text).toContain('有効な同意がまだありません');
    expect(page.text).toContain(`/patients/${prepared.patient}/consents/new`);
    expect(page.text).not.toContain('name="reason"');
  });

  test('two consents are told apart, and the check names the one it rests on', async () => {
    const prepared = await scene.prepare();
    await scene.open(scene.bodies.actors.doctor, async (records) => {
      const first = readConsent(await records.read('Consent', prepared.consent));
      await records.save(
        buildConsent({
          ...first,
          items: ['contact'],
          recipients: [],
          recipientIds: [scene.bodies.office.id],
          at: '2026-11-19T09:00:00+09:00',
          from: '2026-11-19',
          until: '2026-12-31',
        }),
      );
    });
    const text = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    const page = text((await doctor.get(formOf(prepared, '/new')).expect(200)).text);
    for (const words of ['同意 1', '同意 2', '2026年11月19日から2026年12月31日まで', '試験リンクワーカー室'])
      expect(page).toContain(words);
    const asked = await doctor.post(formOf(prepared, '/check'), filled(prepared)).expect(303);
    const check = await doctor.get(String(asked.headers['location'])).expect(200);
    // The note needs the consent that names it.
    expect(text(check.text)).toContain(
      'もとになる同意 2026年11月20日に署名。2025年11月20日から2027年11月19日まで',
    );
  });

  test('a consent without the medical note says so, and takes none', async () => {
    const prepared = await scene.prepare({ items: ['contact', 'answers'] });
    const page = await doctor.get(formOf(prepared, '/new'));
    expect(page.text).toContain('申し送りは送れません');
    expect(page.text).not.toContain('name="note"');
    const again = await doctor.post(formOf(prepared), filled(prepared)).expect(422);
    expect(again.text).toContain('申し送りは送れません');
  });

  test('a wrong form comes back with all that is wrong and what was typed', async () => {
    const prepared = await scene.prepare();
    const page = await doctor
      .post(formOf(prepared, '/check'), { note: '高血圧', office: 'elsewhere', urgency: 'soon' })
      .expect(422);
    for (const says of [
      '送る困りごとを一つ以上選んでください。',
      '選択肢の中から選び直してください。',
      '紹介の理由を書いてください。',
      '地域外の窓口を選んでください。',
      '地域外の窓口に送る理由を書いてください。',
    ])
      expect(page.text).toContain(says);
    expect(page.text).toContain('高血圧');
  });

  test('an office that the consent does not open cannot be chosen', async () => {
    const prepared = await scene.prepare({ recipients: [], recipientIds: [scene.bodies.otherOffice.id] });
    const page = await doctor.get(formOf(prepared, '/new'));
    expect(page.text).toContain('今の同意では送れない窓口：試験リンクワーカー室');
    await doctor.post(formOf(prepared, '/check'), filled(prepared)).expect(422);
  });

  test('is checked, changed without losing anything, sent once, and confirmed with what happens next', async () => {
    const prepared = await scene.prepare();
    const asked = await doctor.post(formOf(prepared, '/check'), filled(prepared)).expect(303);
    const check = await doctor.get(String(asked.headers['location'])).expect(200);
    expect(check.text).toContain('送る前に確かめてください');
    expect(check.text).toContain('2026年11月25日（水）まで');
    const back = await doctor.get(formOf(prepared, '/new')).expect(200);
    expect(back.text).toContain('前に入力した内容を表示しています');
    expect(back.text).toContain('ひとり暮らしで、話し相手がいません。');
    expect(back.text).toMatch(/value="urgent"[^>]*checked/);

    const once = { ...filled(prepared), _once: 'the-same-form', _page: formOf(prepared, '/new') };
    const [first, second] = await Promise.all([
      doctor.post(formOf(prepared), once),
      doctor.post(formOf(prepared), once),
    ]);
    expect(first.status).toBe(303);
    expect(second.headers['location']).toBe(first.headers['location']);
    const sent = await doctor.get(String(first.headers['location'])).expect(200);
    expect(sent.text).toMatch(/TS-2026-\d{6}/);
    expect(sent.text).toContain('試験リンクワーカー室が、2026年11月25日（水）までに');
    const warned = await doctor.get(formOf(prepared, '/new'));
    expect(warned.text).toContain('進行中の紹介');
    expect(warned.text).not.toContain('話し相手がいません');
  });

  test('elsewhere with a reason: the office reads why', async () => {
    const prepared = await scene.prepare();
    const sent = await doctor
      .post(formOf(prepared), {
        ...filled(prepared),
        office: 'elsewhere',
        outside: scene.bodies.otherOffice.id,
        outside_reason: '娘さんの家の近くです。',
      })
      .expect(303);
    const other = await signIn(scene, app, scene.bodies.actors.otherLinkworker);
    const page = await other.get(String(sent.headers['location']).replace(/\/sent$/, '')).expect(200);
    expect(page.text).toContain('娘さんの家の近くです。');
  });

  test('nobody but the clinic’s own people gets there', async () => {
    const prepared = await scene.prepare();
    const otherDoctor = await signIn(scene, app, scene.bodies.actors.otherDoctor);
    await otherDoctor.get(formOf(prepared, '/new')).expect(404);
    await linkworker.get(formOf(prepared, '/new')).expect(403);
    await doctor.get('/patients/not-an-id/referrals/new').expect(404);
  });
});

describe('a referral’s page', () => {
  test('shows the office what it needs, and its buttons; the clinic its own', async () => {
    const one = await scene.refer({ note: '心不全で通院中。' });
    const office = await linkworker.get(`/referrals/${one.task}`).expect(200);
    for (const says of ['試験 花子', '心不全で通院中。', '引き受ける', '引き受けられない', '050-0000-0001'])
      expect(office.text).toContain(says);
    const clinic = await doctor.get(`/referrals/${one.task}`).expect(200);
    expect(clinic.text).toContain('誤りとして取り下げる');
    expect(clinic.text).not.toContain('>引き受ける<');
  });

  test('a resident reads the request and how to reach the person, neither the note nor the answers', async () => {
    const one = await scene.refer({ note: '心不全で通院中。' });
    const page = await neighbour.get(`/referrals/${one.task}`).expect(200);
    expect(page.text).toContain('ひとり暮らしで、話し相手がいません。');
    expect(page.text).not.toContain('心不全');
    expect(page.text).not.toContain(`/answers/${one.answers}`);
  });

  test('what is new to the office is waited for by the clinic', async () => {
    const one = await scene.refer();
    const path = `/referrals/${one.task}`;
    const states = async (who: Browsing, page: string) => {
      const { text } = await who.get(page).expect(200);
      return [text.includes('<span>新着</span>'), text.includes('<span>返事待ち</span>')];
    };
    expect(await states(linkworker, path)).toEqual([true, false]);
    expect(await states(doctor, path)).toEqual([false, true]);
    expect(await states(doctor, '/referrals')).toEqual([false, true]);
  });

  test('whoever decides reads first; later the next step stands before the facts', async () => {
    const one = await scene.refer();
    const path = `/referrals/${one.task}`;
    const order = async () => {
      const { text } = await linkworker.get(path).expect(200);
      return ['次にすること', '進みぐあい', '紹介の内容'].toSorted(
        (a, b) => text.indexOf(`>${a}<`) - text.indexOf(`>${b}<`),
      );
    };
    expect(await order()).toEqual(['進みぐあい', '紹介の内容', '次にすること']);
    await linkworker.post(path, { move: 'accept', seen: '1' }).expect(303);
    expect(await order()).toEqual(['次にすること', '進みぐあい', '紹介の内容']);
  });

  test('what is to be done next follows how far it has come', async () => {
    const one = await scene.refer();
    const path = `/referrals/${one.task}`;
    expect((await linkworker.get(path)).text).toContain('決めると、医師にすぐ知らせが届きます');
    await linkworker.post(path, { move: 'accept', seen: '1' }).expect(303);
    await linkworker.post(path, { move: 'start', seen: '2' }).expect(303);
    expect((await linkworker.get(path)).text).toContain('計画を立て、地域の資源につなぎます');
    await scene.owner.query(
      `update task set version = version + 1, content = jsonb_set(content, '{businessStatus,coding,0,code}', '"watching"')
         || jsonb_build_object('meta', (content -> 'meta') || jsonb_build_object('versionId', (version + 1)::text)) where id = $1`,
      [one.task],
    );
    const { text } = await linkworker.get(path);
    expect(text).toContain('つながった先でのようすを確かめ');
    expect(text).not.toContain('計画を立て、地域の資源につなぎます');
  });

  test('accepting is one press and is said; the doctor finds it in the list', async () => {
    const one = await scene.refer();
    const done = await linkworker.post(`/referrals/${one.task}`, { move: 'accept', seen: '1' }).expect(303);
    const page = await linkworker.get(String(done.headers['location'])).expect(200);
    expect(page.text).toContain('引き受けました。医師に知らせました。');
    const list = await doctor.get(`/referrals?q=${one.caseNumber}`).expect(200);
    expect(list.text).toContain('引き受けのお知らせ');
  });

  test('declining without a reason: the same page, all faults, the choice kept', async () => {
    const one = await scene.refer();
    const again = await linkworker.post(`/referrals/${one.task}`, { move: 'decline', seen: '1' }).expect(422);
    expect(again.text).toContain('理由の種類を選んでください。');
    expect(again.text).toContain('理由を書いてください。');
    expect(again.text).toMatch(/value="decline"[^>]*checked/);
    expect(again.text).toMatch(/<details[^>]* open/);
  });

  test('a stale page says that somebody was faster, keeps the words and shows how it stands now', async () => {
    const one = await scene.refer();
    await scene.open(scene.bodies.actors.linkworker, (r) =>
      move(r, programs, { id: one.task, move: 'accept' }),
    );
    const late = await linkworker
      .post(`/referrals/${one.task}`, {
        move: 'hold',
        seen: '1',
        reason_code: 'other',
        reason: '入院されました。',
      })
      .expect(409);
    expect(late.text).toContain('ほかの人が先にこの紹介を進めました');
    expect(late.text).toContain('入院されました。');
    expect(late.text).toContain('引き受け済み');
  });

  test('a resident who was overtaken, or hands it away, ends up where the work is', async () => {
    const one = await scene.refer();
    await scene.open(scene.bodies.actors.linkworker, (r) =>
      move(r, programs, { id: one.task, move: 'accept' }),
    );
    await neighbour.post(`/referrals/${one.task}`, { move: 'accept', seen: '1' }).expect(410);
    const two = await scene.refer();
    await neighbour.post(`/referrals/${two.task}`, { move: 'accept', seen: '1' }).expect(303);
    const away = await neighbour
      .post(`/referrals/${two.task}`, {
        move: 'assign',
        seen: '2',
        assignee: String(scene.bodies.actors.linkworker.post),
      })
      .expect(303);
    expect(away.headers['location']).toBe('/inbox?said=assign');
  });

  test('after it was declined the office keeps its line without the person, and has no sheet', async () => {
    const one = await scene.refer({}, { family: '秘密' });
    await linkworker
      .post(`/referrals/${one.task}`, {
        move: 'decline',
        seen: '1',
        reason_code: 'no-capacity',
        reason: '満員です。',
      })
      .expect(303);
    const page = await linkworker.get(`/referrals/${one.task}`).expect(200);
    expect(page.text).not.toContain('秘密');
    expect(page.text).toContain(one.caseNumber);
    await linkworker.get(`/referrals/${one.task}/sheet.pdf`).expect(410);
  });

  test('the sheet is a PDF, and that it was printed is in the log', async () => {
    const one = await scene.refer();
    const sheet = await doctor.get(`/referrals/${one.task}/sheet.pdf`).expect(200);
    expect(sheet.headers['content-type']).toContain('application/pdf');
    const { rows } = await scene.owner.query(
      `select 1 from access_log where action = 'print' and $1 = any (records)`,
      [`Task/${one.task}`],
    );
    expect(rows).toHaveLength(1);
  });

  test('it is saved as a FHIR document by whoever may have the sheet, in the words of their language', async () => {
    const one = await scene.refer();
    const path = `/referrals/${one.task}/document.json`;
    for (const [who, language, says] of [
      [doctor, 'ja', 'データで保存（FHIR）'],
      [linkworker, 'en', 'Save as data \\(FHIR\\)'],
    ] as const) {
      const asked = who.get(`/referrals/${one.task}`);
      const page = await asked.set('Cookie', `${asked.get('Cookie')}; language=${language}`).expect(200);
      expect(page.text).toMatch(new RegExp(`href="${path}"[^>]*>\\s*${says}`));
      const file = await who.get(path).expect(200);
      expect(file.headers['content-type']).toContain('application/fhir+json');
      expect(file.headers['content-disposition']).toContain('attachment');
      expect(file.text).toContain('"type": "document"');
    }
    // A resident on a telephone has no use for data; the address answers them all the same.
    const resident = await neighbour.get(`/referrals/${one.task}`).expect(200);
    expect([resident.text.includes('sheet.pdf'), resident.text.includes('document.json')]).toEqual([
      true,
      false,
    ]);
    await neighbour.get(path).expect(200);
    const { rows } = await scene.owner.query(
      `select role from access_log where action = 'export' and what = 'referral document' and $1 = any (records) order by role`,
      [`ServiceRequest/${one.request}`],
    );
    expect(rows.map((row: { role: string }) => row.role)).toEqual(['doctor', 'linkworker', 'neighbour']);
  });

  test('nothing is saved without a consent in force: not of a draft, and not once it is taken back', async () => {
    const one = await scene.refer();
    await scene.withdraw(one.consent);
    const page = await doctor.get(`/referrals/${one.task}`).expect(200);
    expect([page.text.includes('sheet.pdf'), page.text.includes('document.json')]).toEqual([true, false]);
    const refusal = await doctor.get(`/referrals/${one.task}/document.json`).expect(409);
    expect(refusal.text).toContain('有効な同意がないため、文書にできません');
    await linkworker.get(`/referrals/${one.task}/document.json`).expect(410);
  });

  test('a draft that waits for a consent is sent from its page once there is one, and then shows it', async () => {
    const prepared = await scene.prepare({ items: ['contact', 'answers'] });
    const { task } = await scene.open(scene.bodies.actors.doctor, (records) =>
      send(
        records,
        program,
        scene.sendingOf(prepared, { consent: undefined, note: '持病のことは、まだ話さないでください。' }),
      ),
    );
    await linkworker.get(`/referrals/${task}`).expect(404);
    const page = await doctor.get(`/referrals/${task}`).expect(200);
    expect(page.text).toContain('下書きです。窓口にはまだ届いていません');
    expect(page.text).not.toContain('document.json');
    await doctor.get(`/referrals/${task}/document.json`).expect(409);
    await doctor.post(`/referrals/${task}`, { move: 'send', seen: '1' }).expect(303);
    const received = await linkworker.get(`/referrals/${task}`).expect(200);
    expect(received.text).toContain('2027年11月19日');
    // The consent names no note: the doctor's words stay at the clinic.
    expect(received.text).not.toContain('持病のこと');
    expect((await doctor.get(`/referrals/${task}`)).text).toContain('持病のこと');
  });

  test('nonsense is refused, never a fault of ours', async () => {
    const one = await scene.refer();
    const at = `/referrals/${one.task}`;
    await linkworker.get('/referrals/x').expect(404);
    await linkworker.post(at, {}).expect(422);
    await linkworker.post(at, { move: 'explode', seen: '1' }).expect(422);
    await linkworker.post(at, { move: 'complete', seen: '1' }).expect(422);
    await linkworker.post(at, { move: 'start', seen: '1' }).expect(422);
    await linkworker.post(at, { move: 'assign', seen: '1', assignee: 'x' }).expect(422);
    await linkworker.get('/inbox?tab=toString&at=%00').expect(200);
    await doctor.get('/referrals?tab=x&q=%25_&at=Zg').expect(200);
    await linkworker.get(`${at}?said=constructor`).expect(200);
  });
});
