import type pg from 'pg';

/** The schema of a migrated database as text, in an order of its own, so that a review shows what a migration does. */
export async function dumpSchema(client: pg.Client): Promise<string> {
  const lines = async (statement: string): Promise<string> => {
    const { rows } = await client.query<{ line: string }>(statement);
    return rows.map((row) => row.line).join('\n');
  };
  const parts: [title: string, statement: string][] = [
    ['Tables', columns],
    ['Constraints', constraints],
    ['Indexes', indexes],
    ['Views', views],
    ['Row rules', policies],
    ['Triggers', triggers],
    ['Functions', functions],
    ['Rights of the application', grants],
  ];
  const sections: string[] = [];
  for (const [title, statement] of parts) sections.push(`-- ${title}\n${await lines(statement)}`);
  return `-- Written by npm run schema.\n\n${sections.join('\n\n')}\n`;
}

const ours = `c.relnamespace = 'public'::regnamespace and c.relname not like 'knex_%'`;

const columns = `
select 'create table ' || c.relname || ' (' || chr(10) || string_agg('  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when a.attidentity <> '' then ' generated as identity'
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
    || case when a.attnotnull then ' not null' else '' end, ',' || chr(10) order by a.attnum) || chr(10) || ');'
  || case when c.relrowsecurity then ' -- row rules' else '' end as line
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where ${ours} and c.relkind = 'r' group by c.relname, c.relrowsecurity order by c.relname`;

// From version 18 on PostgreSQL keeps "not null" as a constraint with a name; the columns above say it already.
const constraints = `
select c.relname || ': ' || pg_get_constraintdef(k.oid) as line
from pg_constraint k join pg_class c on c.oid = k.conrelid where ${ours} and k.contype in ('p', 'u', 'f', 'c') order by 1`;

const indexes = `
select pg_get_indexdef(i.indexrelid) || ';' as line
from pg_index i join pg_class c on c.oid = i.indrelid
where ${ours} and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u')) order by 1`;

const views = `
select 'create view ' || c.relname || ' as ' || pg_get_viewdef(c.oid, true) as line
from pg_class c where ${ours} and c.relkind = 'v' order by c.relname`;

const policies = `
select p.tablename || ' ' || p.policyname || ' ' || lower(p.permissive) || ' for ' || lower(p.cmd) || ' to ' || array_to_string(p.roles, ', ')
  || coalesce(chr(10) || '  using ' || p.qual, '') || coalesce(chr(10) || '  with check ' || p.with_check, '') as line
from pg_policies p where p.schemaname = 'public' order by p.tablename, p.policyname`;

const triggers = `
select pg_get_triggerdef(t.oid) || ';' as line
from pg_trigger t join pg_class c on c.oid = t.tgrelid where ${ours} and not t.tgisinternal order by c.relname, t.tgname`;

const functions = `
select pg_get_functiondef(f.oid) || ';' as line
from pg_proc f where f.pronamespace = 'public'::regnamespace
  and not exists (select 1 from pg_depend x where x.objid = f.oid and x.deptype = 'e') order by f.proname, pg_get_function_identity_arguments(f.oid)`;

const grants = `
select table_name || ': ' || string_agg(privilege, ', ' order by privilege) as line from (
  select table_name, lower(privilege_type) as privilege from information_schema.role_table_grants where grantee = 'tsunagi_app'
  union all
  select table_name, lower(privilege_type) || ' (' || string_agg(column_name, ', ' order by column_name) || ')'
  from information_schema.role_column_grants g where grantee = 'tsunagi_app' and not exists (
    select 1 from information_schema.role_table_grants t
    where t.grantee = g.grantee and t.table_name = g.table_name and t.privilege_type = g.privilege_type)
  group by table_name, privilege_type
) g where table_name not like 'knex_%' group by table_name order by table_name`;
