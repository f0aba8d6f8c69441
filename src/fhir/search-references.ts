import { sql, trusted, type Sql } from '../database/sql.ts';
import { isId } from './references.ts';
import type { Parameter } from './parameters.ts';
import {
  column,
  either,
  holds,
  isOneOf,
  pathOf,
  splitAt,
  unescaped,
  type Condition,
  type Rows,
} from './search-condition.ts';
import { foundIn } from './tables.ts';
import { isRecordType, recordTypes, type RecordType } from './types.ts';

export const targetsOf = (parameter: Parameter): readonly RecordType[] => parameter.targets ?? recordTypes;

/**
 * `id`, `Type/id`, an address on this server (`base`) or elsewhere. `of`: the type that a modifier named. Undefined when a
 * value leads to nothing that the parameter can lead to.
 */
export function references(
  rows: Rows,
  name: string,
  parameter: Parameter,
  values: readonly string[],
  { of, base }: Readonly<{ of?: RecordType | undefined; base?: string | undefined }>,
): Condition | undefined {
  const targets = of === undefined ? targetsOf(parameter) : [of];
  const ids: string[] = [];
  const entries: string[] = [];
  for (const value of values.map(unescaped)) {
    const text = base !== undefined && value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
    if (/^(?:https?|urn):/.test(text)) {
      entries.push(`${name}=${text}`);
      continue;
    }
    const [first = '', second, ...version] = text.split('/');
    const [type, id] = second === undefined ? [undefined, first] : [first, second];
    if (!isId(id) || (version.length > 0 && version[0] !== '_history')) return undefined;
    if (type !== undefined && !targets.some((target) => target === type)) return undefined;
    for (const target of type === undefined ? targets : targets.filter((one) => one === type))
      if (target === parameter.columnOf) ids.push(id);
      else if (parameter.isHeld) entries.push(`${name}=${target}/${id}`);
  }
  const byColumn = ids.length === 0 ? [] : [isOneOf(column(rows, parameter.column ?? ''), ids, 'uuid')];
  const byEntry = entries.length === 0 ? [] : [holds(rows, entries)];
  const parts = [...byColumn, ...byEntry];
  if (parts.length === 0) return { where: sql`false` };
  const [linked, held] = [byColumn[0], byEntry[0]];
  return {
    where: parts.length === 1 ? (parts[0] as Sql) : either(parts),
    opens: byEntry.length > 0,
    narrows: true,
    // A bare id may be of any type: one question for the column and one for what is held keep each its index.
    ...(linked && held ? { apart: [linked, sql`${held} and (${linked}) is not true`] as const } : {}),
  };
}

/** `:identifier`: what the reference itself says of whom it means. */
export function referenceIdentifiers(
  rows: Rows,
  parameter: Parameter,
  values: readonly string[],
): Condition | undefined {
  const wanted = values.map((value) => {
    const [first = '', second] = splitAt(value, '|').map(unescaped);
    if ((second ?? first) === '') return undefined;
    const filter =
      second === undefined
        ? '@.value == $v'
        : first === ''
          ? '@.value == $v && !exists(@.system)'
          : '@.value == $v && @.system == $s';
    const given = second === undefined ? { v: first } : { s: first, v: second };
    return either(
      parameter.paths.map(
        (path) =>
          sql`jsonb_path_exists(${column(rows, 'content')}, ${pathOf(path, `."identifier" ? (${filter})`)}, ${JSON.stringify(given)}::jsonb)`,
      ),
    );
  });
  return wanted.includes(undefined) ? undefined : { where: either(wanted as Sql[]) };
}

/** Records whose reference leads to one of the rows that `inner` selects. */
export function leadingTo(
  rows: Rows,
  name: string,
  parameter: Parameter,
  inner: Rows,
  within: Sql,
): Condition {
  const found = sql`from ${trusted(sourceOf(inner))} where ${within}`;
  return inner.type === parameter.columnOf
    ? {
        where: sql`${column(rows, parameter.column ?? '')} = any (array(select ${column(inner, 'id')} ${found}))`,
        narrows: true,
      }
    : {
        where: sql`${column(rows, 'found')} && array(select ${`${name}=${inner.type}/`} || ${column(inner, 'id')} ${found})`,
        opens: true,
        narrows: true,
      };
}

/** Records to which one of the rows that `inner` selects leads. */
export function ledToBy(rows: Rows, name: string, parameter: Parameter, inner: Rows, within: Sql): Condition {
  if (rows.type === parameter.columnOf) {
    const of = column(inner, parameter.column ?? '');
    return {
      where: sql`${column(rows, 'id')} = any (array(select ${of} from ${trusted(sourceOf(inner))} where ${of} is not null and ${within}))`,
      narrows: true,
    };
  }
  const start = `${name}=${rows.type}/`;
  return {
    where: sql`${column(rows, 'id')} = any (array(select fhir_id(substr(entry, ${name.length + 2}), ${rows.type}) from ${trusted(sourceOf(inner))},
      unnest(${column(inner, 'found')}) entry where starts_with(entry, ${start}) and ${within}))`,
    narrows: true,
  };
}

const sourceOf = ({ type, as }: Rows): string => `${foundIn(type)} ${as}`;

/** The type a modifier names, as in `subject:Patient`. */
export const typeIn = (modifier: string | undefined, parameter: Parameter): RecordType | undefined =>
  isRecordType(modifier) && targetsOf(parameter).includes(modifier) ? modifier : undefined;
