import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readTask } from '../../src/referral/record.ts';
import { readReport } from '../../src/referral/report.ts';
import {
  askResources,
  close,
  findResources,
  followUp,
  logContact,
  readAssessment,
  recordAnswer,
  saveAssessment,
  tellPlan,
  writeGoal,
} from '../../src/support/service.ts';
import { readCase } from '../../src/support/case.ts';
import { makeStory, programs, secretNote, secretReason, type Story } from './fixture.ts';
import { refusalOf } from './refusal.ts';

let here: Story;
beforeAll(async () => {
  here = await makeStory();
});
afterAll(() => here.close());

describe('the work of a link worker', () => {
  test('goes from the first call to the closing report, and each step is where the next begins', async () => {
    const { actors } = here.bodies;
    const worker = here.as(actors.linkworker);
    const salon = await here.addResource();
    const bus = await here.addResource({
      name: '乗り合い便（架空）',
      organizationId: here.bodies.otherResource.id,
      needs: [],
      contact: { phone: '018-000-0402' },
    });
    const { task, patient } = await here.refer();
    const state = () => worker(async (records) => readTask(await records.read('Task', task)));

    // Two attempts, then a talk: the referral starts and the day agreed on is the new deadline.
    await worker((r) => logContact(r, { id: task, kind: 'no-answer', text: '夕方に電話' }));
    expect(await state()).toMatchObject({ status: 'accepted', step: 'contacting' });
    here.time.forward(60 * 24);
    const next = '2026-11-24T23:59:59.999+09:00';
    await worker((r) => logContact(r, { id: task, kind: 'visited', text: '自宅で話を聞いた', next }));
    expect(await state()).toMatchObject({ status: 'in-progress', step: 'met', due: next });
    const encounters = await worker((r) => r.find('Encounter', [['patient', patient]]));
    expect(encounters).toHaveLength(1);

    // The sheet starts from what the person already answered.
    const begun = await worker(async (r) => {
      const one = await readCase(r, task);
      return readAssessment(r, programs, one, 'ja');
    });
    expect(begun.answers['s.people']).toEqual(['trouble']);
    expect(begun.carried).toContain('r.interests');
    const half = await worker((r) =>
      saveAssessment(r, programs, { id: task, answers: begun.answers, language: 'ja', complete: false }),
    );
    expect(half).toMatchObject({ status: 'in-progress', step: 'met' });
    const missing = await refusalOf(
      worker((r) =>
        saveAssessment(r, programs, {
          id: task,
          seen: half.version,
          answers: {},
          language: 'ja',
          complete: true,
        }),
      ),
    );
    const whole = {
      ...begun.answers,
      'met.on': ['2026-11-21'],
      // She told of being frightened at home; it is watched.
      'j.risk': ['watch'],
      'j.danger': ['長男の声が大きい日がある。包括に伝えた。'],
      'w.wish': ['編み物を人に教えたい'],
      'j.summary': ['週に一度の集まりから始める'],
    };
    const done = await worker((r) =>
      saveAssessment(r, programs, {
        id: task,
        seen: half.version,
        answers: whole,
        language: 'ja',
        complete: true,
      }),
    );
    expect(missing.length).toBeGreaterThan(0);
    expect(done).toMatchObject({ status: 'completed', step: 'coordinating' });

    // Goals, and the plan goes to the doctor.
    const { goal } = await worker((r) =>
      writeGoal(r, { id: task, text: '週に一度、編み物サロンに出かける', due: '2027-02-28', needs: [] }),
    );
    await worker((r) =>
      writeGoal(r, {
        id: task,
        goal: { id: goal, seen: '1' },
        text: '月に二度、編み物サロンに出かける',
        needs: [],
      }),
    );
    const { report: plan } = await worker((r) =>
      tellPlan(r, { id: task, text: '計画を立てました', next: '来月に訪問' }),
    );
    const heard = await here.as(actors.doctor)(async (r) => readReport(await r.read('Communication', plan)));
    expect(heard).toMatchObject({
      kind: 'plan',
      sections: { goals: ['月に二度、編み物サロンに出かける'], next: ['来月に訪問'] },
    });

    // Find, ask two.
    const found = await worker((r) =>
      findResources(r, {
        needs: [{ system: salon.needs[0]?.system ?? '', code: 'social-connection' }],
        interests: ['tea'],
        municipality: '052019',
      }),
    );
    expect(found.map((f) => f.resource.name)).toEqual([salon.name, bus.name]);
    const asked = await worker((r) =>
      askResources(r, 'https://tsunagi.example', {
        id: task,
        resources: [salon.id, bus.id],
        wish: '見学から参加したい',
        answerBy: '2026-12-04',
        will: { way: 'phone' },
      }),
    );
    expect(asked.requests.map((r) => r.mailed)).toEqual([true, false]);
    const [first, second] = asked.requests.map((r) => r.id);

    // They answer by telephone.
    await worker((r) =>
      recordAnswer(r, { id: second ?? '', move: 'refuse', reason: { code: 'no-capacity', text: '満員' } }),
    );
    await worker((r) => recordAnswer(r, { id: first ?? '', move: 'welcome' }));
    expect((await state()).step).toBe('linked');
    await worker((r) => recordAnswer(r, { id: first ?? '', move: 'begin' }));
    expect((await state()).step).toBe('watching');
    await worker((r) =>
      followUp(r, { id: first ?? '', kind: 'reached', text: '楽しそうに編んでいるとのこと' }),
    );

    // The end.
    const tooEarly = await refusalOf(
      worker((r) => close(r, programs, { id: task, outcome: undefined, requests: [], goals: {} })),
    );
    expect(tooEarly).toHaveLength(3);
    const { report } = await worker((r) =>
      close(r, programs, {
        id: task,
        outcome: { code: 'connected', text: '週に一度、通っています' },
        requests: [
          { request: first ?? '', move: 'finish', outcome: { code: 'achieved', text: '教える側になった' } },
        ],
        goals: { [goal]: 'achieved' },
      }),
    );
    expect(await state()).toMatchObject({ status: 'completed', step: 'ended' });
    const closing = await here.as(actors.doctor)(async (r) =>
      readReport(await r.read('Communication', report ?? '')),
    );
    expect(closing.sections.outcomes).toEqual(['居場所・支援につながった｜週に一度、通っています']);
    expect(closing.sections.resources).toEqual([
      `${salon.name}｜見学から参加したい｜目標に届いた：教える側になった`,
      `${bus.name}｜見学から参加したい｜お受けできない：満員`,
    ]);
    const [procedure] = await worker((r) => r.find('Procedure', [['patient', patient]]));
    expect(procedure).toMatchObject({ status: 'completed', code: { text: '見学から参加したい' } });
    const plans = await worker((r) => r.find('CarePlan', [['patient', patient]]));
    expect(plans).toMatchObject([{ status: 'completed' }]);
    expect(JSON.stringify(closing)).not.toContain(secretReason);
    expect(JSON.stringify(closing)).not.toContain(secretNote);
  });
});
