import { randomUUID } from 'node:crypto';
import type { Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { codeOf, systems } from '../../src/fhir/codes.ts';
import type { Stored } from '../../src/fhir/types.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { buildRequest, outcomeOutput, reasonConcept } from '../../src/referral/record.ts';
import { move } from '../../src/referral/service.ts';
import { mayMove, moveBetween, movesOf, statusNames, type Status } from '../../src/referral/workflow.ts';
import { makeScene, outcomeOf, programs, type Scene } from './fixture.ts';

let scene: Scene;
let referral: string;
let request: string;
const statuses = Object.keys(statusNames) as Status[];
const roles = [
  'doctor',
  'reception',
  'otherDoctor',
  'linkworker',
  'neighbour',
  'otherLinkworker',
  'resource',
  'otherResource',
  'coordinator',
  'council',
  'admin',
  'system',
] as const;

beforeAll(async () => {
  scene = await makeScene();
  const { bodies, open } = scene;
  const one = await scene.refer();
  referral = one.task;
  // In the hands of a resident, so that residents and staff of the office both have it.
  await open(bodies.actors.neighbour, (r) => move(r, programs, { id: referral, move: 'accept' }));
  request = randomUUID();
  const [asked, task] = buildRequest(
    {
      patient: one.patient,
      from: bodies.office.id,
      to: bodies.resource.id,
      by: undefined,
      partOf: referral,
      basedOn: one.request,
      service: randomUUID(),
      wish: 'お茶の会にまぜてください。',
      needs: [],
      consent: one.consent,
      urgency: 'routine',
      caseNumber: one.caseNumber,
      at: scene.now().toISOString(),
      due: one.due,
    },
    { request: randomUUID(), task: request, provenance: randomUUID() },
  );
  await open(bodies.actors.linkworker, (r) =>
    r.write([{ ...asked, performer: asked.performer?.slice(0, 1) ?? [] }, task]),
  );
});
afterAll(async () => {
  await scene.close();
});

/** Puts a task into a status past every rule, as only the owner of the database can. */
const put = (id: string, status: Status): Promise<unknown> =>
  scene.owner.query(
    `update task set version = version + 1, content = jsonb_set(jsonb_set(content, '{status}', to_jsonb($2::text)),
       '{meta,versionId}', to_jsonb((version + 1)::text)) where id = $1`,
    [id, status],
  );

const undo = new Error('undo');

/** Whether the actor could save the task with that status; what was saved is taken back. */
async function trySave(actor: Actor, id: string, change: (task: Stored<Task>) => Task): Promise<string> {
  try {
    return await outcomeOf(
      scene.open(actor, async (records) => {
        await records.save(change(await records.read('Task', id)));
        throw undo;
      }),
    );
  } catch (error) {
    if (error === undo) return 'done';
    throw error;
  }
}

const whole = (status: Status) => (task: Stored<Task>) => ({
  ...task,
  status,
  statusReason: reasonConcept('other', '事情があって'),
  output: [outcomeOutput('connected', '居場所ができた')],
});

const sides = {
  referral: {
    sender: ['doctor', 'reception'],
    receiver: ['linkworker', 'neighbour'],
  },
  request: {
    sender: ['linkworker', 'neighbour'],
    receiver: ['resource'],
  },
} as const;

for (const kind of ['referral', 'request'] as const)
  describe(`every role × status × status of a ${kind}`, () => {
    // What was asked of a group is over while the referral’s own moves are tried: it cannot be closed before.
    beforeAll(async () => {
      await put(referral, 'in-progress');
      await put(request, 'completed');
    });

    test.each(statuses)('from %s, only what the table says', async (from) => {
      const id = kind === 'referral' ? referral : request;
      await put(id, from);
      const wrong: string[] = [];
      for (const role of roles) {
        const side = (sides[kind].sender as readonly string[]).includes(role)
          ? 'sender'
          : (sides[kind].receiver as readonly string[]).includes(role)
            ? 'receiver'
            : undefined;
        // A draft is its sender's alone; whoever is on neither side sees nothing at all.
        const sees = side === 'sender' || (side === 'receiver' && from !== 'draft');
        for (const to of statuses.filter((s) => s !== from)) {
          const found = await trySave(scene.bodies.actors[role], id, whole(to));
          const lifecycle = moveBetween(
            { partOf: kind === 'request' ? [{ reference: `Task/${referral}` }] : [] },
            from,
            to,
          );
          const wanted =
            !sees || side === undefined
              ? 'not-found'
              : lifecycle === undefined
                ? 'invalid'
                : mayMove(lifecycle, side)
                  ? 'done'
                  : 'forbidden';
          if (found !== wanted) wrong.push(`${role}: ${from} → ${to} was ${found}, not ${wanted}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    test('whatever needs a reason or an outcome is refused without it', async () => {
      const id = kind === 'referral' ? referral : request;
      const lifecycle = movesOf({ partOf: kind === 'request' ? [{}] : [] });
      const found: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const [name, { from, to, by, needs }] of Object.entries(lifecycle)) {
        if (needs.every((need) => need === 'consent')) continue;
        const start = from.find((s) => s !== 'draft') ?? 'requested';
        await put(id, start);
        const role = sides[kind][by === 'sender' ? 'sender' : 'receiver'][0];
        found[name] = await trySave(scene.bodies.actors[role], id, (task) => {
          const { statusReason: _reason, output: _output, ...bare } = task;
          return { ...bare, status: to };
        });
        wanted[name] = 'invalid';
      }
      expect(found).toEqual(wanted);
    });
  });

test('what was sent stays as it was: person, request, sender, receiver, kind', async () => {
  await put(referral, 'accepted');
  const { linkworker, doctor } = scene.bodies.actors;
  for (const change of [
    { for: { reference: `Patient/${randomUUID()}` } },
    { owner: { reference: `Organization/${scene.bodies.otherOffice.id}` } },
    { requester: { reference: `Organization/${scene.bodies.otherClinic.id}` } },
    { intent: 'plan' as const },
    { authoredOn: '2020-01-01T00:00:00+09:00' },
  ])
    for (const actor of [linkworker, doctor])
      expect(await trySave(actor, referral, (task) => ({ ...task, ...change }))).toBe('invalid');
});

const done = (task: Stored<Task>): Task => ({ ...task, output: [outcomeOutput('achieved', 'よくなった')] });

test('the sender cannot write who does the work, how far it is or what came of it', async () => {
  await put(referral, 'in-progress');
  const { linkworker, doctor } = scene.bodies.actors;
  expect(await trySave(doctor, referral, done)).toBe('forbidden');
  expect(await trySave(linkworker, referral, done)).toBe('done');
});

test('a task that begins at its end, for somebody else or without a request is refused', async () => {
  const { doctor } = scene.bodies.actors;
  const one = await scene.refer();
  const task = await scene.taskOf(doctor, one.task);
  expect(codeOf(task.code, systems.taskCode)).toBe('fulfill');
  const { meta: _meta, ...fresh } = task;
  const create = (change: Partial<Task>): Promise<string> =>
    outcomeOf(scene.open(doctor, (r) => r.save({ ...fresh, id: randomUUID(), ...change })));
  expect(await create({ status: 'completed' })).toBe('invalid');
  expect(await create({ requester: { reference: `Organization/${scene.bodies.otherClinic.id}` } })).toBe(
    'invalid',
  );
  expect(await create({ focus: { reference: `ServiceRequest/${randomUUID()}` } })).toBe('invalid');
  expect(await create({ partOf: [{ reference: `Task/${one.task}` }] })).toBe('invalid');
});
