import type { Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stored } from '../../src/fhir/types.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { withdrawalUrl } from '../../src/consent/record.ts';
import {
  consentBy,
  kindOfRecipient,
  makePlace,
  outcomeOf,
  recipient,
  requestTo,
  type Place,
} from './place.ts';

let here: Place;
beforeAll(async () => {
  here = await makePlace();
});
afterAll(() => here.close());

const change = (actor: Actor, id: string, edit: (task: Stored<Task>) => Task): Promise<string> =>
  outcomeOf(here.open(actor, async (r) => r.save(edit(await r.read('Task', id)))));
const to =
  (status: Task['status'], more: Partial<Task> = {}) =>
  (task: Stored<Task>) => ({ ...task, status, ...more });
const withdraw = (actor: Actor, id: string) =>
  here.open(actor, async (r) =>
    r.save({
      ...(await r.read('Consent', id)),
      status: 'inactive',
      extension: [{ url: withdrawalUrl, extension: [{ url: 'reason', valueString: 'ご本人の希望' }] }],
    }),
  );

describe('nothing starts without a consent', () => {
  test('a draft is not sent once the consent was withdrawn', async () => {
    const { doctor } = here.bodies.actors;
    const referral = await here.refer((one) => {
      one.task.status = 'draft';
    });
    await withdraw(doctor, referral.consent.id);
    expect(await change(doctor, referral.task.id, to('requested'))).toBe('invalid');
  });

  test('a draft is sent under the consent that took the place of the first', async () => {
    const { clinic, office, actors } = here.bodies;
    const referral = await here.refer((one) => {
      one.task.status = 'draft';
    });
    await withdraw(actors.doctor, referral.consent.id);
    await here.open(actors.doctor, (r) => r.save(consentBy(referral, clinic.id, [recipient(office.id)])));
    expect(await change(actors.doctor, referral.task.id, to('requested'))).toBe('done');
    expect(await here.sees(actors.linkworker, 'Patient', referral.patient.id)).toBe(true);
  });

  test('an office does not enter the welcome of a group that the person no longer wants to know of them', async () => {
    const { clinic, office, resource, actors } = here.bodies;
    const referral = await here.refer();
    const forGroups = consentBy(referral, clinic.id, [kindOfRecipient('resource')]);
    await here.open(actors.doctor, (r) => r.save(forGroups));
    const [request, task] = requestTo(referral, office.id, resource.id, { consent: forGroups.id });
    expect(await change(actors.linkworker, referral.task.id, to('accepted'))).toBe('done');
    await here.open(actors.linkworker, (r) => r.write([request, task]));
    await withdraw(actors.doctor, forGroups.id);
    expect(await change(actors.linkworker, task.id, to('accepted'))).toBe('invalid');
    expect(await here.sees(actors.resource, 'Task', task.id)).toBe(false);
    // It was called off with the consent.
    const { rows } = await here.owner.query(`select status from task where id = $1`, [task.id]);
    expect(rows).toEqual([{ status: 'cancelled' }]);
  });
});

const turned = (task: Stored<Task>): Task => ({
  ...task,
  status: 'accepted',
  owner: Object.fromEntries(Object.entries(task.owner ?? {}).toReversed()),
});
const silent = (task: Stored<Task>): Task => {
  const { statusReason: _reason, ...rest } = task;
  return rest;
};

describe('a task', () => {
  test('is not changed by a program that writes its fields in another order', async () => {
    const referral = await here.refer((one) => {
      one.task.owner = { ...one.task.owner, display: '試験リンクワーカー室' };
    });
    expect(await change(here.bodies.actors.linkworker, referral.task.id, turned)).toBe('done');
  });

  test('keeps the reason that was given', async () => {
    const { task } = await here.refer();
    const { linkworker } = here.bodies.actors;
    expect(await change(linkworker, task.id, to('rejected', { statusReason: { text: '満員です' } }))).toBe(
      'done',
    );
    expect(await change(linkworker, task.id, silent)).toBe('invalid');
  });

  test('of a stranger to both sides cannot be touched', async () => {
    const { task } = await here.refer();
    const { otherDoctor, otherLinkworker, resource, council, admin, coordinator } = here.bodies.actors;
    for (const actor of [otherDoctor, otherLinkworker, resource, council, admin, coordinator])
      expect(await change(actor, task.id, to('accepted'))).toBe('not-found');
  });
});
