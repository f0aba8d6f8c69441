import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Bundle,
  Condition,
  Observation,
  OperationOutcome,
  Parameters,
  Questionnaire,
  QuestionnaireResponse,
} from '@medplum/fhirtypes';
import request from 'supertest';
import { makeValidator } from '../../src/fhir/validate.ts';
import { reference } from '../../src/fhir/references.ts';
import { carryOver } from '../../src/intake/carry.ts';
import { findNeeds } from '../../src/intake/findings.ts';
import { fromResponse, toResponse } from '../../src/intake/answers.ts';
import { formId } from '../../src/programs/publish.ts';
import type { Program } from '../../src/programs/program.ts';
import { everything, expectRefusal, startApi, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';
import { filled } from './filled.ts';

let api: Api;
let program: Program;
let patient: string;
let answered: string;
beforeAll(async () => {
  api = await startApi();
  program = api.programs[0] as Program;
  const made = (await api.send('clinic', 'post', '', referralBundle(api.bodies, program)).expect(200))
    .body as Bundle;
  patient = madeIn(made, 'Patient');
  answered = madeIn(made, 'QuestionnaireResponse');
  // The person said so on another day; the blood pressure is nobody's question here.
  const observation = {
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '63512-8' }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: api.now().toISOString(),
    valueInteger: 2,
  };
  await api.send('clinic', 'post', '/Observation', observation).expect(201);
});
afterAll(async () => {
  await api.stop();
});

const subject = () => ({ name: 'subject', valueReference: { reference: `Patient/${patient}` } });
const parameters = (...parameter: unknown[]): unknown => ({ resourceType: 'Parameters', parameter });
const validate = makeValidator();

async function populated(
  path: string,
  body: unknown,
): Promise<{ response: QuestionnaireResponse; issues: string[] }> {
  const rest = (text: string): string => text.replace(/access_log \d+/, '');
  const before = rest(await everything(api));
  const answer = await api.send('clinic', 'post', path, body);
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  expect(rest(await everything(api))).toBe(before);
  const { parameter = [] } = answer.body as Parameters;
  const response = parameter.find((one) => one.name === 'response')?.resource as QuestionnaireResponse;
  expect(validate(response)).toEqual([]);
  expect(response).toMatchObject({ status: 'in-progress', subject: { reference: `Patient/${patient}` } });
  const outcome = parameter.find((one) => one.name === 'issues')?.resource as OperationOutcome | undefined;
  for (const one of outcome?.issue ?? []) expect(one.severity).toBe('warning');
  return {
    response,
    issues: (outcome?.issue ?? []).map((one) => `${one.code} ${String(one.expression?.[0])}`),
  };
}

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const asks = (linkId: string, type: string, expression: string): unknown => ({
  linkId,
  type,
  text: linkId,
  extension: [
    { url: `${sdc}-initialExpression`, valueExpression: { language: 'text/fhirpath', expression } },
  ],
});
const strangersForm = (...item: unknown[]): Questionnaire =>
  ({
    resourceType: 'Questionnaire',
    url: 'https://stranger.example/form',
    version: '1',
    status: 'active',
    item,
  }) as Questionnaire;
const answersOf = ({ item }: Pick<QuestionnaireResponse, 'item'>): Record<string, unknown> =>
  Object.fromEntries(
    (item ?? []).flatMap((one) => [
      [one.linkId, one.answer?.map((a) => Object.values(a)[0] as unknown)] as const,
      ...Object.entries(answersOf(one)),
    ]),
  );

describe('Questionnaire/$populate', () => {
  test('fills in the assessment sheet with what the person has answered before, as the page does', async () => {
    const { response, issues } = await populated(
      `/Questionnaire/${formId(program.assessment)}/$populate`,
      parameters(subject()),
    );
    expect(issues).toEqual([]);
    const carried = carryOver(program, filled(program.screening), 'en');
    expect(Object.keys(carried).length).toBeGreaterThan(3);
    expect(fromResponse(program.assessment, response)).toEqual(carried);
    // It can be stored as it is, by whoever may.
    await api.send('clinic', 'post', '/QuestionnaireResponse', response).expect(201);
  });

  test('finds a form by its canonical, with or without a version, and by a reference', async () => {
    const { url = '', version = '' } = program.screening;
    for (const form of [
      { name: 'canonical', valueCanonical: url },
      { name: 'canonical', valueUri: `${url}|${version}` },
      {
        name: 'questionnaireRef',
        valueReference: { reference: `${api.url}/fhir/Questionnaire/${formId(program.screening)}` },
      },
    ]) {
      const { response } = await populated('/Questionnaire/$populate', parameters(subject(), form));
      expect(response.questionnaire).toBe(`${url}|${version}`);
    }
    const path = `/Questionnaire/$populate?canonical=${encodeURIComponent(url)}&subject=Patient/${patient}`;
    expect((await api.send('clinic', 'get', path).expect(200)).body).toMatchObject({
      resourceType: 'Parameters',
    });
  });

  test('a stranger’s form is filled in by its expressions, observations and initial values', async () => {
    const form = strangersForm(
      asks('family', 'string', '%patient.name.first().family'),
      asks('whole', 'string', "%patient.name.family & ' ' & %patient.name.given"),
      asks('born', 'date', '%patient.birthDate'),
      asks('clinic', 'string', '%org.name'),
      asks('named', 'boolean', "%patient.name.where(text.exists()).exists()"),
      asks('today', 'date', 'today()'),
      asks('phone', 'string', "%patient.telecom.where(system = 'phone').value"),
      { linkId: 'group', type: 'group', item: [{ linkId: 'first', type: 'integer', text: 'first', initial: [{ valueInteger: 3 }] }] },
      {
        linkId: 'household', type: 'integer', text: 'household', code: [{ system: 'http://loinc.org', code: '63512-8' }],
        extension: [{ url: `${sdc}-observationLinkPeriod`, valueDuration: { value: 1, code: 'a', system: 'http://unitsofmeasure.org', unit: 'a' } }],
      },
      { linkId: 'colour', type: 'choice', text: 'colour', answerOption: [{ valueCoding: { code: 'red' } }, { valueCoding: { code: 'blue' }, initialSelected: true }] },
    ); // prettier-ignore
    const { response, issues } = await populated(
      '/Questionnaire/$populate',
      parameters(
        subject(),
        { name: 'questionnaire', resource: form },
        {
          name: 'context',
          part: [
            { name: 'name', valueString: 'org' },
            { name: 'content', valueReference: { reference: `Organization/${api.bodies.clinic.id}` } },
          ],
        },
      ),
    );
    expect(issues).toEqual([]);
    const found = answersOf(response);
    expect(found).toMatchObject({
      family: ['試験'], whole: ['試験 花子'], born: ['1941-03-04'], clinic: [api.bodies.clinic.name],
      named: [true], first: [3], household: [2], colour: [{ code: 'blue' }],
    }); // prettier-ignore
    expect(found).not.toHaveProperty('phone');
    expect(JSON.stringify(found['today'])).toMatch(/^\["\d{4}-\d\d-\d\d"\]$/);
  });

  test('an expression that is not understood, or finds what does not fit, leaves the question open and says so', async () => {
    const form = strangersForm(
      asks('endless', 'string', '(1).repeat($this + 1)'),
      asks('unknown', 'string', '%nobody.name'),
      asks('broken', 'string', '%patient.name.where('),
      asks('long', 'string', `%patient${'.name'.repeat(500)}`),
      asks('number', 'integer', '%patient.name.first().family'),
      asks('fine', 'string', '%patient.name.first().family'),
    );
    const { response, issues } = await populated(
      '/Questionnaire/$populate',
      parameters(subject(), { name: 'questionnaire', resource: form }),
    );
    expect(Object.keys(answersOf(response))).toEqual(['fine']);
    expect(issues).toEqual([
      ...['endless', 'unknown', 'broken', 'long'].map(
        (id) => `not-supported Questionnaire.item.where(linkId='${id}')`,
      ),
      "value Questionnaire.item.where(linkId='number')",
    ]);
  });

  test('nobody gets answers of a person they do not see, nor more than their token reads', async () => {
    const path = `/Questionnaire/${formId(program.assessment)}/$populate`;
    expectRefusal(await api.send('otherClinic', 'post', path, parameters(subject())), 404);
    const token = await api.token('clinic', 'system/Questionnaire.rs system/Patient.rs');
    const answer = await request(api.url)
      .post(`/fhir${path}`)
      .set('Authorization', `Bearer ${token}`)
      .set('Content-Type', 'application/fhir+json')
      .send(JSON.stringify(parameters(subject())))
      .expect(200);
    expect((answer.body as Parameters).parameter?.[0]?.resource).not.toHaveProperty('item');
    const { rows } = await api.owner.query(
      `select 1 from access_log where patients @> array[$1::uuid] and 'Patient/' || $1 = any (records) and via = 'token'`,
      [patient],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  const bad: readonly (readonly [string, () => unknown, number, string])[] = [
    ['no subject', () => parameters({ name: 'canonical', valueUri: 'urn:x' }), 400, 'Parameters.parameter'],
    ['a subject that is no patient', () => parameters({ name: 'subject', valueReference: { reference: 'Group/1' } }), 400, 'Parameters.parameter[0].valueReference'],
    ['no form', () => parameters(subject()), 400, 'Parameters.parameter'],
    ['two forms', () => parameters(subject(), { name: 'canonical', valueUri: 'urn:x' }, { name: 'questionnaire', resource: strangersForm() }), 400, 'Parameters.parameter'],
    ['an unknown form', () => parameters(subject(), { name: 'canonical', valueUri: 'urn:x' }), 404, 'Parameters.parameter[1].valueUri'],
    ['a form that is none', () => parameters(subject(), { name: 'questionnaire', resource: { resourceType: 'Patient' } }), 400, 'Parameters.parameter[1].resource'],
    ['a form that is not valid', () => parameters(subject(), { name: 'questionnaire', resource: { resourceType: 'Questionnaire', status: 'perhaps', url: 'urn:x' } }), 422, 'Questionnaire.status'],
    ['a form with questions of an unknown kind', () => parameters(subject(), { name: 'questionnaire', resource: strangersForm({ linkId: 'a', type: 'shoe' }) }), 422, 'Questionnaire.item[0].type'],
    ['a context without a name', () => parameters(subject(), { name: 'questionnaire', resource: strangersForm(asks('a', 'string', 'today()')) }, { name: 'context', part: [{ name: 'content', resource: { resourceType: 'Patient' } }] }), 400, 'Parameters.parameter[2]'],
    ['a context with an unknown part', () => parameters(subject(), { name: 'context', part: [{ name: 'shoe', valueString: 'x' }] }), 400, 'Parameters.parameter[1].part[0].name'],
  ]; // prettier-ignore
  test.each(bad)('%s is refused', async (_what, body, status, where) => {
    expectRefusal(await api.send('clinic', 'post', '/Questionnaire/$populate', body()), status, where);
  });
});

describe('QuestionnaireResponse/$extract', () => {
  const kinds = ({ entry }: Bundle): string[] =>
    (entry ?? []).map((e) => `${String(e.request?.method)} ${String(e.resource?.resourceType)}`);

  test('gives the needs that stored answers show, ready to be posted; what was posted is not given again', async () => {
    const bundle = (
      await api.send('clinic', 'get', `/QuestionnaireResponse/${answered}/$extract`).expect(200)
    ).body as Bundle;
    const needs = findNeeds(program, filled(program.screening));
    expect(needs.length).toBeGreaterThan(2);
    expect(kinds(bundle)).toEqual([
      ...needs.map(() => 'POST Observation'),
      ...needs.map(() => 'POST Condition'),
    ]);
    expect((await api.send('clinic', 'get', `/Condition?patient=${patient}`).expect(200)).body).toMatchObject(
      { entry: [] },
    );

    const response = (await api.send('clinic', 'post', '', bundle).expect(200)).body as Bundle;
    expect(response.entry?.every((e) => e.response?.status === '201')).toBe(true);
    const found = (await api.send('clinic', 'get', `/Condition?patient=${patient}`).expect(200))
      .body as Bundle<Condition>;
    expect(found.entry?.length).toBe(needs.length);
    for (const { resource } of found.entry ?? []) {
      const evidence = resource?.evidence?.[0]?.detail?.[0]?.reference ?? '';
      const shown = (await api.send('clinic', 'get', `/${evidence}`).expect(200)).body as Observation;
      expect(shown.derivedFrom).toEqual([{ reference: `QuestionnaireResponse/${answered}` }]);
    }
    const again = (
      await api.send('clinic', 'post', `/QuestionnaireResponse/${answered}/$extract`).expect(200)
    ).body as Bundle;
    expect(kinds(again)).toEqual([]);
  });

  test('answers that are not stored come along; a concern that is known gets one more evidence', async () => {
    const response = toResponse(program.screening, filled(program.screening), {
      subject: reference('Patient', patient),
      authored: api.now().toISOString(),
      status: 'completed',
      language: 'ja',
    });
    const body = parameters({ name: 'questionnaire-response', resource: response });
    const bundle = (await api.send('clinic', 'post', '/QuestionnaireResponse/$extract', body).expect(200))
      .body as Bundle;
    const needs = findNeeds(program, filled(program.screening));
    expect(kinds(bundle)).toEqual([
      'POST QuestionnaireResponse',
      ...needs.map(() => 'POST Observation'),
      ...needs.map(() => 'PUT Condition'),
    ]);
    const count = async (): Promise<number> =>
      ((await api.send('clinic', 'get', `/Condition?patient=${patient}`).expect(200)).body as Bundle).entry
        ?.length ?? 0;
    const before = await count();
    const posted = (await api.send('clinic', 'post', '', bundle).expect(200)).body as Bundle;
    expect(await count()).toBe(before);
    const stored = madeIn(posted, 'QuestionnaireResponse');
    const first = posted.entry?.[1]?.resource as Observation;
    expect(first.derivedFrom).toEqual([{ reference: `QuestionnaireResponse/${stored}` }]);
    // The same bundle a second time is overtaken: nothing of it is written.
    const counted = await everything(api);
    expectRefusal(await api.send('clinic', 'post', '', bundle), 412);
    expect(await everything(api)).toBe(counted);
  });

  const whole = (change: Partial<QuestionnaireResponse> = {}): QuestionnaireResponse => ({
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    questionnaire: program.screening.url ?? '',
    subject: reference('Patient', patient),
    ...change,
  });
  const bad: readonly (readonly [string, () => unknown, number, string])[] = [
    ['no answers', () => parameters(), 400, 'Parameters.parameter'],
    ['something else', () => ({ resourceType: 'Patient' }), 400, 'QuestionnaireResponse'],
    ['answers that are not valid', () => ({ ...whole(), status: 'perhaps' }), 422, 'QuestionnaireResponse.status'],
    ['answers to an unknown form', () => whole({ questionnaire: 'urn:nothing' }), 422, 'QuestionnaireResponse.questionnaire'],
    ['answers of nobody', () => { const { subject: _none, ...other } = whole(); return other; }, 422, 'QuestionnaireResponse.subject'],
    ['answers that do not fit the form', () => whole({ item: [{ linkId: 'nothing' }] }), 422, 'QuestionnaireResponse.item[0].linkId'],
  ]; // prettier-ignore
  test.each(bad)('%s is refused', async (_what, body, status, where) => {
    expectRefusal(await api.send('clinic', 'post', '/QuestionnaireResponse/$extract', body()), status, where);
  });

  test('answers that the caller does not see are not there', async () => {
    expectRefusal(await api.send('otherClinic', 'get', `/QuestionnaireResponse/${answered}/$extract`), 404);
  });
});
