import type { Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stored } from '../../src/fhir/types.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { answer } from '../../src/referral/answer/service.ts';
import { changeTask, outcomeOutput, readTask } from '../../src/referral/record.ts';
import { move } from '../../src/referral/service.ts';
import { makeAsking, type AskingScene } from './answer-scene.ts';
import { outcomeOf, programs } from './fixture.ts';

let scene: AskingScene;
beforeAll(async () => {
  scene = await makeAsking();
});
afterAll(() => scene.close());

const actors = () => scene.bodies.actors;
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const secretWords = '抗うつ薬の治療を優先します。';
const reason = { code: 'other', text: secretWords } as const;
/** A change as a stranger’s program makes it: the record, written back. */
const save = (actor: Actor, id: string, edit: (task: Stored<Task>) => Task) =>
  scene.open(actor, async (r) => r.save(edit(await r.read('Task', id))));
const at = '2026-11-20T11:00:00+09:00';

type Logged = { organization: string; role: string; via: string; request: string; records: string[] };
const writesOf = async (task: string): Promise<Logged[]> => {
  const { rows } = await scene.owner.query<Logged>(
    `select organization, role, via, request, records from access_log where action = 'write' and $1 = any (records) order by id`,
    [`Task/${task}`],
  );
  return rows;
};

describe('a clinic that ends its referral', () => {
  const ways = {
    'cancels it on its page': (id: string) =>
      scene.open({ ...actors().doctor, request: 'the press' }, (r) =>
        move(r, programs, { id, move: 'cancel', reason }),
      ),
    'cancels it by its program': (id: string) =>
      save({ ...actors().doctor, request: 'the press' }, id, (task) => ({
        ...task,
        status: 'cancelled',
        statusReason: { text: secretWords },
      })),
    'withdraws it as a mistake': (id: string) =>
      scene.open({ ...actors().doctor, request: 'the press' }, (r) =>
        move(r, programs, { id, move: 'retract', reason }),
      ),
  };

  test.each(Object.entries(ways))('%s: the office’s requests to groups end with it', async (_name, end) => {
    const { task, partOf, request, secret } = await scene.ask();
    await end(partOf);
    const now = await scene.taskNow(task);
    expect(now).toMatchObject({ status: 'cancelled', step: 'ended' });
    expect(now.reason?.text).not.toContain(secretWords);
    expect(await scene.versions(task)).toBe(2);
    const { rows } = await scene.owner.query<{ status: string; open: string }>(
      `select content ->> 'status' as status, (select count(*) from one_time_link where task_id = $2 and used_at is null) as open
         from service_request where id = $1`,
      [request, task],
    );
    expect(rows).toEqual([{ status: 'revoked', open: '0' }]);

    const link = await scene.anyone.get(`/r/${secret}`);
    expect([link.status, words(link.text).includes('このご依頼は取り下げられました')]).toEqual([410, true]);
    const group = await scene.group();
    expect(words((await group.get(`/asked/${task}`)).text)).toContain('取り消された');
    for (const page of [link, await group.get(`/asked/${task}`)])
      expect(page.text).not.toContain(secretWords);
  });

  test('leaves the office as the one who called them off, in the log and in the Provenance, and sees none of it', async () => {
    const { task, partOf } = await scene.ask();
    await ways['cancels it on its page'](partOf);
    const office = scene.bodies.office.id;
    expect((await writesOf(task)).at(-1)).toMatchObject({
      organization: office,
      role: 'system',
      via: 'job',
      request: 'the press',
    });
    // The clinic's own line stays the clinic's, though it was written after.
    expect((await writesOf(partOf)).at(-1)).toMatchObject({
      organization: scene.bodies.clinic.id,
      role: 'doctor',
    });
    const { rows } = await scene.owner.query<{ who: string; keeper: string }>(
      `select content #>> '{agent,0,who,reference}' as who, keeper from provenance where $1 = any (target) order by recorded desc, updated_at desc`,
      [`Task/${task}`],
    );
    expect(rows).toContainEqual({ who: `Organization/${office}`, keeper: office });
    const seen = await scene.open(actors().doctor, (r) => r.find('Task', [['part-of', partOf]]));
    expect(seen).toEqual([]);
  });

  test('ends nothing when its own change is refused', async () => {
    const { task, partOf } = await scene.ask();
    const bare = save(actors().doctor, partOf, (one) => ({ ...one, status: 'cancelled' }));
    expect(await outcomeOf(bare)).toBe('invalid');
    expect((await scene.taskNow(task)).status).toBe('requested');
  });
});

describe('an office that ends a referral by its program', () => {
  test('cannot close it while a group still waits, and is told so in a sentence', async () => {
    const { task, partOf } = await scene.ask();
    const close = (one: Stored<Task>): Task => ({
      ...one,
      status: 'completed',
      output: [outcomeOutput('connected', 'つながった')],
    });
    const early = save(actors().linkworker, partOf, close);
    await expect(early).rejects.toThrow(Refused);
    const said = await early.catch((error: unknown) =>
      error instanceof Refused && error.problem.kind === 'invalid' ? error.problem.issues[0]?.says.ja : '',
    );
    expect(said).toContain('活動団体への依頼が1件、まだ終わっていません');
    // Both at once is in order.
    await scene.open(actors().linkworker, async (r) =>
      r.write([
        close(await r.read('Task', partOf)),
        changeTask(await r.read('Task', task), { status: 'cancelled', reason, at }),
      ]),
    );
    expect((await scene.taskNow(partOf)).status).toBe('completed');
  });

  test('calls off what it asked when it gives up, as itself', async () => {
    const { task, partOf } = await scene.ask();
    await save(actors().linkworker, partOf, (one) => changeTask(one, { status: 'failed', reason, at }));
    expect((await scene.taskNow(task)).status).toBe('cancelled');
    expect((await writesOf(task)).at(-1)).toMatchObject({ role: 'linkworker', via: 'session' });
  });
});

describe('a group that answers by itself', () => {
  const mails = async () =>
    (
      await scene.owner.query<{ recipient: string; subject: string; body: string }>(
        'select recipient, subject, body from outbox order by id',
      )
    ).rows;

  test('leaves a record of what was done, kept by the office, as when the office enters it', async () => {
    const { task, request, patient } = await scene.ask();
    await answer(scene.open, actors().resource, { task, move: 'welcome' });
    const outcome = { code: 'connected', text: '毎週来ている' } as const;
    await answer(scene.open, actors().resource, { task, move: 'finish', outcome });
    const done = await scene.open(actors().linkworker, (r) => r.find('Procedure', [['patient', patient]]));
    expect(done).toMatchObject([
      {
        basedOn: [{ reference: `ServiceRequest/${request}` }],
        performer: [{ actor: { reference: `Organization/${scene.bodies.resource.id}` } }],
        outcome: { text: '毎週来ている' },
      },
    ]);
    expect(readTask(await scene.taskOf(actors().linkworker, task)).status).toBe('completed');
    expect(
      await outcomeOf(scene.open(actors().resource, (r) => r.read('Procedure', done[0]?.id ?? ''))),
    ).toBe('not-found');
  });

  test('whoever has the case in hand gets a mail with the address of the case and nothing of the person', async () => {
    const { task, partOf } = await scene.ask();
    const before = (await mails()).length;
    await answer(scene.open, actors().resource, { task, move: 'welcome', note: '10時に来てください' });
    // Neither the person in charge nor the office has an address here.
    expect(await mails()).toHaveLength(before);
    await scene.owner.query(
      `update practitioner set version = version + 1, content = content || $2 where id =
         (select practitioner_id from practitioner_role where id = $1)`,
      [actors().linkworker.post, { telecom: [{ system: 'email', value: 'tantou@example.jp' }] }],
    );
    await answer(scene.open, actors().resource, { task, move: 'begin' });
    const [mail, ...more] = (await mails()).slice(before);
    expect(more).toEqual([]);
    expect(mail?.recipient).toBe('tantou@example.jp');
    expect(mail?.body).toContain(`https://tsunagi.example/referrals/${partOf}`);
    const text = `${mail?.subject ?? ''} ${mail?.body ?? ''}`;
    for (const word of ['試験', '花子', '編み物', 'サロン', '10時', '始ま']) expect(text).not.toContain(word);
  });

  test('nobody is mailed what the office enters itself', async () => {
    const { task } = await scene.ask();
    const before = (await mails()).length;
    await save(actors().linkworker, task, (one) => changeTask(one, { status: 'accepted', at }));
    expect(await mails()).toHaveLength(before);
  });
});
