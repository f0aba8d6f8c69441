import type { Knex } from 'knex';

/** Runs statements as they are; knex would take the question marks of a jsonpath for parameters. */
export async function run(db: Knex, statements: string): Promise<void> {
  await db.raw(statements.replaceAll('?', '\\?'));
}

/** A column PostgreSQL derives from the content of the record. */
export type Column = Readonly<{
  name: string;
  type: 'text' | 'text[]' | 'uuid' | 'timestamptz' | 'smallint';
  /** Immutable SQL expression over `content` and `id`. */
  from: string;
  references?: string;
  index?: boolean | 'gin' | 'trigram';
}>;

/**
 * The table of one resource type, its history, and the trigger that keeps every version. `keeper` is the organization
 * that wrote the first version; it comes from the transaction's actor and nobody can set it. Versions are written by the
 * trigger alone: the application's role may only read them.
 */
export function recordTable(name: string, columns: readonly Column[]): string {
  const table = name === 'binary' ? '"binary"' : name; // a reserved word
  const derived = columns.map(
    (c) =>
      `${c.name} ${c.type} generated always as (${c.from}) stored${c.references === undefined ? '' : ` references ${c.references} (id) deferrable initially deferred`}`,
  );
  return [
    `create table ${table} (
      id uuid primary key,
      version integer not null,
      content jsonb not null,
      updated_at timestamptz not null,
      keeper uuid not null default actor_organization(),
      ${derived.join(',\n      ')}
    )`,
    `create index ${name}_updated_at on ${table} (updated_at desc, id)`,
    ...columns.flatMap((c) => index(name, table, c)),
    `create table ${name}_history (
      id uuid not null,
      version integer not null,
      content jsonb not null,
      updated_at timestamptz not null,
      primary key (id, version)
    )`,
    `create function ${name}_keep() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      insert into ${name}_history values (new.id, new.version, new.content, new.updated_at);
      return null;
    end $$`,
    `create trigger ${name}_keep after insert or update on ${table} for each row execute function ${name}_keep()`,
  ].join(';\n');
}

function index(prefix: string, table: string, column: Column): string[] {
  const name = `${prefix}_${column.name}`;
  const how: Record<string, string> = {
    gin: `using gin (${column.name})`,
    trigram: `using gin (${column.name} gin_trgm_ops)`,
    true: `(${column.name}, updated_at desc)`,
  };
  const found = how[String(column.index)];
  return found === undefined ? [] : [`create index ${name} on ${table} ${found}`];
}
