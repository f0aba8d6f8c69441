import { randomUUID } from 'node:crypto';
import { makeLink } from '../../src/access/links.ts';
import { takeBack } from '../../src/consent/service.ts';
import { buildResource, readResource } from '../../src/directory/record.ts';
import { systems } from '../../src/fhir/codes.ts';
import { answerRoutes } from '../../src/referral/answer/routes.tsx';
import { buildRequest, changeTask, readTask } from '../../src/referral/record.ts';
import { move } from '../../src/referral/service.ts';
import { browse, serve, signIn } from '../support/browse.ts';
import { makeScene, programs } from './fixture.ts';

export const wish = '火曜のサロンに来てみたいそうです。はじめの日は、いっしょに行きます。';

/** A scene in which a link worker asks a group, with the group's pages. */
export async function makeAsking() {
  const scene = await makeScene();
  const { bodies, open, now } = scene;
  const { linkworker, resource, otherResource, system } = bodies.actors;
  await open(linkworker, async (records) => {
    const office = await records.read('Organization', bodies.office.id);
    await records.save({ ...office, telecom: [{ system: 'phone', value: '050-0000-0777' }] });
  });
  const app = serve(scene, (needs) => [answerRoutes(needs)]);

  const enter = async (organizationId = bodies.resource.id): Promise<string> => {
    const id = randomUUID();
    await open(system, (records) =>
      records.write(
        buildResource({
          id,
          organizationId,
          name: '編み物サロン',
          summary: 'お茶と編み物',
          needs: [{ system: systems.sdohCategory, code: 'social-connection' }],
          interests: ['tea'],
          views: ['join'],
          kind: 'informal',
          areas: [],
          contact: { phone: '050-0000-0100' },
          availability: '毎週火曜',
          eligibility: '',
          capacity: 'capacity',
          assured: '2026-01-10',
          active: true,
        }),
      ),
    );
    return id;
  };

  /** Asks the group; returns the ids and the secret of one of two links. */
  async function ask(given: Readonly<{ to?: string; service?: string }> = {}) {
    const { task: partOf, request: basedOn, patient, consent } = await scene.refer();
    await open(linkworker, (records) => move(records, programs, { id: partOf, move: 'accept' }));
    const to = given.to ?? bodies.resource.id;
    const service = given.service ?? (await enter(to));
    const ids = { request: randomUUID(), task: randomUUID(), provenance: randomUUID() };
    const secrets = await open(linkworker, async (records) => {
      await records.write(
        buildRequest(
          {
            patient,
            from: bodies.office.id,
            to,
            by: linkworker.post,
            partOf,
            basedOn,
            service,
            wish,
            needs: [],
            consent,
            urgency: 'routine',
            caseNumber: `TS-2026-${ids.task.slice(0, 6)}-1`,
            at: now().toISOString(),
            due: '2026-11-30T23:59:59.999+09:00',
          },
          ids,
        ),
      );
      const expires = new Date('2026-12-14T23:59:59+09:00');
      const link = { purpose: 'answer-request', organization: to, task: ids.task, expires } as const;
      return [await makeLink(records, link), await makeLink(records, link)];
    });
    return {
      ...ids,
      patient,
      consent,
      partOf,
      basedOn,
      service,
      secret: secrets[0] ?? '',
      other: secrets[1] ?? '',
    };
  }

  /** The request as the office sees it. */
  const taskNow = async (id: string) => readTask(await scene.taskOf(linkworker, id));
  const serviceNow = async (id: string) =>
    readResource(await open(system, (records) => records.read('HealthcareService', id)));
  const versions = async (id: string): Promise<number> =>
    (await open(linkworker, (records) => records.history('Task', id))).length;
  const cancel = (id: string) =>
    open(linkworker, async (records) =>
      records.save(
        changeTask(await records.read('Task', id), {
          status: 'cancelled',
          reason: { code: 'no-longer-wanted', text: 'ご本人の希望' },
          at: now().toISOString(),
        }),
      ),
    );

  const withdraw = (consent: string): Promise<unknown> =>
    open(bodies.actors.doctor, (records) =>
      takeBack(records, consent, { reason: 'ご本人の希望', seen: '1' }),
    );

  return {
    ...scene,
    withdraw,
    app,
    enter,
    ask,
    taskNow,
    serviceNow,
    versions,
    cancel,
    anyone: browse(app),
    group: () => signIn(scene, app, resource),
    otherGroup: () => signIn(scene, app, otherResource),
    linkworkerVisits: () => signIn(scene, app, linkworker),
  };
}
export type AskingScene = Awaited<ReturnType<typeof makeAsking>>;
