import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { caseSearchHref } from '../../src/directory/search.ts';
import { buildPost, buildPractitioner } from '../../src/people/record.ts';
import { letterOf } from '../../src/support/letter.ts';
import { readOneReport, readReports } from '../../src/support/reports.ts';
import { readTask } from '../../src/referral/record.ts';
import { assign } from '../../src/referral/service.ts';
import { askResources, logContact, tellPlan, writeGoal } from '../../src/support/service.ts';
import { supportRoutes } from '../../src/support/routes.tsx';
import { serve, signIn, type Browsing } from '../support/browse.ts';
import { makeStory, programs, secretNote, type Story } from './fixture.ts';

let here: Story;
let worker: Browsing;
let neighbour: Browsing;
let doctor: Browsing;

beforeAll(async () => {
  here = await makeStory();
  const app = serve(here, (needs) => [supportRoutes({ ...needs, programs })]);
  const { actors } = here.bodies;
  worker = await signIn(here, app, actors.linkworker);
  neighbour = await signIn(here, app, actors.neighbour);
  doctor = await signIn(here, app, actors.doctor);
});
afterAll(() => here.close());

const as = () => here.as(here.bodies.actors.linkworker);
const state = (task: string) => as()(async (r) => readTask(await r.read('Task', task)));
/** The value of a hidden field on a page. */
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

async function busyCase() {
  const salon = await here.addResource();
  const { task, patient } = await here.refer();
  await as()((r) => logContact(r, { id: task, kind: 'visited', text: '自宅で話した' }));
  const { goal } = await as()((r) => writeGoal(r, { id: task, text: '週に一度出かける', needs: [] }));
  await as()((r) => tellPlan(r, { id: task, text: '計画です' }));
  const { requests } = await as()((r) =>
    askResources(r, 'https://x.invalid', {
      id: task,
      resources: [salon.id],
      wish: '見学したい',
      answerBy: '2026-12-04',
      will: { way: 'phone' },
    }),
  );
  return { task, patient, goal, salon, request: requests[0]?.id ?? '' };
}

describe('the pages of a case', () => {
  test('are there for a link worker, each with a handful of statements', async () => {
    const { task, salon, request } = await busyCase();
    const counts: Record<string, number> = {};
    const paths = [
      'contacts',
      'assessment',
      'goals',
      'resources',
      'requests',
      `requests?resource=${salon.id}`,
      'close',
      'reports',
    ].map((part) => `/referrals/${task}/${part}`);
    for (const path of [...paths, '/requests', `/requests/${request}`]) {
      const before = here.database.statements();
      const page = await worker.get(path);
      expect({ path, status: page.status }).toEqual({ path, status: 200 });
      counts[path.replace(task, ':id').replace(request, ':id').replace(salon.id, ':id')] =
        here.database.statements() - before;
    }
    // Session, begin, settings, what was typed before, whether the consent holds, access log and commit are among them.
    for (const [path, count] of Object.entries(counts))
      expect({ path, few: count <= 15 }).toEqual({ path, few: true });
  });

  test('have nothing ticked of what the person wants, or of how it is known, before a group is asked', async () => {
    const { task } = await here.refer();
    const salon = await here.addResource();
    const page = await worker.get(`/referrals/${task}/requests?resource=${salon.id}`);
    expect(page.text).toContain('name="will"');
    expect(page.text).not.toMatch(/<input[^>]*type="(?:radio|checkbox)"[^>]*\schecked/);
  });

  test('keep what was ticked and searched for while an entry of the directory is looked at', async () => {
    const { task } = await here.refer();
    const [first, second] = [await here.addResource(), await here.addResource()];
    const search = `asked=1&area=052019&words=${encodeURIComponent('編み物')}`;
    const found = await worker.get(`/referrals/${task}/resources?${search}`);
    expect(found.text).toContain(`formaction="/resources/${first.id}"`);
    const looked = { case: task, search, resource: [second.id, 'not an id'] };
    const back = caseSearchHref(looked) ?? '';
    const again = await worker.get(back);
    expect(again.text).toMatch(new RegExp(`value="${second.id}"[^>]*checked`));
    expect(again.text).not.toMatch(new RegExp(`value="${first.id}"[^>]*checked`));
    expect(again.text).toContain('value="編み物"');
    expect(caseSearchHref({ case: '//elsewhere.example', search })).toBeUndefined();
  });

  test('send a wrong form back with what was typed', async () => {
    const { task } = await here.refer();
    const page = await worker.post(`/referrals/${task}/contacts`, { text: '書きかけの文', next_in: 'other' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('書きかけの文');
    expect(page.text).toContain('どうだったかを一つ選んでください。');
    expect(page.text).toContain('次に連絡する日を入れてください。');
  });

  test('say that somebody else was faster, and keep what was typed', async () => {
    const { task } = await here.refer();
    const seen = hidden((await worker.get(`/referrals/${task}/contacts`)).text, 'seen');
    await as()((r) => logContact(r, { id: task, kind: 'visited', text: '先に記録' }));
    const late = await worker.post(`/referrals/${task}/contacts`, {
      seen,
      kind: 'reached',
      text: 'あとからの文',
    });
    expect(late.status).toBe(409);
    expect(late.text).toContain('ほかの人が先に変更しました');
    expect(late.text).toContain('あとからの文');
    const now = hidden(late.text, 'seen');
    const again = await worker.post(`/referrals/${task}/contacts`, {
      seen: now,
      kind: 'reached',
      text: 'あとからの文',
    });
    expect(again.headers['location']).toBe(`/referrals/${task}/contacts?said=logged`);
  });

  test('log a contact in two taps, and say that the support has started', async () => {
    const { task } = await here.refer();
    const done = await worker.post(`/referrals/${task}/contacts`, { kind: 'visited', next_in: '3' });
    expect(done.headers['location']).toBe(`/referrals/${task}/contacts?said=started`);
    expect(await state(task)).toMatchObject({ status: 'in-progress', step: 'met' });
    const page = await worker.get(`/referrals/${task}/contacts?said=started`);
    expect(page.text).toContain('支援が始まりました');
  });

  test('do not close a case without an outcome, nor while a request or goal has nothing said of it', async () => {
    const { task } = await busyCase();
    const page = await worker.post(`/referrals/${task}/close`, { outcomeText: 'よかった' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('よかった');
    expect((page.text.match(/class="field-error"/g) ?? []).length).toBeGreaterThanOrEqual(3);
    expect((await state(task)).status).toBe('in-progress');
  });

  test('close a case after a check, once, and the doctor opens the letter', async () => {
    const { task, goal, request } = await busyCase();
    const seen = hidden((await worker.get(`/referrals/${task}/close`)).text, 'seen');
    const form = {
      seen,
      outcome: 'connected',
      outcomeText: '週に一度、通っています',
      [`end-${request}`]: 'cancel',
      [`text-${request}`]: '別のところに決まった',
      [`goal-${goal}`]: 'achieved',
    };
    const asked = await worker.post(`/referrals/${task}/close`, form);
    expect(asked.headers['location']).toBe(`/referrals/${task}/close/check`);
    const check = await worker.get(`/referrals/${task}/close/check`);
    expect(check.text).toContain('別のところに決まった');
    expect((await state(task)).status).toBe('in-progress');
    const key = randomUUID();
    const confirm = () => worker.post(`/referrals/${task}/close`, { ...form, step: 'confirm', _once: key });
    const [first, second] = [await confirm(), await confirm()];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(await state(task)).toMatchObject({ status: 'completed', step: 'ended' });

    const list = await doctor.get(`/referrals/${task}/reports`);
    expect(list.text).toContain('支援の結果のお知らせ');
    const reports = [...list.text.matchAll(/\/reports\/([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '');
    expect(reports).toHaveLength(3);
    for (const id of reports) {
      expect((await doctor.get(`/reports/${id}`)).status).toBe(200);
      const letter = await doctor.get(`/reports/${id}/letter.pdf`);
      expect(letter.headers['content-type']).toBe('application/pdf');
    }
    const printed = await here.owner.query(
      `select 1 from access_log where action = 'print' and what = 'report'`,
    );
    expect(printed.rows).toHaveLength(3);
  });

  test('ask for nothing twice: the sheet begins with the answers and says so', async () => {
    const { task } = await here.refer();
    const page = await worker.get(`/referrals/${task}/assessment`);
    expect(page.text).toContain('【問診票から】');
    expect(page.text).toContain('問診票の答えを見る');
  });

  test('address the letter to the doctor who sent it, or the clinic’s only doctor, or the clinic', async () => {
    const { actors, clinic } = here.bodies;
    const addressed = async (by: typeof actors.doctor) => {
      const { task } = await here.refer({ by });
      const [report] = (await as()((r) => readReports(r, task))).reports;
      const page = await worker.get(`/reports/${report?.id ?? ''}`);
      return { one: await as()((r) => readOneReport(r, report?.id ?? '')), page: page.text };
    };
    const sent = await addressed(actors.doctor);
    expect(sent.one.doctor).toBe('試験 doctor');
    expect(sent.page).toContain('試験クリニック　試験 doctor 先生');
    expect(sent.page).toContain('返書：引き受けのお知らせ');
    expect(letterOf({ language: 'ja', sheetId: '', ...sent.one })).toMatchObject({
      title: '返書：引き受けのお知らせ',
      to: { organization: '試験クリニック', person: '試験 doctor' },
    });
    expect((await addressed(actors.reception)).one.doctor).toBe('試験 doctor');
    // A second doctor: nobody knows for which of them the reception sent it.
    const second = { practitioner: randomUUID(), post: randomUUID() };
    await here.open(actors.system, (records) =>
      records.write([
        buildPractitioner(
          { family: '試験', given: '次郎', familyKana: '', givenKana: '' },
          { id: second.practitioner },
        ),
        buildPost(
          { kind: 'doctor', practitioner: second.practitioner, organization: clinic.id, name: '試験 次郎' },
          { id: second.post },
        ),
      ]),
    );
    const unknown = await addressed(actors.reception);
    expect(unknown.one.doctor).toBeUndefined();
    expect(letterOf({ language: 'ja', sheetId: '', ...unknown.one }).to).not.toHaveProperty('person');
    expect((await addressed(actors.doctor)).one.doctor).toBe('試験 doctor');
  });

  test('ask several groups: one text, changed for each on a page of its own before anything is sent', async () => {
    const salon = await here.addResource();
    const bus = await here.addResource({
      name: '花野お買い物バス（架空）',
      organizationId: here.bodies.otherResource.id,
      needs: [],
      contact: { phone: '018-000-0402' },
    });
    const { task } = await here.refer();
    const at = `/referrals/${task}/requests`;
    const check = await worker.get(`${at}?resource=${salon.id}&resource=${bus.id}`);
    // What each is told, and on which consent it rests.
    expect(check.text).toMatch(
      /2026年11月20日に署名。2026年11月20日から2027年11月19日まで。相手：リンクワーカーの.*、つなぎ先の団体/,
    );
    expect(check.text).toContain('孤立・人とのつながり');
    expect(check.text).not.toContain('暴力');
    expect(check.text).not.toContain('1948');
    const form = {
      seen: hidden(check.text, 'seen'),
      resource: [salon.id, bus.id],
      wish: '見学から参加したい',
      'answerBy-year': '2026',
      'answerBy-month': '12',
      'answerBy-day': '4',
      will: 'yes',
      way: 'phone',
    };
    const went = await worker.post(at, { ...form, step: 'texts' });
    const [forBoth, textsAt] = ['', '/texts'].map(
      (page) => `${at}${page}?resource=${salon.id}&resource=${bus.id}`,
    ) as [string, string];
    expect([went.status, went.headers['location']]).toEqual([303, textsAt]);
    const texts = await worker.get(textsAt);
    expect(texts.status).toBe(200);
    expect([...texts.text.matchAll(/<textarea[^>]*>([^<]*)/g)].map(([, words]) => words?.trim())).toEqual([
      '見学から参加したい',
      '見学から参加したい',
    ]);
    expect(await as()((r) => r.find('Task', [['part-of', task]]))).toEqual([]);
    const carried = { ...form, answerBy: hidden(texts.text, 'answerBy'), will: hidden(texts.text, 'will') };
    expect(carried.answerBy).toBe('2026-12-04');
    const empty = await worker.post(at, { ...carried, [`wish-${bus.id}`]: '', [`wish-${salon.id}`]: '見学' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain(`href="#field-wish-${bus.id}"`);
    expect(hidden(empty.text, '_page')).toBe(forBoth.replaceAll('&', '&amp;'));
    const own = { [`wish-${salon.id}`]: form.wish, [`wish-${bus.id}`]: '送り迎えをお願いしたい' };
    const wentBack = await worker.post(at, { ...carried, ...own, step: 'back' });
    expect([wentBack.status, wentBack.headers['location']]).toEqual([303, forBoth]);
    const back = await worker.get(forBoth);
    expect(back.text).toContain('見学から参加したい');
    expect(hidden(back.text, `wish-${bus.id}`)).toBe('送り迎えをお願いしたい');
    expect(hidden(back.text, `wish-${salon.id}`)).toBe('');
    expect((await worker.get(textsAt)).text).toContain('送り迎えをお願いしたい');
    const sent = await worker.post(at, { ...carried, ...own, _page: forBoth });
    expect(sent.headers['location']).toBe(`${at}?said=asked`);
    // Sent is sent: the way back leads to the groups as they stand now.
    const after = await worker.get(textsAt);
    expect([after.status, after.headers['location']]).toEqual([303, forBoth]);
    expect((await worker.get(forBoth)).text).not.toContain('送り迎えをお願いしたい');
    const list = (await worker.get(at)).text;
    for (const words of ['見学から参加したい', '送り迎えをお願いしたい']) expect(list).toContain(words);
  });

  test('of texts for groups has no page for whoever wrote nothing, or may not', async () => {
    const salon = await here.addResource();
    const { task } = await here.refer();
    const at = `/referrals/${task}/requests/texts`;
    const nothing = await worker.get(`${at}?resource=${salon.id}`);
    expect([nothing.status, nothing.headers['location']]).toEqual([
      303,
      `/referrals/${task}/requests?resource=${salon.id}`,
    ]);
    expect((await doctor.get(`${at}?resource=${salon.id}`)).status).toBe(403);
  });

  test('of a request have its own number and the number of the case', async () => {
    const { task, request } = await busyCase();
    const page = (await worker.get(`/requests/${request}`)).text.replaceAll(/<[^>]+>/g, ' ');
    const { caseNumber } = await state(task);
    expect(page).toMatch(new RegExp(`依頼番号\\s+${caseNumber}-1\\s+案件番号\\s+${caseNumber}\\s`));
  });

  test('print a request sheet as a PDF', async () => {
    const { request } = await busyCase();
    const sheet = await worker.post(`/requests/${request}/sheet.pdf`);
    expect(sheet.status).toBe(200);
    expect(sheet.headers['content-type']).toBe('application/pdf');
  });
});

describe('a resident link worker', () => {
  test('has the contacts, and elsewhere reads a sentence instead of an error', async () => {
    const { task } = await here.refer();
    await as()((r) => assign(r, { id: task, assignee: here.bodies.actors.neighbour.post ?? '' }));
    expect((await neighbour.get(`/referrals/${task}/contacts`)).status).toBe(200);
    const logged = await neighbour.post(`/referrals/${task}/contacts`, { kind: 'reached' });
    expect(logged.status).toBe(303);
    for (const part of ['assessment', 'goals', 'resources', 'requests', 'close', 'reports']) {
      const page = await neighbour.get(`/referrals/${task}/${part}`);
      expect({ part, status: page.status }).toEqual({ part, status: 403 });
      expect(page.text).toContain('このページは専門職が使います');
      expect(page.text).not.toContain(secretNote);
    }
  });

  test('does not find a case that a colleague has in hand', async () => {
    const { task } = await here.refer();
    expect((await neighbour.get(`/referrals/${task}/contacts`)).status).toBe(410);
  });
});

describe('everybody else', () => {
  test('has no page about the work on a case', async () => {
    const { task, request } = await busyCase();
    for (const path of [`/referrals/${task}/contacts`, `/referrals/${task}/goals`, `/requests/${request}`])
      expect((await doctor.get(path)).status).toBe(403);
  });
});
