import { running } from '../../src/programs/record.ts';
import { publishForms } from '../../src/programs/publish.ts';
import type { Program } from '../../src/programs/program.ts';
import { hold, type Draft } from '../../src/sessions/hold.ts';
import { makePasses } from '../../src/sessions/pass.ts';
import { makeStory, programs } from '../support-slice/fixture.ts';

export { programs } from '../support-slice/fixture.ts';

export const tell = {
  publicUrl: 'https://tsunagi.example',
  passes: makePasses(['a secret of the tests, long enough']),
};
export const programNamed = (id: string): Program => {
  const found = programs.find((one) => one.id === id);
  if (!found) throw new Error(`no program ${id}`);
  return found;
};

export const draft = (given: Partial<Draft> = {}): Draft => ({
  program: 'takaishi',
  kind: 'exercise',
  title: '産後のからだほぐし',
  note: null,
  municipality: '052019',
  area: '北浜',
  place: '北浜公民館',
  location_id: null,
  room: 2,
  room_online: 1,
  drop_in: false,
  leader_kind: 'midwife',
  leader: '助産師　白石',
  phone: '018-000-0001',
  url: 'https://meet.example.org/abc',
  ...given,
});

export type Scene = Awaited<ReturnType<typeof makeScene>>;

/** A world in which the office runs the programs with sessions; ways to hold one and to read what letters wait. */
export async function makeScene() {
  const here = await makeStory();
  await publishForms(here.ownerUrl, programs, here.time.now());
  const { office } = here.bodies;
  await here.owner.query('update organization set content = $2, version = version + 1 where id = $1', [
    office.id,
    JSON.stringify(running(office, ['akita', 'takaishi', 'kotoura'])),
  ]);
  const worker = here.as(here.bodies.actors.linkworker);
  /** Tomorrow at ten, unless said otherwise. */
  const gather = async (given: Partial<Draft> = {}, inHours = 24): Promise<string> => {
    const starts = new Date(here.time.now().getTime() + inHours * 3_600_000);
    const span = { starts, ends: new Date(starts.getTime() + 3_600_000) };
    const [id = ''] = await worker((r) => hold(r, draft(given), [span]));
    return id;
  };
  const letters = async (): Promise<{ recipient: string; subject: string; body: string }[]> =>
    (
      await here.owner.query<{ recipient: string; subject: string; body: string }>(
        'select recipient, subject, body from outbox order by id',
      )
    ).rows;
  const states = async (id: string): Promise<{ way: string; state: string; name: string }[]> =>
    (
      await here.owner.query<{ way: string; state: string; name: string }>(
        'select way, state, name from gathering_place where gathering_id = $1 order by turn',
        [id],
      )
    ).rows;
  return { ...here, worker, gather, letters, states };
}
