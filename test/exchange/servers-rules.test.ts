import { expect, test } from '@jest/globals';
import type { Consent, Task } from '@medplum/fhirtypes';
import { asSent } from '../../src/exchange/servers/bundle.ts';
import type { Held } from '../../src/exchange/servers/client.ts';
import { Unwilling } from '../../src/exchange/servers/model.ts';
import { refer, type Names } from '../../src/exchange/servers/names.ts';
import { newestOf } from '../../src/exchange/servers/poll.ts';
import { concept } from '../../src/fhir/codes.ts';
import type { Stored } from '../../src/fhir/types.ts';

const now = Date.parse('2026-11-21T10:00:00Z');
const changed = (...times: string[]): Held[] =>
  times.map((lastUpdated) => ({ resourceType: 'Task', id: '1', meta: { lastUpdated } }) as Task & Held);

test.each([
  [
    'the newest of several',
    ['2026-11-20T10:00:00Z', '2026-11-21T08:00:00+09:00'],
    '2026-11-20T23:00:00.000Z',
  ],
  ['a clock a little ahead', ['2026-11-21T10:05:00Z'], '2026-11-21T10:00:00.000Z'],
  ['one of years ahead', ['2099-01-01T00:00:00Z', '2026-11-21T09:00:00Z'], '2026-11-21T09:00:00.000Z'],
  ['one that was never set', ['1970-01-01T00:00:00Z'], undefined],
  ['no time at all', ['yesterday'], undefined],
])('until when was looked, from %s', (_name, times, until) => {
  expect(newestOf(changed(...times), now)).toBe(until);
});

const names: Names = {
  base: 'https://ours.example/fhir',
  address: 'https://theirs.example/fhir',
  theirs: new Map([['Organization/b', 'Organization/9']]),
  ours: new Map(),
};
const permit = (...bodies: string[]): Stored<Consent> =>
  ({
    resourceType: 'Consent',
    id: 'c',
    meta: { versionId: '1', lastUpdated: '2026-11-21T10:00:00Z' },
    status: 'active',
    scope: concept('s', 'c'),
    category: [concept('s', 'c')],
    provision: {
      type: 'permit',
      actor: bodies.map((id) => ({
        role: concept('s', 'r'),
        reference: { reference: `Organization/${id}` },
      })),
    },
  }) as unknown as Stored<Consent>;
const actorsSent = (consent: Stored<Consent>) =>
  (asSent(consent, names) as Consent).provision?.actor?.map((one) => one.reference);

test('bodies that are not known there open nothing there, and a permit never arrives without its actors', () => {
  expect(actorsSent(permit('a', 'b'))).toEqual([{ reference: 'Organization/9' }]);
  expect(actorsSent(permit('a'))).toEqual([
    { type: 'Organization', identifier: { system: 'https://ours.example/fhir/Organization', value: 'a' } },
  ]);
});

test('a record without a bottom is refused for good', () => {
  let deep: object = {};
  for (let i = 0; i < 100; i += 1) deep = { deep };
  expect(() => refer(deep, (given) => given)).toThrow(Unwilling);
});
