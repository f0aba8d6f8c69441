import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sightOf } from '../../src/access/sight.ts';
import { realSurroundings } from '../../src/kernel/clock.ts';
import { Refused } from '../../src/kernel/problem.ts';
import type { OpenRecords } from '../../src/fhir/records.ts';
import { makeStore } from '../../src/fhir/store.ts';
import type { RecordType } from '../../src/fhir/types.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { other, recordsToFind, sys } from './searched.ts';

let here: TestDatabase;
let bodies: Bodies;
let open: OpenRecords;
let known: Awaited<ReturnType<typeof recordsToFind>>;

beforeAll(async () => {
  here = await freshDatabase();
  bodies = await makeBodies(here.owner);
  open = makeStore({ ...realSurroundings, database: here.database, validate: () => [], rules: [], sightOf });
  known = await recordsToFind(here.owner, bodies);
});
afterAll(async () => {
  await here.close();
});

/** `{hanako}` stands for her id, `{office}` for that of the office. */
const filled = (query: string): string =>
  query.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'office'
      ? bodies.office.id
      : name === 'clinic'
        ? bodies.clinic.id
        : name === 'post'
          ? known.post
          : known.idOf(name),
  );
const page = (type: RecordType, query: string, actor = bodies.actors.doctor) =>
  open(actor, (records) =>
    records.page(type, [...new URLSearchParams(filled(query))], { base: 'https://here.example/fhir' }),
  );
const found = async (type: RecordType, query: string): Promise<string[]> =>
  (await page(type, query)).found.map((record) => known.nameOf(record));

const searches: readonly [type: RecordType, query: string, ...found: string[]][] = [
  // Names, whatever the kana and the width.
  ['Patient', 'name=佐藤', 'hanako'],
  ['Patient', 'name=さとう', 'hanako'],
  ['Patient', 'name=ｻﾄｳ', 'hanako'],
  ['Patient', 'name=サ', 'hanako', 'taro'],
  ['Patient', 'name=藤'],
  ['Patient', 'name=佐藤 花', 'hanako'],
  ['Patient', 'name=佐藤　花子', 'hanako'],
  ['Patient', 'name:contains=藤', 'hanako'],
  ['Patient', 'name:exact=佐藤', 'hanako'],
  ['Patient', 'name:exact=さとう'],
  ['Patient', 'name:missing=true'],
  ['Patient', 'name=花子,太郎', 'hanako', 'taro'],
  ['Patient', 'family=サトウ', 'hanako'],
  ['Patient', 'family=花子'],
  ['Patient', 'given=はな', 'hanako'],
  ['Patient', 'phonetic=たろ', 'taro'],
  ['Patient', 'name=%'],
  // Other texts.
  ['Patient', 'address=本町', 'hanako'],
  ['Patient', 'address=home'],
  ['Patient', 'address=架空県', 'taro'],
  ['Patient', 'address:contains=別', 'taro'],
  ['Patient', 'address-city=架空市', 'hanako'],
  ['Patient', 'address-postalcode=999', 'hanako'],
  ['Patient', 'address-use=home', 'hanako'],
  // Tokens.
  ['Patient', `identifier=${sys}|A-1`, 'hanako'],
  ['Patient', 'identifier=A-1', 'hanako', 'taro'],
  ['Patient', 'identifier=|A-1', 'taro'],
  ['Patient', `identifier=${other}|`, 'taro'],
  ['Patient', `identifier=${other}|a\\|b`, 'taro'],
  ['Patient', `identifier:not=${sys}|A-1`, 'taro'],
  ['Patient', 'gender=female', 'hanako'],
  ['Patient', 'gender=http://hl7.org/fhir/administrative-gender|female', 'hanako'],
  ['Patient', `gender=${sys}|female`],
  ['Patient', 'gender:not=female', 'taro'],
  ['Patient', 'active=true', 'hanako'],
  ['Patient', 'active:missing=true', 'taro'],
  ['Patient', 'active:not=true', 'taro'],
  ['Patient', 'phone=09011112222', 'hanako'],
  ['Patient', 'phone=090-1111-2222', 'hanako'],
  ['Patient', 'email=hanako@example.jp', 'hanako'],
  ['Patient', 'telecom=hanako@example.jp', 'hanako'],
  ['Patient', 'phone:missing=true', 'taro'],
  ['Patient', 'deceased=true', 'taro'],
  ['Patient', 'deceased=false', 'hanako'],
  ['Patient', '_tag=red', 'hanako'],
  ['Patient', `_tag=${sys}|red`, 'hanako'],
  ['Patient', '_profile=http://example.org/profile', 'hanako'],
  ['Patient', '_profile=http://example.org/profile|1.0', 'hanako'],
  ['Patient', '_profile:below=http://example.org', 'hanako'],
  ['Patient', '_security:missing=false'],
  ['Observation', `code=${sys}|weight`, 'pressure'],
  ['Observation', 'code=weight', 'pressure', 'mood'],
  ['Observation', 'code=|mood', 'mood'],
  ['Observation', 'code:text=体', 'pressure'],
  ['Observation', 'code:text=気分', 'mood'],
  ['Observation', 'code:not=mood', 'pressure'],
  ['Observation', `value-concept=${sys}|low`, 'mood'],
  ['Encounter', 'class=HH', 'visit'],
  ['ServiceRequest', 'priority=urgent', 'request'],
  ['Task', `group-identifier=${sys}|group`, 'referral'],
  // Quantities.
  ['Observation', 'value-quantity=5.4|http://unitsofmeasure.org|kg', 'pressure'],
  ['Observation', 'value-quantity=5.4||kg', 'pressure'],
  ['Observation', 'value-quantity=5', 'pressure'],
  ['Observation', 'value-quantity=5.40', 'pressure'],
  ['Observation', 'value-quantity=5.5'],
  ['Observation', 'value-quantity=5.4||g'],
  ['Observation', 'value-quantity=gt5.3', 'pressure'],
  ['Observation', 'value-quantity=lt5.4'],
  ['Observation', 'value-quantity=le5.4', 'pressure'],
  ['Observation', 'value-quantity=ne5.4'],
  ['Observation', 'value-quantity=ap5.1', 'pressure'],
  ['Observation', `code-value-quantity=${sys}|weight$5.4`, 'pressure'],
  ['Observation', `code-value-quantity=${sys}|weight$lt5`],
  ['Observation', 'code-value-concept=mood$low', 'mood'],
  // Dates: of days, months and years, of periods with and without an end.
  ['Patient', 'birthdate=1941-03-04', 'hanako'],
  ['Patient', 'birthdate=1941', 'hanako'],
  ['Patient', 'birthdate=1950-03', 'taro'],
  ['Patient', 'birthdate=1950-03-05'],
  ['Patient', 'birthdate=ap1948-03-05', 'hanako', 'taro'],
  ['Patient', 'birthdate=gt1950-03-05', 'taro'],
  ['Patient', 'birthdate=sa1950-03-05'],
  ['Patient', 'birthdate=ne1941-03-04', 'taro'],
  ['Patient', 'birthdate=lt1941-03-05', 'hanako'],
  ['Patient', 'birthdate=ge1941-03-04&birthdate=le1941-03-04', 'hanako'],
  ['Patient', 'death-date=2026-02-03', 'taro'],
  ['Patient', 'death-date=2026-02-03T10:00', 'taro'],
  ['Patient', 'death-date=2026-02-03T01:00:00Z', 'taro'],
  ['Observation', 'date=2026-01', 'pressure'],
  ['Observation', 'date=2026-01-15'],
  ['Observation', 'date=ge2026-01-15', 'pressure', 'mood'],
  ['Observation', 'date=sa2026-01-15', 'mood'],
  ['Observation', 'date=eb2026-01-21', 'pressure'],
  ['Observation', 'date=lt2026-01-11', 'pressure'],
  ['Encounter', 'date=ge2030', 'visit'],
  ['Encounter', 'date=eb2030'],
  ['Encounter', 'date=sa2026-01-14', 'visit'],
  ['Encounter', 'date=le2026-01-15'],
  ['Encounter', 'date=le2026-01-16', 'visit'],
  ['Task', 'authored-on=2026-01-12', 'step'],
  ['Task', 'authored-on=gt2026-01-12T12:00:00%2B09:00', 'step'],
  ['Task', 'authored-on=eb2026-01-12', 'referral'],
  ['Task', 'authored-on=le2026-01-12', 'referral', 'step'],
  ['Task', 'period=gt2026-03-05', 'step'],
  ['Task', 'period:missing=true', 'referral'],
  ['Patient', '_lastUpdated=2026-06-01&_id={hanako}', 'hanako'],
  ['Patient', '_lastUpdated=gt2026-06-02'],
  // References.
  ['Task', 'owner={office}', 'referral'],
  ['Task', 'owner=Organization/{office}', 'referral'],
  ['Task', 'owner=https://here.example/fhir/Organization/{office}', 'referral'],
  ['Task', 'owner=https://elsewhere.example/fhir/Organization/{office}'],
  ['Task', 'owner=PractitionerRole/{post}', 'step'],
  ['Task', 'owner={post}', 'step'],
  ['Task', 'owner:PractitionerRole={post}', 'step'],
  ['Task', 'owner:Organization={post}'],
  ['Task', `requester:identifier=${sys}|desk`, 'step'],
  ['Task', 'requester:identifier=desk', 'step'],
  ['Task', 'focus=ServiceRequest/{request}', 'referral'],
  ['Task', 'focus=Observation/{pressure}', 'step'],
  ['Task', 'focus={pressure}', 'step'],
  ['Task', 'output={mood}', 'referral'],
  ['Task', 'part-of={referral}', 'step'],
  ['Task', 'part-of:missing=true', 'referral'],
  ['Task', 'patient={hanako}&status=draft', 'referral', 'step'],
  ['Task', 'patient={taro}'],
  ['ServiceRequest', 'performer=Organization/{office}', 'request'],
  ['ServiceRequest', 'performer={post}', 'request'],
  ['ServiceRequest', 'supporting-info={answers}', 'request'],
  ['Observation', 'derived-from={answers}', 'pressure'],
  ['QuestionnaireResponse', 'questionnaire=http://example.org/Questionnaire/a', 'answers'],
  ['QuestionnaireResponse', 'questionnaire=http://example.org/Questionnaire/a|2.0', 'answers'],
  ['QuestionnaireResponse', 'questionnaire=http://example.org/Questionnaire/a|1.0'],
  // Through other records.
  ['Observation', 'patient.name=佐藤', 'pressure'],
  ['Observation', `patient.identifier=${sys}|A-1`, 'pressure'],
  ['Observation', 'subject:Patient.birthdate=1950', 'mood'],
  ['Task', 'focus:ServiceRequest.patient.name=さとう', 'referral'],
  ['Task', 'focus:Observation.code=weight', 'step'],
  ['Task', 'focus.code=weight', 'step'],
  ['Task', 'owner:Organization.name=試験', 'referral'],
  ['Patient', '_has:Observation:patient:code=mood', 'taro'],
  ['Patient', '_has:Observation:patient:code=weight', 'hanako', 'taro'],
  ['ServiceRequest', '_has:Task:focus:status=draft', 'request'],
  ['Observation', '_has:Task:focus:intent=plan', 'pressure'],
  ['Observation', '_has:Task:output:code=fulfill', 'mood'],
  ['Patient', '_has:ServiceRequest:patient:_has:Task:focus:status=draft', 'hanako'],
  ['Patient', '_has:Task:patient:owner.name=試験', 'hanako'],
  ['Observation', 'patient._has:Task:patient:status=draft', 'pressure'],
  // All together.
  ['Observation', 'code=weight&date=2026-01&patient.name=佐藤&status=final', 'pressure'],
  ['Observation', 'code=weight&code=mood', 'mood'],
];

describe('a clinic searches among its own records and finds', () => {
  test.each(searches.map(([type, query, ...names]) => [type, query, names] as const))(
    '%s?%s',
    async (type, query, names) => {
      expect((await found(type, query)).toSorted()).toEqual([...names].toSorted());
    },
  );
});

test('nobody else’s search leads to another clinic’s person, by whatever way', async () => {
  for (const [type, query] of [
    ['Patient', 'name=見子'],
    ['Patient', 'name:contains=見'],
    ['Observation', 'patient.name=見子'],
    ['Observation', 'patient={hidden}'],
    ['Patient', '_has:Observation:patient:value-quantity=5.4||kg&name=見子'],
    ['Observation', '_id={hiddenMood}'],
  ] as const)
    expect([query, await found(type, query)]).toEqual([query, []]);
  expect((await page('Patient', 'name=見子&_total=accurate')).total).toBe(0);
  const theirs = await page('Patient', 'name=見子', bodies.actors.otherDoctor);
  expect(theirs.found.map((record) => known.nameOf(record))).toEqual(['hidden']);
});

describe('the order of what is found', () => {
  test.each([
    ['Patient', '_sort=name', 'taro', 'hanako'],
    ['Patient', '_sort=-name', 'hanako', 'taro'],
    ['Patient', '_sort=birthdate', 'hanako', 'taro'],
    ['Patient', '_sort=-birthdate', 'taro', 'hanako'],
    ['Patient', '_sort=death-date', 'taro', 'hanako'],
    ['Patient', '_sort=-death-date', 'taro', 'hanako'],
    ['Patient', '_sort=_lastUpdated', 'hanako', 'taro'],
    ['Patient', '_sort=-_lastUpdated', 'taro', 'hanako'],
    ['Patient', '_sort=active,-gender', 'hanako', 'taro'],
    ['Task', '_sort=-authored-on', 'step', 'referral'],
    ['Task', '_sort=status,authored-on', 'referral', 'step'],
    ['Observation', '_sort=date', 'pressure', 'mood'],
    ['Observation', '_sort=-value-quantity', 'pressure', 'mood'],
  ] as const)('%s?%s, page by page too', async (type, query, ...names) => {
    expect(await found(type, query)).toEqual(names);
    const first = await page(type, `${query}&_count=1`);
    const second = await page(type, `${query}&_count=1&_cursor=${first.next ?? ''}`);
    expect([...first.found, ...second.found].map((record) => known.nameOf(record))).toEqual(names);
    expect(second.next).toBeUndefined();
  });

  test('a place in one order is none in another', async () => {
    const { next } = await page('Patient', '_sort=name&_count=1');
    const wrong = page('Patient', `_sort=birthdate&_count=1&_cursor=${next ?? ''}`);
    await expect(wrong).rejects.toBeInstanceOf(Refused);
  });
});

test('how many there are is told when it is asked, of those one sees', async () => {
  expect((await page('Patient', '_count=1')).total).toBeUndefined();
  expect(await page('Patient', '_total=accurate&_count=1')).toMatchObject({ total: 2 });
  expect(await page('Patient', '_total=estimate&gender=male')).toMatchObject({ total: 1 });
  expect(await page('Patient', '_count=0')).toMatchObject({ total: 2, found: [], next: undefined });
});

const wrong: readonly [type: RecordType, query: string, where: string][] = [
  ['Patient', 'identifier=a|b|c', 'identifier'],
  ['Patient', 'identifier=|', 'identifier'],
  ['Patient', 'deceased=perhaps', 'deceased'],
  ['Patient', 'phone=abc', 'phone'],
  ['Patient', 'name= ', 'name'],
  ['Patient', 'name:sounds=x', 'name:sounds'],
  ['Patient', 'birthdate=1941-13', 'birthdate'],
  ['Patient', 'birthdate=xx1941', 'birthdate'],
  ['Patient', 'birthdate=1941-02-29', 'birthdate'],
  ['Patient', 'birthdate:not=1941', 'birthdate:not'],
  ['Patient', 'birthdate=1941-03-04T25:00', 'birthdate'],
  ['Patient', 'organization=Patient/{hanako}', 'organization'],
  ['Patient', 'organization=x', 'organization'],
  ['Patient', 'organization:Patient={hanako}', 'organization:Patient'],
  ['Patient', '_id:missing=maybe', '_id:missing'],
  ['Observation', 'value-quantity=much', 'value-quantity'],
  ['Observation', 'value-quantity=1|a|b|c', 'value-quantity'],
  ['Observation', 'code-value-quantity=weight', 'code-value-quantity'],
  ['Observation', 'code-value-quantity=weight$x', 'value-quantity'],
  ['Observation', 'code-value-quantity=weight$1$2', 'code-value-quantity'],
  ['Observation', 'patient.patient.name=x', 'patient.patient.name'],
  ['Task', 'part-of.part-of.part-of.part-of.part-of.status=draft', 'status'],
  ['Task', '_has:Task:part-of:colour=x', 'colour'],
  ['Questionnaire', 'url:sideways=x', 'url:sideways'],
  ['Location', 'near=1|2', 'near'],
  ['Task', '_sort=status,,code', '_sort'],
  ['Task', '_sort=status,status,status,status,status,status', '_sort'],
];
test.each(wrong)('%s?%s is refused, and where the fault is', async (type, query, where) => {
  const refusal = await page(type, query).catch((error: unknown) => error);
  if (!(refusal instanceof Refused) || refusal.problem.kind !== 'invalid') throw refusal;
  expect(refusal.problem.issues.map((issue) => issue.path)).toEqual([`http.${where}`]);
});

test.each([
  ['Task', `status=${Array.from({ length: 101 }, () => 'draft').join(',')}`, /at most 100 values; 101/],
  ['Task', '_sort=status,status,status,status,status,status', /at most 5 parameters; 6/],
] as const)('more than a search takes names the number: %s %#', async (type, query, says) => {
  const refusal = await page(type, query).catch((error: unknown) => error);
  if (!(refusal instanceof Refused) || refusal.problem.kind !== 'invalid') throw refusal;
  expect(refusal.problem.issues.map((issue) => issue.says.en)).toEqual([expect.stringMatching(says)]);
});
