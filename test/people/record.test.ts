import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ageOn,
  amendPatient,
  buildCoverage,
  buildHelper,
  buildOrganization,
  buildPatient,
  buildPost,
  buildPractitioner,
  displayName,
  organizationKinds,
  postKinds,
  readCoverage,
  readHelper,
  readOrganization,
  readPatient,
  readPost,
  readPractitioner,
  type Person,
} from '../../src/people/record.ts';

const clinic = '11111111-1111-4111-8111-111111111111';
const id = '22222222-2222-4222-8222-222222222222';

const kanji = fc.string({
  unit: fc.constantFrom('髙', '﨑', '𠮷', '田', '花', '々'),
  minLength: 1,
  maxLength: 4,
});
const kana = fc
  .string({ unit: fc.constantFrom('タ', 'カ', 'ー', 'キ', 'ョ'), minLength: 1, maxLength: 6 })
  .map((k) => `ア${k}`);
const word = fc.string({ unit: fc.constantFrom('青', '葉', '1', '-', 'Ａ'), minLength: 1, maxLength: 8 });
const digits = (length: number) =>
  fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: length, maxLength: length });
const day = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const reach = fc.record(
  { phone: digits(8).map((d) => `090${d}`), email: word.map(() => 'somebody@example.com') },
  { requiredKeys: [] },
);
const name = fc.record({ family: kanji, given: kanji, familyKana: kana, givenKana: kana });
const postal = fc.record({
  postalCode: digits(4).map((d) => `000-${d}`),
  prefecture: word,
  municipalityCode: digits(6),
  municipality: word,
  line: word,
});
const person: fc.Arbitrary<Person> = fc
  .tuple(
    name,
    postal,
    reach,
    fc.record({
      birthDate: day,
      sex: fc.constantFrom('male', 'female', 'other', 'unknown'),
    }),
  )
  .map(([a, b, c, d]) => ({ ...a, ...b, ...c, ...d }));

test('a patient is read as it was registered', () => {
  fc.assert(
    fc.property(person, (given) => {
      expect(readPatient(buildPatient(given, { id, clinic }))).toEqual({
        ...given,
        id,
        clinic,
        sealed: false,
      });
    }),
  );
});

test('the parts of a name are separated by one half-width space, in kanji and in kana', () => {
  const { name: names } = buildPatient(sample, { clinic });
  expect(names?.map((n) => n.text)).toEqual(['髙﨑 花子', 'タカサキ ハナコ']);
  expect(names?.map((n) => n.extension?.[0]?.valueCode)).toEqual(['IDE', 'SYL']);
});

const sample: Person = {
  family: '髙﨑',
  given: '花子',
  familyKana: 'タカサキ',
  givenKana: 'ハナコ',
  birthDate: '1941-03-05',
  sex: 'female',
  postalCode: '000-2011',
  prefecture: 'あおば県',
  municipalityCode: '992011',
  municipality: '朝凪市',
  line: '本町1-2',
};

test.each([
  ['nothing at all', {}, { family: '', given: '', familyKana: '', givenKana: '' }],
  [
    'one name as a text',
    { name: [{ text: '山田 太郎' }] },
    { family: '山田', given: '太郎', familyKana: '' },
  ],
  [
    'kanji and kana without saying which is which',
    {
      name: [
        { family: 'ヤマダ', given: ['タロウ'] },
        { family: '山田', given: ['太郎'] },
      ],
    },
    { family: '山田', given: '太郎', familyKana: 'ヤマダ', givenKana: 'タロウ' },
  ],
  ['a name in kana only', { name: [{ text: 'やまだ たろう' }] }, { family: 'やまだ', familyKana: 'やまだ' }],
  [
    'a former name beside the present one',
    { name: [{ use: 'old' as const, family: '旧姓' }, { family: '山田' }] },
    { family: '山田', given: '' },
  ],
  [
    'an address as a text',
    { address: [{ text: 'どこか1-2' }] },
    { line: 'どこか1-2', municipality: '', municipalityCode: '' },
  ],
])("a stranger's patient with %s can be read", (_what, patient, expected) => {
  expect(readPatient({ resourceType: 'Patient', ...patient })).toMatchObject(expected);
});

test('correcting a patient keeps what another system wrote beside what we know', () => {
  const theirs = {
    ...buildPatient(sample, { id, clinic }),
    identifier: [{ system: 'urn:theirs', value: '7' }],
  };
  const now = amendPatient(theirs, { ...sample, line: '港町3' });
  expect(now.identifier).toEqual([{ system: 'urn:theirs', value: '7' }]);
  expect(readPatient(now)).toMatchObject({ id, clinic, line: '港町3' });
});

test('an insurance card is read as it was typed in, with or without symbol and branch', () => {
  const part = fc.oneof(fc.constant(''), word);
  fc.assert(
    fc.property(
      fc.record({ insurerNumber: digits(8), symbol: part, number: digits(6), branch: part }),
      (insurance) => {
        const coverage = buildCoverage(insurance, {
          id,
          patient: id,
          insurerOrganization: clinic,
          insurerName: '保険者',
        });
        expect(readCoverage(coverage)).toEqual({
          ...insurance,
          id,
          patient: id,
          insurerOrganization: clinic,
          insurerName: '保険者',
        });
      },
    ),
  );
});

const cardWithBranch = (branch: string) =>
  buildCoverage({ insurerNumber: '138016', symbol: 'あいう', number: '１８７', branch }, { patient: id })
    .identifier?.[0];

test("the member's identifier has its four parts, the last colon also without a branch", () => {
  expect(cardWithBranch('05')?.value).toBe('00138016:あいう:１８７:05');
  expect(cardWithBranch('')?.value).toBe('00138016:あいう:１８７:');
});

test("a stranger's coverage is read from the member's identifier alone", () => {
  const read = readCoverage({
    resourceType: 'Coverage',
    status: 'active',
    beneficiary: { reference: `Patient/${id}` },
    payor: [{ display: 'どこかの保険者' }],
    identifier: [
      { system: 'http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID', value: '00138016:あ:7:02' },
    ],
  });
  expect(read).toMatchObject({ insurerNumber: '00138016', symbol: 'あ', number: '7', branch: '02' });
});

test('an organization is read as it was built, with the municipalities it serves', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...organizationKinds),
      word,
      postal,
      fc.uniqueArray(digits(6)),
      reach,
      (kind, title, address, serves, contact) => {
        const body = { kind, name: title, address, serves, ...contact, partOf: clinic, active: true };
        expect(readOrganization(buildOrganization({ ...body, id }))).toEqual({ ...body, id });
      },
    ),
  );
});

test('a municipality is found by its code and an insurer by its number', () => {
  const municipality = buildOrganization({
    kind: 'municipality',
    name: '朝凪市',
    kana: 'アサナギシ',
    municipalityCode: '992011',
  });
  expect(municipality.identifier).toEqual([
    { system: 'https://tsunagi.example/fhir/Id/municipality', value: '992011' },
  ]);
  expect(readOrganization(municipality)).toMatchObject({ kana: 'アサナギシ', municipalityCode: '992011' });
  const insurer = buildOrganization({ kind: 'insurer', name: '保険者', insurerNumber: '01130012' });
  expect(readOrganization(insurer).insurerNumber).toBe('01130012');
});

test('a worker and the post they hold are read as they were built', () => {
  fc.assert(
    fc.property(name, reach, fc.constantFrom(...postKinds), day, (given, contact, kind, from) => {
      const worker = { ...given, ...contact };
      expect(readPractitioner(buildPractitioner(worker, { id }))).toEqual({ ...worker, id });
      const post = { kind, practitioner: id, organization: clinic, name: displayName(given, 'ja'), from };
      expect(readPost(buildPost(post, { id }))).toEqual({ ...post, id, active: true });
    }),
  );
});

test('a daughter who helps is read as she was written down', () => {
  const daughter = {
    family: '山路',
    given: '由美子',
    familyKana: 'ヤマジ',
    givenKana: 'ユミコ',
    relationship: '長女',
    relationshipCode: 'DAUC',
    phone: '090-0000-0001',
  };
  expect(readHelper(buildHelper(daughter, { patient: id, id: clinic }))).toEqual({
    ...daughter,
    patient: id,
    id: clinic,
  });
});

test('readers of English also see how a name sounds', () => {
  expect(displayName(sample, 'ja')).toBe('髙﨑 花子');
  expect(displayName(sample, 'en')).toBe('髙﨑 花子 (Takasaki Hanako)');
  expect(displayName({ family: '山田', given: '', familyKana: '', givenKana: '' }, 'en')).toBe('山田');
});

test('age changes on the birthday', () => {
  expect(ageOn('1941-03-05', '2026-03-04')).toBe(84);
  expect(ageOn('1941-03-05', '2026-03-05')).toBe(85);
  expect(ageOn('1941', '2026-03-05')).toBeUndefined();
});
