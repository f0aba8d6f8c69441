import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from '../../src/directory/record.ts';
import { asIs } from '../../src/kernel/sentence.ts';
import { rank, reasonSentence, type Reason, type Wish } from '../../src/matching/rank.ts';

const system = 'https://tsunagi.example/fhir/CodeSystem/need';
const now = new Date('2026-11-20T10:00:00+09:00');
const home = { lat: 35.5, lon: 134.2 };

const wish: Wish = {
  needs: [
    { system, code: 'loneliness' },
    { system, code: 'frailty' },
  ],
  interests: ['singing', 'gardening'],
  municipality: '31201',
  place: home,
};

/** An invented resource. */
const resource = (id: string, given: Partial<Resource> = {}): Resource => ({
  id,
  organizationId: 'org',
  name: `架空の集まり ${id}`,
  summary: '',
  needs: [],
  interests: [],
  views: ['join'],
  kind: 'informal',
  areas: ['31201'],
  contact: {},
  availability: '',
  eligibility: '',
  capacity: 'capacity',
  assured: '2026-10-01',
  active: true,
  ...given,
});

const at = (km: number) => ({ id: 'p', name: '', address: '', lat: home.lat + km / 111.195, lon: home.lon });
const order = (resources: readonly Resource[], asked = wish) =>
  rank(asked, resources, now).map((r) => r.resource.id);
const reasons = (one: Resource, asked = wish): readonly Reason[] => rank(asked, [one], now)[0]?.reasons ?? [];

test('what meets the needs comes before what is pleasant, and that before what is only near', () => {
  const helps = resource('helps', { needs: [{ system, code: 'loneliness' }] });
  const pleases = resource('pleases', { interests: ['singing', 'gardening'] });
  const near = resource('near', { place: at(0.5) });
  expect(order([near, pleases, helps])).toEqual(['helps', 'pleases', 'near']);
});

test('a need of another code system with the same code is another need', () => {
  expect(reasons(resource('a', { needs: [{ system: 'urn:other', code: 'loneliness' }] }))).toEqual([
    { kind: 'area' },
  ]);
});

test('what has closed and what takes only people of other places is not offered', () => {
  expect(
    order([
      resource('closed', { active: false }),
      resource('elsewhere', { areas: ['31202'] }),
      resource('here'),
    ]),
  ).toEqual(['here']);
});

test('what takes everybody is offered too, after its like from here', () => {
  expect(order([resource('everywhere', { areas: [] }), resource('here')])).toEqual(['here', 'everywhere']);
});

test('what is full stands last and says so, and a waiting list is said as well', () => {
  const fits = resource('full', { needs: wish.needs, interests: wish.interests, capacity: 'no-capacity' });
  const waiting = resource('waiting', { capacity: 'waitlist' });
  expect(order([fits, waiting, resource('free')])).toEqual(['free', 'waiting', 'full']);
  expect(reasons(fits)).toContainEqual({ kind: 'full' });
  expect(reasons(waiting)).toContainEqual({ kind: 'waiting' });
});

test('an entry nobody has looked at for a year says how old it is', () => {
  expect(reasons(resource('a', { assured: '2025-11-21' }))).toEqual([{ kind: 'area' }]);
  expect(reasons(resource('a', { assured: '2025-11-20' }))).toContainEqual({ kind: 'stale', months: 12 });
  expect(reasons(resource('a', { assured: '2027-01-01' }))).toEqual([{ kind: 'area' }]);
  const { assured: _, ...never } = resource('a');
  expect(reasons(never)).toContainEqual({ kind: 'stale' });
});

test('the distance is that of the map: Tottori to Yonago is about 84 km, and that is not near', () => {
  const yonago = { id: 'p', name: '', address: '', lat: 35.4281, lon: 133.3309 };
  const tottori = { ...wish, place: { lat: 35.5011, lon: 134.2351 } };
  expect(reasons(resource('a', { place: yonago }), tottori)).toEqual([{ kind: 'area' }]);
  expect(reasons(resource('a', { place: at(2.04) }))).toContainEqual({ kind: 'near', km: 2 });
});

test('without a home or a place on the map nothing is said about distance', () => {
  const { place: _, ...homeless } = wish;
  expect(reasons(resource('a', { place: at(1) }), homeless)).toEqual([{ kind: 'area' }]);
  expect(reasons(resource('a', { place: { id: 'p', name: '公民館', address: '' } }))).toEqual([
    { kind: 'area' },
  ]);
});

test('typed words are found whatever kana and width they are written in', () => {
  const asked = { ...wish, words: 'たいそう ＡＢＣ　囲碁・たいそう' };
  const gym = resource('gym', { name: 'いきいきタイソウ会', summary: 'abc 体育館' });
  expect(reasons(gym, asked)).toEqual([
    { kind: 'word', word: 'たいそう' },
    { kind: 'word', word: 'ＡＢＣ' },
    { kind: 'area' },
  ]);
  expect(order([resource('other'), gym], asked)).toEqual(['gym', 'other']);
  expect(reasons(gym, { ...wish, words: ' 　、' })).toEqual([{ kind: 'area' }]);
});

test('every reason is a sentence in both languages, with the name of a need in place of its code', () => {
  const all: Reason[] = [
    { kind: 'need', system, code: 'loneliness' },
    { kind: 'interest', code: 'singing' },
    { kind: 'word', word: '体操' },
    { kind: 'near', km: 1.2 },
    { kind: 'near', km: 0 },
    { kind: 'area' },
    { kind: 'full' },
    { kind: 'waiting' },
    { kind: 'stale', months: 14 },
    { kind: 'stale' },
  ];
  const said = all.map((reason) => reasonSentence(reason));
  expect(new Set(said.map((s) => s.ja)).size).toBe(all.length);
  expect(new Set(said.map((s) => s.en)).size).toBe(all.length);
  const named = reasonSentence({ kind: 'need', system, code: 'x' }, () => ({ ja: '孤立', en: 'Loneliness' }));
  expect(named).toEqual({ ja: '「孤立」の困りごとに応えます', en: 'Helps with: Loneliness' });
  expect(
    reasonSentence({ kind: 'interest', code: 'singing' }, ({ code }) => asIs(code.length.toString())).en,
  ).toContain('7');
});

const codes = fc.subarray(['loneliness', 'frailty', 'food', 'money']);
const manyResources = fc
  .array(
    fc.record({
      needs: codes.map((list) => list.map((code) => ({ system, code }))),
      interests: fc.subarray(['singing', 'gardening', 'tea']),
      areas: fc.subarray(['31201', '31202']),
      place: fc.double({ min: 0, max: 30, noNaN: true }).map(at),
      capacity: fc.constantFrom('capacity', 'no-capacity', 'waitlist', 'additional-assessment-required'),
      assured: fc.constantFrom('2026-10-01', '2025-01-01', '2023-06-30'),
      name: fc.constantFrom('あ', 'い', 'う'),
      active: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) => list.map((given, i) => resource(`r${String(i)}`, given as Partial<Resource>)));

test('the order in which the directory hands them over makes no difference', () => {
  const shuffled = manyResources.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    ),
  );
  fc.assert(fc.property(shuffled, ([list, other]) => expect(order(other)).toEqual(order(list))));
});

test('a resource that comes to meet one more need, or moves nearer, never falls', () => {
  fc.assert(
    fc.property(manyResources, fc.nat(), fc.constantFrom(...wish.needs), (list, pick, need) => {
      const chosen = list[pick % list.length] as Resource;
      const swapped = (better: Resource) =>
        order(list.map((r) => (r === chosen ? better : r))).indexOf(chosen.id);
      const before = order(list).indexOf(chosen.id);
      expect(swapped({ ...chosen, needs: [...chosen.needs, need] })).toBeLessThanOrEqual(before);
      expect(swapped({ ...chosen, place: at(0) })).toBeLessThanOrEqual(before);
      expect(swapped({ ...chosen, interests: [...chosen.interests, 'singing'] })).toBeLessThanOrEqual(before);
    }),
  );
});

test('nobody is sent to a closed door, out of the area, or past a place with room to one that is full', () => {
  fc.assert(
    fc.property(manyResources, (list) => {
      const ranked = rank(wish, list, now);
      expect(ranked).toHaveLength(
        list.filter((r) => r.active && (r.areas.length === 0 || r.areas.includes('31201'))).length,
      );
      const firstFull = ranked.findIndex((r) => r.resource.capacity === 'no-capacity');
      if (firstFull >= 0)
        for (const { resource: r } of ranked.slice(firstFull)) expect(r.capacity).toBe('no-capacity');
    }),
  );
});

test('whether a third one is in the directory does not change which of two is better', () => {
  fc.assert(
    fc.property(manyResources, (list) => {
      const without = order(list.slice(1));
      expect(order(list).filter((id) => id !== list[0]?.id)).toEqual(without);
    }),
  );
});
