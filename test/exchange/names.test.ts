import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { smallestReferral } from '../support/referral.ts';
import { startApi, type Api, type ClientName } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

async function found(query: string, who: ClientName = 'clinic'): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined = `/Patient?${query}`;
  for (let pages = 0; next !== undefined && pages < 20; pages += 1) {
    const { body } = await api.send(who, 'get', encodeURI(decodeURI(next))).expect(200);
    const bundle = body as Bundle<Patient>;
    ids.push(...(bundle.entry ?? []).map(({ resource }) => resource?.id ?? ''));
    next = bundle.link?.find((one) => one.relation === 'next')?.url?.split('/fhir')[1];
  }
  return ids;
}
async function add(family: string, given = '一郎'): Promise<string> {
  const { id: _id, ...patient } = smallestReferral(api.bodies).patient;
  const named = { ...patient, name: [{ family, given: [given] }] };
  const { body } = await api.send('clinic', 'post', '/Patient', named).expect(201);
  return (body as Patient).id ?? '';
}
async function change(id: string, with_: Partial<Patient>): Promise<void> {
  const { body } = await api.send('clinic', 'get', `/Patient/${id}`).expect(200);
  await api.send('clinic', 'put', `/Patient/${id}`, { ...(body as Patient), ...with_ }).expect(200);
}

test('a name is found page by page, newest first, and a change of the record moves it to the front', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 7; i += 1) ids.push(await add('雲類鷲'));
  expect(await found('name=雲類&_count=3')).toEqual(ids.toReversed());
  expect(await found('name=雲類&_count=3&_sort=-_lastUpdated')).toEqual(ids.toReversed());
  expect(await found('name=雲類&_count=3&_sort=_lastUpdated')).toEqual(ids);
  const [oldest = ''] = ids;
  await change(oldest, { active: true });
  expect(await found('name=雲類&_count=3')).toEqual([oldest, ...ids.slice(1).toReversed()]);
});

test('whoever has two such names is found once, and so is who fits two words', async () => {
  const id = await add('薬袋', '薬袋郎');
  expect(await found('name=薬袋&_count=1')).toEqual([id]);
  expect(await found('name=薬袋,薬袋郎&_count=1')).toEqual([id]);
  expect(await found('name=薬袋%20薬袋郎&_count=1')).toEqual([id]);
  expect(await found('name=薬袋&gender=unknown')).toEqual([]);
});

test('a name that was changed is found by the new one alone; a person who was deleted by none', async () => {
  const id = await add('四月一日');
  await change(id, { name: [{ family: '八月朔日', given: ['二郎'] }] });
  expect(await found('name=四月')).toEqual([]);
  expect(await found('name=八月朔')).toEqual([id]);
  await api.send('clinic', 'delete', `/Patient/${id}`).expect(204);
  expect(await found('name=八月朔')).toEqual([]);
});

test('the office finds a person by name when the referral opens it, and nobody else does', async () => {
  const bundle = referralBundle(api.bodies, api.programs[0]);
  const family = `小鳥遊${randomUUID().slice(0, 4)}`;
  for (const { resource } of bundle.entry ?? [])
    if (resource?.resourceType === 'Patient') resource.name = [{ family, given: ['花'] }];
  const query = `name=${family}`;
  expect(await found(query, 'office')).toEqual([]);
  const { body } = await api.send('clinic', 'post', '', bundle).expect(200);
  const person = madeIn(body as Bundle, 'Patient');
  expect(await found(query, 'office')).toEqual([person]);
  expect(await found(query, 'otherOffice')).toEqual([]);
  // Whatever is written meanwhile, the name stays where it is.
  await change(person, { active: true });
  expect(await found(query, 'office')).toEqual([person]);
  const { rows } = await api.owner.query<{ n: number }>(
    `select count(*)::integer as n from seen_name n join patient p on p.id = n.patient_id
     where not exists (select 1 from sight s where s.patient_id = n.patient_id and s.organization_id = n.organization_id and s.audience = n.audience)
       or n.updated_at <> p.updated_at or not n.key = any (string_to_array(p.name, ' '))`,
  );
  expect(rows[0]?.n).toBe(0);
});
