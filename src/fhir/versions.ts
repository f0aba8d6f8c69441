import type { Transaction } from '../database/database.ts';
import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { isId } from './references.ts';
import { historyOf, isAboutPerson, tableOf } from './tables.ts';
import type { RecordType, Stored } from './types.ts';

/** One version of a record, or its deletion, which has no content. */
export type Version = Readonly<{ id: string; version: number; at: Date; content: Stored | null }>;

/** Of one record, or of all of a type that the actor sees. */
export type Versions = Readonly<{
  id?: string | undefined;
  /** Written then or later. */
  since?: Date | undefined;
  /** Current at some moment from `from` until before `to`. */
  at?: Readonly<{ from: Date; to: Date }> | undefined;
  count: number;
  /** The last one of the page before. */
  after?: Pick<Version, 'id' | 'version' | 'at'> | undefined;
}>;

/** Versions, newest first, and one more than `count` where there is one. */
export async function versionsOf(
  tx: Transaction,
  type: RecordType,
  asked: Versions,
  organization: string,
): Promise<Version[]> {
  const table = trusted(historyOf(type));
  const latest = sql`order by updated_at desc, id, version desc limit ${asked.count + 1}`;
  const parts = [
    // A version is seen by whoever sees the record now. All of a type begin with the persons whom the organization sees.
    asked.id === undefined
      ? sql`select h.id, h.version, h.updated_at, h.content from ${table} h join ${trusted(tableOf(type))} t on t.id = h.id
          where ${mine(type, organization)} and ${joinSql(limits(type, asked), ' and ')}`
      : sql`select h.id, h.version, h.updated_at, h.content from ${table} h
          where h.id = ${asked.id}::uuid and ${joinSql(limits(type, asked), ' and ')}`,
    sql`select h.id, h.version, h.at as updated_at, null::jsonb as content from deletion h
      where h.type = ${type} ${one(asked.id)} and ${joinSql(limits(type, asked, 'at'), ' and ')}`,
    // Versions of what was deleted; with one record the first part has them.
    ...(asked.id === undefined
      ? [
          sql`select h.id, h.version, h.updated_at, h.content from deletion d join ${table} h on h.id = d.id
            where d.type = ${type} and ${joinSql(limits(type, asked), ' and ')}`,
        ]
      : []),
  ];
  const rows = await tx.planned<{ id: string; version: number; updated_at: Date; content: Stored | null }>(
    sql`select id, version, updated_at, content from (${joinSql(
      parts.map((part) => sql`(${part} ${latest})`),
      ' union all ',
    )}) every_version ${latest}`,
  );
  return rows.map(({ updated_at: at, ...row }) => ({ ...row, at }));
}

/** Whether there is or was such a record, as far as the actor sees. */
export async function everWas(tx: Transaction, type: RecordType, id: string): Promise<boolean> {
  const rows = await tx.rows(sql`select 1 from ${trusted(historyOf(type))} where id = ${id}::uuid limit 1`);
  return rows.length > 0;
}

const one = (id: string | undefined): Sql => (id === undefined ? sql`` : sql`and h.id = ${id}::uuid`);

const mine = (type: RecordType, organization: string): Sql =>
  isAboutPerson(type)
    ? sql`t.patient_id in (select s.patient_id from sight s where s.organization_id = ${organization}::uuid)`
    : sql`true`;

function limits(type: RecordType, { since, at, after }: Versions, column = 'updated_at'): Sql[] {
  const moment = trusted(`h.${column}`);
  const history = trusted(historyOf(type));
  return [
    sql`true`,
    ...(since ? [sql`${moment} >= ${since}::timestamptz`] : []),
    ...(at
      ? [
          sql`${moment} < ${at.to}::timestamptz and not exists (select 1 from ${history} n
            where n.id = h.id and n.version = h.version + 1 and n.updated_at <= ${at.from}::timestamptz)
            and not exists (select 1 from deletion n
            where n.type = ${type} and n.id = h.id and n.version = h.version + 1 and n.at <= ${at.from}::timestamptz)`,
        ]
      : []),
    ...(after
      ? [
          sql`${moment} <= ${after.at}::timestamptz and (${moment} < ${after.at}::timestamptz or h.id > ${after.id}::uuid
            or h.id = ${after.id}::uuid and h.version < ${after.version}::integer)`,
        ]
      : []),
  ];
}

/** The place after a version, for the link to the next page, and back; undefined when it is none. */
export const placeAfter = ({ at, id, version }: Pick<Version, 'at' | 'id' | 'version'>): string =>
  Buffer.from(`${at.toISOString()} ${id} ${String(version)}`).toString('base64url');
export function readPlace(text: string): Versions['after'] {
  const [at = '', id = '', version = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  return /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(at) &&
    !Number.isNaN(Date.parse(at)) &&
    isId(id) &&
    /^[1-9]\d{0,8}$/.test(version)
    ? { at: new Date(at), id, version: Number(version) }
    : undefined;
}
