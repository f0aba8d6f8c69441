import type pg from 'pg';
import type { Line, Seal } from './chain.ts';

/** A row as it is hashed and exported, the moment in UTC. Never changed: rows that were sealed keep their text. */
const line = `json_build_array(id, at at time zone 'UTC', account, post, client, organization, role, via, action, what,
  records, patients, request, address, why)::text`;
type Asked = pg.ClientBase;

/**
 * Rows in the order of ids, after one and up to another, at most so many. They come as one text: JSON has no line break in
 * it, and a million small answers cost the driver as much as all the rest.
 */
export async function readLines(
  client: Asked,
  { after, until, most }: Readonly<{ after: string; until: string; most: number }>,
): Promise<Line[]> {
  const { rows } = await client.query<{ lines: string | null }>({
    name: 'lines of the access log',
    text: `select string_agg(line, E'\\n' order by id) as lines from (
      select id, ${line} as line from access_log where id > $1 and id <= $2 order by id limit $3) page`,
    values: [after, until, most],
  });
  const lines = rows[0]?.lines ?? '';
  return lines === '' ? [] : lines.split('\n').map(lineOf);
}

/** A line as it stands in the log or an export: it begins with the id. */
const lineOf = (text: string): Line => ({ id: text.slice(1, text.indexOf(',')), line: text });

type SealRow = {
  number: string;
  after_id: string;
  until_id: string;
  rows: number;
  sealed_at: string;
  key: string;
  marks: Buffer;
  head: Buffer;
  signature: Buffer;
};
const sealColumns = `number, after_id, until_id, rows, key, marks, head, signature,
  to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sealed_at`;
const toSeal = (row: SealRow): Seal => ({
  number: Number(row.number),
  afterId: row.after_id,
  untilId: row.until_id,
  rows: row.rows,
  sealedAt: row.sealed_at,
  key: row.key,
  marks: row.marks,
  head: row.head,
  signature: row.signature,
});

export async function readSeals(client: Asked, after: number, most: number): Promise<Seal[]> {
  const { rows } = await client.query<SealRow>(
    `select ${sealColumns} from access_log_seal where number > $1 order by number limit $2`,
    [after, most],
  );
  return rows.map(toSeal);
}

export async function lastSeal(client: Asked): Promise<Seal | undefined> {
  const { rows } = await client.query<SealRow>(
    `select ${sealColumns} from access_log_seal order by number desc limit 1`,
  );
  return rows.map(toSeal)[0];
}

export async function addSeal(client: Asked, seal: Seal): Promise<void> {
  await client.query(
    `insert into access_log_seal (number, after_id, until_id, rows, sealed_at, key, marks, head, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      seal.number,
      seal.afterId,
      seal.untilId,
      seal.rows,
      seal.sealedAt,
      seal.key,
      seal.marks,
      seal.head,
      seal.signature,
    ],
  );
}

export async function keptKeys(client: Asked): Promise<string[]> {
  const { rows } = await client.query<{ public_key: string }>(
    'select public_key from access_log_key order by since',
  );
  return rows.map((row) => row.public_key);
}
