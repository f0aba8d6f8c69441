import type pg from 'pg';
import { tableOf } from './tables.ts';
import { recordTypes, type FhirRecord } from './types.ts';

export type Loaded = Readonly<{ record: FhirRecord & { id: string }; keeper: string; at?: string }>;

/**
 * Puts many records into an empty database as its owner, past the row rules: for the demo and for measuring. Order does
 * not matter; references are checked when the transaction commits, histories and sights arise as always.
 */
export async function loadRecords(
  client: pg.ClientBase,
  entries: readonly Loaded[],
  now: Date,
): Promise<void> {
  for (const type of recordTypes) {
    const rows = entries.filter((e) => e.record.resourceType === type);
    for (let from = 0; from < rows.length; from += batch)
      await client.query(
        `insert into ${tableOf(type)} (id, version, content, updated_at, keeper)
         select e.id, 1, e.content, e.at, e.keeper
         from jsonb_to_recordset($1::jsonb) as e (id uuid, content jsonb, at timestamptz, keeper uuid)`,
        [JSON.stringify(rows.slice(from, from + batch).map((row) => stored(row, now)))],
      );
  }
}

const batch = 2000;

function stored({ record, keeper, at }: Loaded, now: Date): object {
  const lastUpdated = new Date(at ?? now).toISOString();
  return {
    id: record.id,
    keeper,
    at: lastUpdated,
    content: { ...record, meta: { ...record.meta, versionId: '1', lastUpdated } },
  };
}
