import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PossiblyKnown } from '../../src/people/service.ts';
import { gatheringFigures } from '../../src/statistics/gatherings.ts';
import { move } from '../../src/referral/service.ts';
import { readCase } from '../../src/support/case.ts';
import { holds, type Holding } from '../../src/sessions/programs.ts';
import { talksAt } from '../../src/sessions/queries.ts';
import { needsOf, refer, type Referring } from '../../src/sessions/refer.ts';
import { noteTalk } from '../../src/sessions/talk.ts';
import { walkIn } from '../../src/sessions/attend.ts';
import { buildOrganization } from '../../src/people/record.ts';
import { makeScene, programNamed, programs, type Scene } from './scene.ts';

let here: Scene;
let kotoura: Holding;
beforeAll(async () => {
  here = await makeScene();
  const found = programNamed('kotoura');
  if (!holds(found)) throw new Error('kotoura holds no sessions');
  kotoura = found;
  const { council } = here.bodies;
  await here.owner.query('update organization set content = $2, version = version + 1 where id = $1', [
    council.id,
    JSON.stringify(
      buildOrganization({ kind: 'council', name: '試験協議会', serves: ['052019'], id: council.id }),
    ),
  ]);
});
afterAll(() => here.close());

const room = (area: string) =>
  here.gather(
    {
      program: 'kotoura',
      kind: 'health-room',
      room: null,
      room_online: null,
      url: undefined,
      drop_in: true,
      area,
    },
    1,
  );
const talk = (id: string, topics: string[] = ['alone', 'meal']) =>
  here.as(here.bodies.actors.neighbour)((r) => noteTalk(r, id, { topics, minutes: 15, ageBand: '75-84' }));

const referring = (given = '文'): Referring => ({
  registration: {
    person: {
      family: '川上',
      given,
      familyKana: 'カワカミ',
      givenKana: 'フミ',
      birthDate: '1944-02-03',
      sex: 'female',
      postalCode: '',
      prefecture: '',
      municipalityCode: '052019',
      municipality: '試験市',
      line: '',
      phone: '018-000-0303',
    },
    insurance: undefined,
  },
  another: false,
  consent: {
    explainedBy: here.bodies.actors.linkworker.post ?? '',
    explainedHow: 'spoken',
    recipients: ['office', 'resident'],
    items: ['contact', 'plan'],
    alsoResident: [],
    alsoResource: [],
    until: '2027-05-19',
    signer: 'person',
    proxyName: undefined,
    proxyRelation: undefined,
    proxyWhy: undefined,
    evidence: 'paper',
    kept: '保健室のファイル',
  },
  proof: { kind: 'paper' },
  reason: '一人で食べることが続いている。',
  urgency: 'routine',
});

describe('a talk with somebody who dropped in', () => {
  test('keeps nothing of who it was', async () => {
    const id = await room('北浜');
    await talk(id);
    const { rows } = await here.owner.query<Record<string, unknown>>(
      'select * from drop_in where gathering_id = $1',
      [id],
    );
    expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(
      [
        'age_band',
        'at',
        'gathering_id',
        'id',
        'minutes',
        'organization_id',
        'post_id',
        'task_id',
        'topics',
      ].toSorted(),
    );
  });

  test('becomes a referral with name and consent, in the office’s own inbox; once, and with the needs that were talked about', async () => {
    const id = await room('北浜');
    await talk(id);
    const [found] = await here.worker((r) => talksAt(r, id));
    if (!found) throw new Error('no talk');
    const task = await here.worker((r) => refer(r, kotoura, found, referring()));
    const [linked] = await here.worker((r) => talksAt(r, id));
    expect(linked?.task_id).toBe(task);
    const one = await here.worker((r) => readCase(r, task));
    expect(one.person).toMatchObject({ family: '川上', phone: '018-000-0303' });
    expect(one.asked.needs).toEqual(
      expect.arrayContaining(
        needsOf(kotoura, found).map((need) => expect.objectContaining({ code: need.code })),
      ),
    );
    expect(one.asked.program).toBe('kotoura');
    // The resident sees who it is and what is asked, as the consent says, and nothing of a plan.
    const asNeighbour = here.as(here.bodies.actors.neighbour);
    await asNeighbour((r) => move(r, programs, { id: task, move: 'accept' }));
    const neighbour = await asNeighbour((r) => readCase(r, task));
    expect(neighbour.person.municipality).toBe('試験市');
    expect(neighbour.person.family).toBe('川上');
    await expect(here.worker((r) => refer(r, kotoura, linked ?? found, referring()))).rejects.toThrow();
  });

  test('of somebody of the same name and birth date writes nothing until it is said that it is another', async () => {
    const id = await room('北浜');
    await talk(id);
    const [found] = await here.worker((r) => talksAt(r, id));
    if (!found) throw new Error('no talk');
    await expect(here.worker((r) => refer(r, kotoura, found, referring()))).rejects.toThrow(PossiblyKnown);
    expect((await here.worker((r) => talksAt(r, id)))[0]?.task_id).toBeNull();
    await here.worker((r) => refer(r, kotoura, found, { ...referring('フミ子'), another: true }));
  });

  test('is made a referral by no resident, and linked to no referral that one does not see', async () => {
    const id = await room('北浜');
    await talk(id);
    const [found] = await here.worker((r) => talksAt(r, id));
    if (!found) throw new Error('no talk');
    await expect(
      here.as(here.bodies.actors.neighbour)((r) =>
        refer(r, kotoura, found, { ...referring(), another: true }),
      ),
    ).rejects.toThrow();
    expect((await here.worker((r) => talksAt(r, id)))[0]?.task_id).toBeNull();
  });
});

describe('the figures of an area', () => {
  const figures = (actor: 'council' | 'coordinator') =>
    here.as(here.bodies.actors[actor])((r) => gatheringFigures(r, 2026, programs, '2026-11-30'));

  test('tell talks by district and topic, and none that could point at somebody', async () => {
    const [many, few] = [await room('中通り'), await room('山手')];
    for (let i = 0; i < 30; i += 1) await talk(many, ['alone']);
    for (let i = 0; i < 9; i += 1) await talk(few, ['memory']);
    for (const name of ['あ', 'い']) await here.worker((r) => walkIn(r, few, name, 'site'));
    const found = await figures('council');
    const shown = (list: 'area' | 'topics' | 'participants', row: string) =>
      found?.[list].rowTotals[found[list].rows.indexOf(row)];
    expect(shown('area', '052019|中通り')).toEqual({ kind: 'shown', value: 30 });
    expect(shown('area', '052019|山手')).toEqual({ kind: 'masked' });
    expect(shown('topics', 'memory')).toEqual({ kind: 'masked' });
    expect(shown('participants', '052019|山手')).toEqual({ kind: 'masked' });
    expect(found?.sessions.get('052019|山手')).toBe(1);
    expect(found?.ageBand.rows).toContain('0-19');
  });

  test('are those of the reader’s own area alone', async () => {
    const { council } = here.bodies;
    await here.owner.query('update organization set content = $2, version = version + 1 where id = $1', [
      council.id,
      JSON.stringify(
        buildOrganization({ kind: 'council', name: '別の協議会', serves: ['999999'], id: council.id }),
      ),
    ]);
    expect(await figures('council')).toBeUndefined();
    expect((await figures('coordinator'))?.sessions.get('052019|中通り')).toBe(1);
    await expect(
      here.as(here.bodies.actors.council)((r) =>
        r.run({ strings: ['select drop_in_id from drop_in_fact'], values: [] }),
      ),
    ).rejects.toThrow();
  });
});
