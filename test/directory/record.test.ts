import { expect, test } from '@jest/globals';
import type { HealthcareService, Location } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { interests } from '../../src/directory/interests.ts';
import { buildResource, capacities, readResource, views, type Resource } from '../../src/directory/record.ts';
import { systems } from '../../src/fhir/codes.ts';

const word = fc.string({ unit: fc.constantFrom('縁', '側', 'A', '1', '。'), minLength: 1, maxLength: 10 });
const code = fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: 6, maxLength: 6 });
const resource: fc.Arbitrary<Resource> = fc.record(
  {
    id: fc.uuid({ version: 4 }),
    organizationId: fc.uuid({ version: 4 }),
    name: word,
    kana: word,
    summary: word,
    needs: fc.uniqueArray(
      fc.record({
        system: fc.constantFrom(systems.sdohCategory, systems.need),
        code: fc.constantFrom('stress', 'frailty'),
      }),
      { selector: (n) => `${n.system}|${n.code}` },
    ),
    interests: fc.subarray(Object.keys(interests)),
    views: fc.subarray([...views]),
    kind: fc.constantFrom('formal', 'informal'),
    areas: fc.uniqueArray(code),
    place: fc.record({
      id: fc.uuid({ version: 4 }),
      name: word,
      address: word,
      lat: fc.double({ min: 20, max: 46, noNaN: true }),
      lon: fc.double({ min: 122, max: 154, noNaN: true }),
    }),
    fee: word,
    contact: fc.record({ phone: word, fax: word, email: word }, { requiredKeys: [] }),
    availability: word,
    eligibility: word,
    capacity: fc.constantFrom(...capacities),
    assured: fc.constant('2026-04-01'),
    active: fc.boolean(),
    appointmentRequired: fc.boolean(),
  },
  {
    requiredKeys: [
      'id',
      'organizationId',
      'name',
      'summary',
      'needs',
      'interests',
      'views',
      'kind',
      'areas',
      'contact',
      'availability',
      'eligibility',
      'capacity',
      'active',
    ],
  },
);

test('a community resource is read as it was entered', () => {
  fc.assert(
    fc.property(resource, (given) => {
      const records = buildResource(given);
      const service = records.find((r): r is HealthcareService => r.resourceType === 'HealthcareService');
      const location = records.find((r): r is Location => r.resourceType === 'Location');
      expect(service && readResource(service, location)).toEqual(given);
    }),
  );
});

test('a new provider is written before what it provides', () => {
  const [given] = fc.sample(resource, 1);
  if (given === undefined) throw new Error('no sample');
  const place = { id: given.id, name: '集会所', address: '本町1' };
  const types = buildResource({ ...given, place }, { body: { name: 'サロンの会' } }).map(
    (r) => r.resourceType,
  );
  expect(types).toEqual(['Organization', 'Location', 'HealthcareService']);
});

test('an entry of a stranger that says nothing about room is to be asked first', () => {
  const read = readResource({ resourceType: 'HealthcareService', name: 'どこかのサロン' });
  expect(read).toMatchObject({
    name: 'どこかのサロン',
    capacity: 'additional-assessment-required',
    areas: [],
    active: true,
  });
});
