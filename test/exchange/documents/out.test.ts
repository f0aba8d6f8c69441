import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  AuditEvent,
  Binary,
  Bundle,
  Communication,
  Composition,
  Consent,
  Patient,
} from '@medplum/fhirtypes';
import { withdraw } from '../../../src/consent/record.ts';
import { systems } from '../../../src/fhir/codes.ts';
import { makeValidator } from '../../../src/fhir/validate.ts';
import { mask } from '../../../src/people/record.ts';
import { readBack } from '../../documents/read.ts';
import { expectRefusal, startApi, type Api } from '../api.ts';
import { codesIn, entriesOf, fullReferral, referralOf } from './letters.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const validate = makeValidator();
const documentOf = async (
  who: 'clinic' | 'office',
  request: string,
): Promise<{ bundle: Bundle; text: string; composition: Composition }> => {
  const { text } = await api.send(who, 'get', `/ServiceRequest/${request}/$document`).expect(200);
  const bundle = JSON.parse(text) as Bundle;
  return { bundle, text, composition: bundle.entry?.[0]?.resource as Composition };
};

describe('a referral as a document', () => {
  test('begins with a Composition in the sections of eReferral, and is valid R4 that leads nowhere else', async () => {
    const { request } = await referralOf(api, fullReferral(api));
    const { bundle, composition } = await documentOf('clinic', request);
    expect(validate(bundle)).toEqual([]);
    expect(bundle).toMatchObject({ type: 'document', timestamp: expect.any(String) });
    expect(composition).toMatchObject({
      status: 'final',
      language: 'ja',
      type: { coding: [{ system: systems.documentType, code: '57133-1' }, { code: '57133-1' }] },
      date: expect.stringMatching(/^2026-11-20T/),
    });
    expect(codesIn(composition)).toEqual(['910', '920', '300', '950', '340', '360', '640', '210', '220']);
    const names = new Set(bundle.entry?.map(({ fullUrl }) => fullUrl));
    expect(names.size).toBe(bundle.entry?.length);
    const links = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]*)"/g)].map(([, to]) => to);
    expect(links.filter((to) => !names.has(to ?? ''))).toEqual([]);
    expect(links.length).toBeGreaterThan(15);
    for (const type of ['Patient', 'ServiceRequest', 'QuestionnaireResponse', 'Consent', 'Coverage'] as const)
      expect([type, entriesOf(bundle, type).length]).toEqual([type, 1]);
  });

  test('says in words what its entries say: purpose, need, note, answers, consent', async () => {
    const { request } = await referralOf(api, fullReferral(api));
    const { composition } = await documentOf('clinic', request);
    const words = JSON.stringify(composition);
    for (const said of [
      'ひとり暮らしで、話し相手がいません。',
      '住まいの傷み・段差',
      '血圧は落ち着いています',
      '同意の期限',
    ])
      expect(words).toContain(said);
  });

  test('carries the sheet as it is printed', async () => {
    const { request } = await referralOf(api, fullReferral(api));
    const { bundle } = await documentOf('clinic', request);
    const [pdf] = entriesOf<Binary>(bundle, 'Binary').filter((one) => one.contentType === 'application/pdf');
    const text = (await readBack(Buffer.from(pdf?.data ?? '', 'base64'))).pages.join('');
    expect(text).toContain('話し相手がいません');
  });

  test('is the same bytes for the same data, for each reader', async () => {
    const { request } = await referralOf(api, fullReferral(api));
    const first = await documentOf('clinic', request);
    await new Promise((later) => setTimeout(later, 1100));
    expect((await documentOf('clinic', request)).text).toBe(first.text);
    const another = await referralOf(api, fullReferral(api));
    expect((await documentOf('clinic', another.request)).bundle.identifier).not.toEqual(
      first.bundle.identifier,
    );
  });

  test('is numbered by the code of the clinic where it has one, as JP-CLINS does', async () => {
    const { request } = await referralOf(api, fullReferral(api));
    expect((await documentOf('clinic', request)).bundle.identifier).toMatchObject({ system: systems.uri });
    await api.owner.query(
      `update organization set version = version + 1, content = content
         || jsonb_build_object('meta', (content -> 'meta') || jsonb_build_object('versionId', (version + 1)::text), 'identifier', $2::jsonb)
       where id = $1`,
      [api.bodies.clinic.id, JSON.stringify([{ system: systems.medicalInstitution, value: '0519900017' }])],
    );
    const { identifier } = (await documentOf('clinic', request)).bundle;
    expect(identifier?.system).toBe(systems.documentNumber);
    expect(identifier?.value).toMatch(/^[0-4][0-9][1-3][0-9]{7}\^20[2-3][0-9]\^[A-Za-z0-9-]{1,36}$/);
  });

  test('holds for the office what the consent opens to it, and of the rest not even where it is', async () => {
    const whole = await referralOf(api, fullReferral(api));
    expect(codesIn((await documentOf('office', whole.request)).composition)).toContain('640');
    const narrow = await referralOf(api, fullReferral(api, { items: ['contact'] }));
    const { bundle, text } = await documentOf('office', narrow.request);
    expect(entriesOf(bundle, 'Patient')).toHaveLength(1);
    for (const type of ['QuestionnaireResponse', 'Condition', 'Observation'] as const)
      expect([type, entriesOf(bundle, type)]).toEqual([type, []]);
    expect(entriesOf<Communication>(bundle, 'Communication')).toEqual([]);
    expect(text).not.toContain('血圧');
    for (const hidden of [narrow.answers, narrow.condition]) expect(text).not.toContain(hidden);
  });

  test('is a line in the access log of whoever got it, which the clinic reads', async () => {
    const { request, patient } = await referralOf(api, fullReferral(api));
    await documentOf('office', request);
    const { body } = await api.send('clinic', 'get', `/AuditEvent?patient=${patient}&_count=100`).expect(200);
    const events = ((body as Bundle).entry ?? []).map(({ resource }) => resource as AuditEvent);
    expect(JSON.stringify(events)).toContain('referral document');
  });
});

describe('nothing comes out', () => {
  test('for whoever does not see the referral, and of a request to a group', async () => {
    const { request } = await referralOf(api, fullReferral(api));
    for (const who of ['otherClinic', 'otherOffice', 'resource', 'council', 'coordinator'] as const)
      expectRefusal(await api.send(who, 'get', `/ServiceRequest/${request}/$document`), 404);
    expectRefusal(await api.send('clinic', 'get', `/ServiceRequest/${crypto.randomUUID()}/$document`), 404);
    expectRefusal(await api.send('clinic', 'get', `/Patient/${crypto.randomUUID()}/$document`), 404);
  });

  test('once the consent is taken back: for the office it is not there, for the clinic it is refused', async () => {
    const { request, consent } = await referralOf(api, fullReferral(api));
    const { body } = await api.send('clinic', 'get', `/Consent/${consent}`).expect(200);
    const given = body as Consent & { id: string; meta: { versionId: string; lastUpdated: string } };
    await api
      .send(
        'clinic',
        'put',
        `/Consent/${consent}`,
        withdraw(given, 'ご本人の希望', '2026-11-21T10:00:00+09:00'),
      )
      .expect(200);
    const refusal = await api.send('office', 'get', `/ServiceRequest/${request}/$document`);
    expect([404, 410]).toContain(refusal.status);
    expectRefusal(await api.send('clinic', 'get', `/ServiceRequest/${request}/$document`), 409);
  });

  test('for a token that reads only some of what a document holds', async () => {
    const { request } = await referralOf(api, fullReferral(api));
    const narrow = await api.token('clinic', 'system/ServiceRequest.rs system/Patient.rs');
    const answer = await api
      .send('clinic', 'get', `/ServiceRequest/${request}/$document`)
      .set('Authorization', `Bearer ${narrow}`);
    expectRefusal(answer, 403);
  });
});

describe('somebody in danger', () => {
  test('is not to be contacted: the document says so before all else, and is restricted', async () => {
    const { request } = await referralOf(api, fullReferral(api, { limited: true }));
    const { bundle, composition } = await documentOf('office', request);
    expect(composition.confidentiality).toBe('R');
    const [person] = entriesOf<Patient>(bundle, 'Patient');
    expect(JSON.stringify(person?.extension)).toContain('娘の家に電話');
    const remarks = composition.section?.at(-1)?.text?.div ?? '';
    expect(remarks).toMatch(/^<div[^>]*><p>自宅に連絡しないでください<\/p><p>[^<]*娘の家に電話/);
  });

  test('has an address that is sealed: neither record, words nor sheet tell it', async () => {
    const { request, patient } = await referralOf(api, fullReferral(api));
    const { body } = await api.send('clinic', 'get', `/Patient/${patient}`).expect(200);
    await api.send('clinic', 'put', `/Patient/${patient}`, mask(body as Patient)).expect(200);
    const { bundle, text, composition } = await documentOf('office', request);
    expect(composition.confidentiality).toBe('R');
    expect(text).not.toContain('浜町');
    expect(text).not.toContain('050-0000-0001');
    const [pdf] = entriesOf<Binary>(bundle, 'Binary');
    const sheet = (await readBack(Buffer.from(pdf?.data ?? '', 'base64'))).pages.join('');
    expect(sheet).not.toContain('浜町');
    expect(sheet).not.toContain('050-0000-0001');
  });
});
