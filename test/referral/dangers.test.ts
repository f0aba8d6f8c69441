import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { referralRoutes } from '../../src/referral/routes.tsx';
import { serve, signIn, type Browsing } from '../support/browse.ts';
import { makeScene, programs, type Prepared, type Scene } from './fixture.ts';

let scene: Scene;
let doctor: Browsing;
let linkworker: Browsing;
beforeAll(async () => {
  scene = await makeScene();
  const app = serve(scene, (needs) => [referralRoutes({ ...needs, programs })]);
  doctor = await signIn(scene, app, scene.bodies.actors.doctor);
  linkworker = await signIn(scene, app, scene.bodies.actors.linkworker);
});
afterAll(() => scene.close());

const frightened = { 'safety.home': ['yes'], 'safety.who': ['partner'] };
const formOf = (prepared: Prepared, verb = ''): string => `/patients/${prepared.patient}/referrals${verb}`;
const filled = (prepared: Prepared, urgency: string) => ({
  needs: prepared.conditions,
  office: scene.bodies.office.id,
  urgency,
  reason: 'ご家族のことで心配があります。',
});
/** The page on which everything is checked once more before it goes. */
const checked = async (prepared: Prepared, urgency: string) => {
  await doctor.post(formOf(prepared, '/check'), filled(prepared, urgency)).expect(303);
  return doctor.get(formOf(prepared, '/check')).expect(200);
};
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const advises =
  'この困りごとでは「できるだけ早く」か、それより急ぐ扱いをおすすめしています。今は「通常」になっています。';

describe('somebody who is frightened at home', () => {
  test('is sent less urgently than advised only when that is meant', async () => {
    const prepared = await scene.prepare({ answers: frightened });
    const check = await checked(prepared, 'routine');
    expect(words(check.text)).toContain(advises);
    const again = await doctor.post(formOf(prepared), filled(prepared, 'routine')).expect(422);
    expect(words(again.text)).toContain('確かめた印を付けてください');
    expect(again.text).toContain('href="#field-meant"');
    expect(words(again.text)).toContain('ご家族のことで心配があります。');
    await doctor.post(formOf(prepared), { ...filled(prepared, 'routine'), meant: 'yes' }).expect(303);
  });

  test('is sent as advised, or more urgently, without another question', async () => {
    for (const urgency of ['asap', 'stat']) {
      const prepared = await scene.prepare({ answers: frightened });
      const check = await checked(prepared, urgency);
      expect(check.text).not.toContain('name="meant"');
      await doctor.post(formOf(prepared), filled(prepared, urgency)).expect(303);
    }
  });

  test('is never behind “and others” in the inbox, however many other needs there are', async () => {
    const one = await scene.refer({ urgency: 'stat' }, { family: '名指し', answers: frightened });
    const page = await linkworker.get('/inbox?tab=new').expect(200);
    const row = page.text.split('<tr').find((part) => part.includes(one.task)) ?? '';
    const shown = row.replaceAll(/<span class="unseen">.*?<\/span>/g, '');
    expect(words(shown)).toContain('家での安全、配偶者などからの暴力');
    expect(words(shown)).toContain('ほか3件');
    // On the referral itself they come first.
    const needs = words((await linkworker.get(`/referrals/${one.task}`).expect(200)).text);
    expect(needs.indexOf('家での安全')).toBeLessThan(needs.indexOf('孤立・人とのつながり'));
  });
});

test('anybody else is sent at the chosen urgency, and their first need is in words', async () => {
  const prepared = await scene.prepare();
  await doctor.post(formOf(prepared), filled(prepared, 'routine')).expect(303);
});

describe('a draft that a clinic’s program left', () => {
  const draft = async () => {
    const one = await scene.refer();
    await scene.owner.query(
      `update task set version = version + 1, content = jsonb_set(jsonb_set(content, '{status}', '"draft"'),
         '{meta,versionId}', to_jsonb((version + 1)::text)) where id = $1`,
      [one.task],
    );
    return one;
  };

  test('is in the clinic’s list, says that it has not arrived, and is sent with one press', async () => {
    const one = await draft();
    const list = await doctor.get(`/referrals?q=${one.caseNumber}`).expect(200);
    expect(words(list.text)).toContain('下書き');
    expect(list.text).toContain(`/referrals/${one.task}`);
    await linkworker.get(`/referrals/${one.task}`).expect(410);
    const page = await doctor.get(`/referrals/${one.task}`).expect(200);
    expect(words(page.text)).toContain('窓口にはまだ届いていません');
    await doctor.post(`/referrals/${one.task}`, { move: 'send', seen: '2' }).expect(303);
    expect((await scene.taskOf(scene.bodies.actors.linkworker, one.task)).status).toBe('requested');
  });

  test('is cancelled with a reason, and never sent once the consent was taken back', async () => {
    const one = await draft();
    await scene.withdraw(one.consent);
    const refused = await doctor.post(`/referrals/${one.task}`, { move: 'send', seen: '2' }).expect(422);
    expect(words(refused.text)).toContain('有効な同意がありません');
    const reason = { reason_code: 'no-longer-wanted', reason: 'ご本人が取りやめました。' };
    await doctor.post(`/referrals/${one.task}`, { move: 'cancel', seen: '2', ...reason }).expect(303);
    const list = await doctor.get(`/referrals?tab=closed&q=${one.caseNumber}`).expect(200);
    expect(list.text).toContain(`/referrals/${one.task}`);
  });
});
