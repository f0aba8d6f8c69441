import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { systems } from '../../src/fhir/codes.ts';
import { answerRoutes } from '../../src/referral/answer/routes.tsx';
import { referralPart } from '../../src/referral/person-part.tsx';
import { referralRoutes } from '../../src/referral/routes.tsx';
import { move } from '../../src/referral/service.ts';
import { buildOrganization } from '../../src/people/record.ts';
import { peopleRoutes } from '../../src/people/routes.tsx';
import { supportRoutes } from '../../src/support/routes.tsx';
import { askResources } from '../../src/support/service.ts';
import { readBack } from '../documents/read.ts';
import { serve, signIn, type Browsing } from '../support/browse.ts';
import { makeAsking, type AskingScene } from './answer-scene.ts';
import { programs } from './fixture.ts';

const caution = '家での安全に心配があります';
const violence = [{ system: systems.sdohCategory, code: 'intimate-partner-violence' }];

let scene: AskingScene;
let app: Express;
let linkworker: Browsing;
beforeAll(async () => {
  scene = await makeAsking();
  app = serve(scene, (needs) => [
    referralRoutes({ ...needs, programs }),
    supportRoutes({ ...needs, programs }),
    answerRoutes(needs),
    peopleRoutes({ ...needs, parts: [referralPart(programs)] }),
  ]);
  linkworker = await signIn(scene, app, scene.bodies.actors.linkworker);
});
afterAll(() => scene.close());

/** A case in the link worker's hands, with a group that was asked. */
async function worked(needs: typeof violence | undefined) {
  const salon = await scene.enter();
  const { task, patient } = await scene.refer(needs ? { needs } : {});
  const as = scene.bodies.actors.linkworker;
  await scene.open(as, (r) => move(r, programs, { id: task, move: 'accept' }));
  const { requests } = await scene.open(as, (r) =>
    askResources(r, 'https://x.invalid', {
      id: task,
      resources: [salon],
      wish: '見学したい',
      answerBy: '2026-12-04',
      will: { way: 'phone' },
    }),
  );
  return { task, patient, salon, request: requests[0]?.id ?? '' };
}
const wherePeopleAct = ({ task, salon }: Awaited<ReturnType<typeof worked>>): string[] => [
  `/referrals/${task}`,
  `/referrals/${task}/contacts`,
  `/referrals/${task}/requests?resource=${salon}`,
];
const sheet = async (path: string, method: 'get' | 'post' = 'get'): Promise<string> => {
  const pdf = await linkworker[method](path)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => {
        done(null, Buffer.concat(parts));
      });
    })
    .expect(200);
  return (await readBack(pdf.body as Buffer)).pages.join('');
};

describe('where home may not be safe', () => {
  test('whoever is about to get in touch is told first: case, contacts, asking a group, and the sheet', async () => {
    const one = await worked(violence);
    for (const path of wherePeopleAct(one)) {
      const { text } = await linkworker.get(path).expect(200);
      expect([path, text.split(caution).length - 1]).toEqual([path, 1]);
    }
    expect(await sheet(`/referrals/${one.task}/sheet.pdf`)).toContain(caution);
  });

  test('it is said before anybody accepted', async () => {
    const { task } = await scene.refer({ needs: violence });
    expect((await linkworker.get(`/referrals/${task}`).expect(200)).text).toContain(caution);
  });

  test('the group that is asked never learns of it: not on its page, nor on the sheet it gets', async () => {
    const { request } = await worked(violence);
    const group = await signIn(scene, app, scene.bodies.actors.resource);
    for (const path of ['/asked', `/asked/${request}`])
      expect((await group.get(path).expect(200)).text).not.toContain('安全');
    expect(await sheet(`/requests/${request}/sheet.pdf`, 'post')).not.toContain('安全');
  });

  test('other pages of the case leave it out, so that it is still read where it counts', async () => {
    const { task, request } = await worked(violence);
    for (const path of [
      '/inbox',
      '/requests',
      `/requests/${request}`,
      ...['goals', 'resources', 'requests', 'close', 'reports'].map((part) => `/referrals/${task}/${part}`),
    ])
      expect([path, (await linkworker.get(path).expect(200)).text.includes(caution)]).toEqual([path, false]);
  });

  test('nobody is warned of a person whose answers show nothing of the kind', async () => {
    const one = await worked(undefined);
    for (const path of wherePeopleAct(one))
      expect([path, (await linkworker.get(path).expect(200)).text.includes(caution)]).toEqual([path, false]);
    expect(await sheet(`/referrals/${one.task}/sheet.pdf`)).not.toContain(caution);
  });
});

describe('a route for a medical area', () => {
  const note = {
    ja: '冬は道が閉まります。先に電話で確かめてください。',
    en: 'Roads close in winter. Call first.',
  };
  const to = { kind: 'office', serving: 'medical-area' } as const;
  const byArea = programs.map((one) => ({
    ...one,
    routing: [{ when: { medicalAreas: ['area-of-the-test'] }, to, note }, ...one.routing],
  }));

  test('warns of persons who live in it, and of nobody else', async () => {
    const app2 = serve(scene, (needs) => [
      referralRoutes({ ...needs, programs: byArea }),
      supportRoutes({ ...needs, programs: byArea }),
    ]);
    const worker = await signIn(scene, app2, scene.bodies.actors.linkworker);
    const one = await worked(undefined);
    const said = async () =>
      Promise.all(
        wherePeopleAct(one).map(async (path) => (await worker.get(path).expect(200)).text.includes(note.ja)),
      );
    expect(await said()).toEqual([false, false, false]);
    const { rows } = await scene.owner.query<{ municipality: string }>(
      'select municipality from patient where id = $1',
      [one.patient],
    );
    await scene.open(scene.bodies.actors.system, (records) =>
      records.write([
        buildOrganization({
          kind: 'municipality',
          name: '試験市',
          municipalityCode: rows[0]?.municipality ?? '',
          medicalArea: { code: 'area-of-the-test', name: '試験圏域' },
        }),
      ]),
    );
    expect(await said()).toEqual([true, true, true]);
  });
});
