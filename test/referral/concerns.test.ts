import type { Condition, Observation } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConcerns } from '../../src/intake/concerns.ts';
import { questionsIn, readQuestionnaire } from '../../src/intake/form.ts';
import { answersPart } from '../../src/intake/part.tsx';
import { peopleRoutes } from '../../src/people/routes.tsx';
import { referralRoutes } from '../../src/referral/routes.tsx';
import { serve, signIn, type Browsing } from '../support/browse.ts';
import { makeScene, program, programs, type Scene } from './fixture.ts';

let scene: Scene;
let doctor: Browsing & Readonly<{ account: string }>;
beforeAll(async () => {
  scene = await makeScene();
  const app = serve(scene, (needs) => [
    referralRoutes({ ...needs, programs }),
    peopleRoutes({ ...needs, parts: [answersPart(programs)] }),
  ]);
  doctor = await signIn(scene, app, scene.bodies.actors.doctor);
});
afterAll(() => scene.close());

const talk = questionsIn(readQuestionnaire(program.screening, 'ja').sections).find(
  (one) => one.linkId === 'living.talk',
);
const noDay = talk?.options.find((one) => one.value === 'no-day');
const plain = (html: string): string => html.replaceAll('&#39;', '’').replaceAll('&quot;', '"');

describe('why a need was found', () => {
  test('reads in the reader’s language: on the person’s page, when sending, and on the referral', async () => {
    const prepared = await scene.prepare();
    const one = await scene.refer();
    const pages = [
      `/patients/${prepared.patient}`,
      `/patients/${prepared.patient}/referrals/new`,
      `/referrals/${one.task}`,
    ];
    const readIn = async (language: string): Promise<string[]> => {
      await scene.owner.query('update account set language = $2 where id = $1', [doctor.account, language]);
      const shown = [];
      for (const path of pages) shown.push(plain((await doctor.get(path).expect(200)).text));
      return shown;
    };
    for (const english of await readIn('en')) {
      expect(english).toContain(talk?.label.en);
      expect(english).toContain(noDay?.label.en);
      expect(english).not.toContain(talk?.label.ja);
    }
    for (const japanese of await readIn('ja')) {
      expect(japanese).toContain(talk?.label.ja);
      expect(japanese).not.toContain(talk?.label.en);
    }
  });

  const found = async (): Promise<{ conditions: Condition[]; observations: Observation[] }> => {
    const { patient } = await scene.prepare();
    return scene.open(scene.bodies.actors.doctor, async (r) => ({
      conditions: await r.find('Condition', [['patient', patient]]),
      observations: await r.find('Observation', [['patient', patient]]),
    }));
  };

  test('stays in the words that were asked when the form asks otherwise now, or nobody here has it', async () => {
    const { conditions, observations } = await found();
    const older = observations.map((one) => ({
      ...one,
      component: (one.component ?? []).map((part) => ({
        ...part,
        code: { ...part.code, text: '前の版の聞き方' },
      })),
    }));
    const asked = readConcerns(conditions, older, programs).flatMap((one) => one.because);
    expect(asked.every(({ question }) => question.en === '前の版の聞き方')).toBe(true);
    const unknown = readConcerns(conditions, observations, []).flatMap((one) => one.because);
    expect(unknown.some(({ question }) => question.en === talk?.label.ja)).toBe(true);
  });

  test('is not given for a concern that somebody set aside', async () => {
    const { conditions, observations } = await found();
    const [first, ...others] = conditions;
    const aside: Condition[] = [
      {
        ...(first as Condition),
        verificationStatus: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
              code: 'refuted',
            },
          ],
        },
      },
      ...others,
    ];
    expect(readConcerns(aside, observations, programs)).toHaveLength(others.length);
  });
});
