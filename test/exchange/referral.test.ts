import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, QuestionnaireResponse, Task } from '@medplum/fhirtypes';
import type { Client } from 'fhir-kit-client';
import { concept, systems } from '../../src/fhir/codes.ts';
import { expectRefusal, startApi, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let office: Client;
let clinic: Client;
beforeAll(async () => {
  api = await startApi();
  clinic = await api.client('clinic');
  office = await api.client('office');
});
afterAll(async () => {
  await api.stop();
});

const refer = async (): Promise<Bundle> =>
  (await clinic.transaction({
    body: referralBundle(api.bodies, api.programs[0]) as never,
  })) as unknown as Bundle;
const taskNow = async (id: string): Promise<Task> =>
  (await office.read({ resourceType: 'Task', id })) as unknown as Task;
const put = (task: Task, version = task.meta?.versionId ?? '') =>
  api.send('office', 'put', `/Task/${task.id ?? ''}`, task).set('If-Match', `W/"${version}"`);

describe('a clinic sends the smallest referral', () => {
  test('and hears of each record in the order in which it sent them', async () => {
    const answer = await refer();
    expect(answer.type).toBe('transaction-response');
    expect(
      answer.entry?.map((e) => [e.resource?.resourceType, e.response?.status, e.response?.etag]),
    ).toEqual(
      ['Patient', 'QuestionnaireResponse', 'Consent', 'ServiceRequest', 'Task'].map((t) => [
        t,
        '201',
        'W/"1"',
      ]),
    );
    const task = await taskNow(madeIn(answer, 'Task'));
    expect(task.focus?.reference).toBe(`ServiceRequest/${madeIn(answer, 'ServiceRequest')}`);
    expect(task.for?.reference).toBe(`Patient/${madeIn(answer, 'Patient')}`);
  });

  test('with references to this server written out in full', async () => {
    const bundle = referralBundle(api.bodies);
    const full = JSON.parse(
      JSON.stringify(bundle).replaceAll('"Organization/', `"${api.url}/fhir/Organization/`),
    ) as Bundle;
    const { body } = await api.send('clinic', 'post', '', full).expect(200);
    const task = await taskNow(madeIn(body as Bundle, 'Task'));
    expect(task.owner?.reference).toBe(`Organization/${api.bodies.office.id}`);
  });

  test('for a patient it has already, by a condition, and sends it twice without doubling the person', async () => {
    const bundle = referralBundle(api.bodies);
    const [entry] = bundle.entry;
    const identifier = { system: 'https://clinic.example/number', value: 'A-1' };
    Object.assign(entry?.resource ?? {}, { identifier: [identifier] });
    Object.assign(entry?.request ?? {}, {
      ifNoneExist: `identifier=${identifier.system}|${identifier.value}`,
    });
    const answers = await Promise.all([1, 2, 3].map(() => api.send('clinic', 'post', '', bundle)));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200]);
    const statuses = answers.map((a) => (a.body as Bundle).entry?.[0]?.response?.status);
    expect(statuses.filter((s) => s === '201')).toHaveLength(1);
    expect(new Set(answers.map((a) => madeIn(a.body as Bundle, 'Patient'))).size).toBe(1);
    expect(new Set(answers.map((a) => madeIn(a.body as Bundle, 'Task'))).size).toBe(3);
  });

  test('and not to an office that the consent does not name', async () => {
    const bundle = referralBundle({ clinic: api.bodies.clinic, office: api.bodies.office });
    const elsewhere = JSON.stringify(bundle.entry.slice(3)).replaceAll(
      api.bodies.office.id,
      api.bodies.otherOffice.id,
    );
    bundle.entry.splice(3, 2, ...(JSON.parse(elsewhere) as typeof bundle.entry));
    const refusal = await api.send('clinic', 'post', '', bundle);
    expectRefusal(refusal, 422, 'ServiceRequest.supportingInfo');
  });

  test('and not in the name of another clinic', async () => {
    const bundle = referralBundle({ clinic: api.bodies.otherClinic, office: api.bodies.office });
    const refusal = await api.send('clinic', 'post', '', bundle);
    expect([403, 422]).toContain(refusal.status);
    expectRefusal(refusal, refusal.status);
  });
});

describe('answers that a clinic sends', () => {
  const sendAnswers = (change: (answers: QuestionnaireResponse) => void) => {
    const bundle = referralBundle(api.bodies, api.programs[0]);
    change(bundle.entry[1]?.resource as QuestionnaireResponse);
    return api.send('clinic', 'post', '', bundle);
  };

  test('must be to a form that is loaded; the refusal names those', async () => {
    const refusal = await sendAnswers((a) => {
      a.questionnaire = 'https://elsewhere.example/Questionnaire/x|1';
    });
    const outcome = expectRefusal(refusal, 422, 'QuestionnaireResponse.questionnaire');
    for (const form of [api.programs[0]?.screening, api.programs[0]?.assessment])
      expect(outcome.issue[0]?.details?.text).toContain(`${form?.url ?? '?'}|${form?.version ?? '?'}`);
  });
  test('must name their form', async () => {
    const refusal = await sendAnswers((a) => {
      delete a.questionnaire;
    });
    expectRefusal(refusal, 422, 'QuestionnaireResponse.questionnaire');
  });
  test('must be to a version that was in use', async () => {
    const refusal = await sendAnswers((a) => {
      a.questionnaire = `${a.questionnaire?.split('|')[0] ?? ''}|99.0.0`;
    });
    expectRefusal(refusal, 422, 'QuestionnaireResponse.questionnaire');
  });
  test('must answer what is required once they are complete, and may stop short before', async () => {
    const short = (status: QuestionnaireResponse['status']) =>
      sendAnswers((a) => {
        a.status = status;
        delete a.item;
      });
    expectRefusal(await short('completed'), 422);
    expect((await short('in-progress')).status).toBe(200);
  });
  test('must not answer questions that nobody asked', async () => {
    const refusal = await sendAnswers((a) => {
      a.item?.push({ linkId: 'shoe-size', answer: [{ valueInteger: 26 }] });
    });
    expectRefusal(refusal, 422);
  });
  test('cannot be to a form that the sender brings along', async () => {
    for (const name of ['clinic', 'office', 'resource'] as const)
      expectRefusal(
        await api.send(name, 'post', '/Questionnaire', { resourceType: 'Questionnaire', status: 'active' }),
        403,
      );
  });
});

describe('the office takes the referral up', () => {
  test('and moves it to its end by replacing the task', async () => {
    const id = madeIn(await refer(), 'Task');
    await put({ ...(await taskNow(id)), status: 'accepted' }).expect(200);
    const { headers } = await put({ ...(await taskNow(id)), status: 'in-progress' }).expect(200);
    expect(headers['etag']).toBe('W/"3"');
    expectRefusal(await put({ ...(await taskNow(id)), status: 'completed' }), 422, 'Task.output');
    const output = [
      {
        type: concept(systems.taskOutput, 'outcome'),
        valueCodeableConcept: concept(systems.outcome, 'linked'),
      },
    ];
    await put({ ...(await taskNow(id)), status: 'completed', output }).expect(200);
    expect(await taskNow(id)).toMatchObject({ status: 'completed', meta: { versionId: '4' } });
  });

  test('and leaves no step out', async () => {
    const id = madeIn(await refer(), 'Task');
    expectRefusal(await put({ ...(await taskNow(id)), status: 'in-progress' }), 422, 'Task.status');
    expectRefusal(await put({ ...(await taskNow(id)), status: 'rejected' }), 422, 'Task.statusReason.text');
    expect((await taskNow(id)).meta?.versionId).toBe('1');
  });

  test('in the version it has seen, else it is told that somebody was faster', async () => {
    const id = madeIn(await refer(), 'Task');
    const seen = await taskNow(id);
    const both = await Promise.all([
      put({ ...seen, status: 'accepted' }),
      put({ ...seen, status: 'accepted' }),
    ]);
    expect(both.map((r) => r.status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    const refusal = expectRefusal(await put({ ...seen, status: 'accepted' }), 412, 'http.If-Match');
    expect(refusal.issue[0]?.code).toBe('conflict');
    expectRefusal(await put(seen, 'x'), 400, 'http.If-Match');
    expectRefusal(await put(seen, '7'), 412, 'http.If-Match');
  });

  test('in a transaction, too, and there as well only in the version it has seen', async () => {
    const id = madeIn(await refer(), 'Task');
    const seen = await taskNow(id);
    const bundle = (ifMatch?: string) => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          resource: { ...seen, status: 'accepted' },
          request: { method: 'PUT', url: `Task/${id}`, ...(ifMatch === undefined ? {} : { ifMatch }) },
        },
      ],
    });
    expectRefusal(
      await api.send('office', 'post', '', bundle('W/"2"')),
      412,
      'Bundle.entry[0].request.ifMatch',
    );
    const { body } = await api.send('office', 'post', '', bundle('W/"1"')).expect(200);
    expect((body as Bundle).entry?.[0]?.response).toMatchObject({ status: '200', etag: 'W/"2"' });
  });

  test('and cannot make it another referral', async () => {
    const id = madeIn(await refer(), 'Task');
    const task = await taskNow(id);
    expectRefusal(
      await put({ ...task, owner: { reference: `Organization/${api.bodies.otherOffice.id}` } }),
      422,
      'Task.owner',
    );
    expectRefusal(
      await api.send('office', 'put', `/Task/${id}`, { ...task, id: madeIn(await refer(), 'Task') }),
      400,
      'Task.id',
    );
  });

  test('while nobody else can touch it, nor learn that it is there', async () => {
    const id = madeIn(await refer(), 'Task');
    const task = await taskNow(id);
    for (const name of ['otherOffice', 'otherClinic', 'resource', 'council'] as const) {
      expectRefusal(await api.send(name, 'get', `/Task/${id}`), 404);
      const replace = (of: string) =>
        api.send(name, 'put', `/Task/${of}`, { ...task, id: of, status: 'accepted' });
      // Refused in the same words as an id that was never there.
      const [hidden, nobodys] = [await replace(id), await replace(randomUUID())];
      expectRefusal(hidden, 404);
      expect(hidden.text).toBe(nobodys.text);
      expectRefusal(await replace(id).set('If-Match', 'W/"1"'), 404);
    }
    expectRefusal(await api.send('clinic', 'put', `/Task/${id}`, { ...task, status: 'accepted' }), 403);
  });
});
