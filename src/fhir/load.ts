import type pg from 'pg';
import { writeJson } from '../kernel/exact-json.ts';
import { tableOf } from './tables.ts';
import { recordTypes, type FhirRecord } from './types.ts';

/** `at`: when it was written (ISO instant); the moment of loading when left out. */
export type Loaded = Readonly<{ record: FhirRecord & { id: string }; keeper: string; at?: string }>;

type Version = Readonly<{ id: string; version: number; keeper: string; at: string; content: object }>;

/**
 * Puts many records into an empty database as its owner, past the row rules: for the demo and for measuring. A record
 * that comes again is its next version. References are checked when the transaction commits; histories, sights and
 * figures arise as always.
 */
export async function loadRecords(
  client: pg.ClientBase,
  entries: readonly Loaded[],
  now: Date,
): Promise<void> {
  const seen = new Map<string, number>();
  const rounds: Map<string, Version[]>[] = [];
  for (const { record, keeper, at } of entries) {
    const version = (seen.get(record.id) ?? 0) + 1;
    seen.set(record.id, version);
    const lastUpdated = new Date(at ?? now).toISOString();
    const round = (rounds[version - 1] ??= new Map<string, Version[]>());
    const list = round.get(record.resourceType) ?? [];
    const meta = { ...record.meta, versionId: String(version), lastUpdated };
    list.push({ id: record.id, version, keeper, at: lastUpdated, content: { ...record, meta } });
    round.set(record.resourceType, list);
  }
  for (const [i, round] of rounds.entries())
    for (const type of recordTypes) {
      const rows = round.get(type) ?? [];
      for (let from = 0; from < rows.length; from += batch)
        await client.query(i === 0 ? insert(tableOf(type)) : replace(tableOf(type)), [
          writeJson(rows.slice(from, from + batch)),
        ]);
    }
}

const batch = 2000;
const given = `jsonb_to_recordset($1::jsonb) as e (id uuid, version integer, content jsonb, at timestamptz, keeper uuid)`;
const insert = (table: string): string =>
  `insert into ${table} (id, version, content, updated_at, keeper) select e.id, e.version, e.content, e.at, e.keeper from ${given}`;
const replace = (table: string): string =>
  `update ${table} t set version = e.version, content = e.content, updated_at = e.at from ${given} where t.id = e.id`;
