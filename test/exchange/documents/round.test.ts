import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Bundle,
  Composition,
  Consent,
  OperationOutcome,
  Patient,
  QuestionnaireResponse,
  Task,
} from '@medplum/fhirtypes';
import { mask } from '../../../src/people/record.ts';
import { startApi, type Api } from '../api.ts';
import { codesIn, entriesOf, fullReferral, numbered, referralOf, wordsIn } from './letters.ts';

/** Two servers that know the same clinic and office by their numbers, and nothing of each other's ids. */
let here: Api;
let there: Api;
beforeAll(async () => {
  [here, there] = [await startApi(), await startApi()];
  await numbered(here);
  await numbered(there);
});
afterAll(async () => {
  await here.stop();
  await there.stop();
});

const documentOf = async (api: Api, request: string): Promise<string> =>
  (await api.send('clinic', 'get', `/ServiceRequest/${request}/$document`).expect(200)).text;
const compositionOf = (text: string): Composition =>
  (JSON.parse(text) as Bundle).entry?.[0]?.resource as Composition;

/** Sends a document on to the other server. */
async function passOn(text: string): Promise<{ task: Task; outcome: OperationOutcome }> {
  const answer = await there.send('clinic', 'post', '/Bundle', text);
  if (answer.status !== 201) throw new Error(answer.text.slice(0, 2000));
  const id = String(answer.headers['location']).split('/').at(-1) ?? '';
  const { body } = await there.send('office', 'get', `/Task/${id}`).expect(200);
  return { task: body as Task, outcome: JSON.parse(answer.text) as OperationOutcome };
}

describe('a document out of one server', () => {
  test('comes in at another, to the same office, and goes out again with the same sections and words', async () => {
    const { request } = await referralOf(here, fullReferral(here));
    const text = await documentOf(here, request);
    const { task } = await passOn(text);
    expect(task).toMatchObject({
      status: 'requested',
      owner: { reference: `Organization/${there.bodies.office.id}` },
    });
    const again = await documentOf(there, task.focus?.reference?.split('/')[1] ?? '');
    const [first, second] = [compositionOf(text), compositionOf(again)];
    expect(codesIn(second)).toEqual(codesIn(first));
    // By when it is to be answered counts from the day it was sent here.
    const { 220: remarks = '', ...words } = wordsIn(second);
    const { 220: before = '', ...said } = wordsIn(first);
    expect(words).toEqual(said);
    expect(Object.keys(said)).toHaveLength(7);
    const undated = (shown: string): string => shown.replace(/<p>返事の期限：[^<]*<\/p>/, '');
    expect(undated(remarks)).toBe(undated(before));
    expect(before).toContain('同意の期限');
  });

  test('brings answers, needs, consent and insurance along as records, and its person as it is', async () => {
    const { request } = await referralOf(here, fullReferral(here, { family: '往復' }));
    const text = await documentOf(here, request);
    const { task } = await passOn(text);
    const again = JSON.parse(await documentOf(there, task.focus?.reference?.split('/')[1] ?? '')) as Bundle;
    const sent = JSON.parse(text) as Bundle;
    for (const type of [
      'Observation',
      'Condition',
      'Consent',
      'Coverage',
      'Communication',
      'QuestionnaireResponse',
    ] as const) {
      expect([type, entriesOf(again, type).length]).toEqual([type, entriesOf(sent, type).length]);
      expect(entriesOf(sent, type).length).toBeGreaterThan(0);
    }
    const [answers] = entriesOf<QuestionnaireResponse>(again, 'QuestionnaireResponse');
    expect(answers?.item).toEqual(entriesOf<QuestionnaireResponse>(sent, 'QuestionnaireResponse')[0]?.item);
    const [consent] = entriesOf<Consent>(again, 'Consent');
    expect(consent?.provision?.code).toEqual(entriesOf<Consent>(sent, 'Consent')[0]?.provision?.code);
    const [person] = entriesOf<Patient>(again, 'Patient');
    const [was] = entriesOf<Patient>(sent, 'Patient');
    for (const part of ['name', 'birthDate', 'gender', 'telecom', 'address'] as const)
      expect([part, person?.[part]]).toEqual([part, was?.[part]]);
  });

  test('comes back to its own server as the referral that it is', async () => {
    const { request, task } = await referralOf(here, fullReferral(here));
    const answer = await here.send('clinic', 'post', '/Bundle', await documentOf(here, request)).expect(200);
    expect(answer.headers['location']).toBe(`${here.url}/fhir/Task/${task}`);
  });

  test('says at the other that somebody must not be contacted, and goes on saying it', async () => {
    const { request } = await referralOf(here, fullReferral(here, { limited: true, family: '制限' }));
    const { task, outcome } = await passOn(await documentOf(here, request));
    expect(JSON.stringify(outcome)).toMatch(/limits contact|連絡が制限/);
    const person = (await there.send('office', 'get', `/${task.for?.reference ?? ''}`).expect(200)).text;
    expect(person).toContain('娘の家に電話');
    const order = (await there.send('office', 'get', `/${task.focus?.reference ?? ''}`).expect(200)).text;
    expect(order).toContain('contacting-subject-prohibited');
  });

  test('holds no address that was sealed, and says so where it comes in', async () => {
    const { request, patient } = await referralOf(here, fullReferral(here, { family: '封印' }));
    const { body } = await here.send('clinic', 'get', `/Patient/${patient}`).expect(200);
    await here.send('clinic', 'put', `/Patient/${patient}`, mask(body as Patient)).expect(200);
    const { task, outcome } = await passOn(await documentOf(here, request));
    expect(JSON.stringify(outcome)).toMatch(/sealed at the sender|伏せられています/);
    const person = (await there.send('clinic', 'get', `/${task.for?.reference ?? ''}`).expect(200))
      .body as Patient;
    expect([person.address, person.telecom]).toEqual([undefined, undefined]);
  });
});
