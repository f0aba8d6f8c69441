import type { Transaction } from '../database/database.ts';
import { tableOf } from './tables.ts';
import type { RecordType, Stored } from './types.ts';

/** The visible records among these ids. */
export const findMany = async (
  tx: Transaction,
  type: RecordType,
  ids: readonly string[],
): Promise<Stored[]> => (await pick<{ content: Stored }>(tx, type, 'content', ids)).map((row) => row.content);

/** One column of the visible rows among these ids. A single id has its own statement: of a list PostgreSQL makes a new plan each time. */
export function pick<Row extends Record<string, unknown>>(
  tx: Transaction,
  type: RecordType,
  column: 'content' | 'id',
  ids: readonly string[],
): Promise<Row[]> {
  const [what, which] = ids.length === 1 ? ['one', 'id = $1::uuid'] : ['many', 'id = any ($1::uuid[])'];
  return tx.named<Row>(
    `${column} of ${what} ${type}`,
    `select ${column} from ${tableOf(type)} where ${which}`,
    ids.length === 1 ? [ids[0]] : [ids],
  );
}
