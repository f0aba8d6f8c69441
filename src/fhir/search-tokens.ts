import { sql, type Sql } from '../database/sql.ts';
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
import { isId } from './references.ts';

type Token = Readonly<{ system: string | undefined; code: string }>;

/** `system|code`, `|code` (no system), `system|` (any code of it) or a code of any system. */
function readToken(value: string): Token | undefined {
  const [first = '', second, ...more] = splitAt(value, '|').map(unescaped);
  if (more.length > 0 || (first === '' && (second ?? '') === '')) return undefined;
  return second === undefined ? { system: undefined, code: first } : { system: first, code: second };
}

/** Undefined when a value is none. */
export function tokens(
  rows: Rows,
  name: string,
  parameter: Parameter,
  values: readonly string[],
): Condition | undefined {
  const wanted = values.map(readToken);
  if (wanted.includes(undefined)) return undefined;
  const list = wanted as Token[];
  switch (parameter.kind) {
    case 'code': {
      // An element of type code says no system; whoever asks with one means the one it is bound to.
      const codes = list
        .filter(({ system = '' }) => system === '' || system === parameter.system)
        .map(({ code }) => code)
        .filter((code) => code !== '');
      if (codes.length === 0) return { where: sql`false` };
      if (parameter.column === 'id')
        return { where: isOneOf(column(rows, 'id'), codes.filter(isId), 'uuid'), narrows: true };
      return parameter.column === undefined
        ? {
            where: holds(
              rows,
              codes.map((code) => `${name}~${code}`),
            ),
            opens: true,
            narrows: true,
          }
        : { where: isOneOf(column(rows, parameter.column), codes, 'text') };
    }
    case 'exists': {
      if (list.some(({ code }) => code !== 'true' && code !== 'false')) return undefined;
      const [dated = '', told = ''] = parameter.paths;
      const content = column(rows, 'content');
      const is = sql`(${content} @? ${pathOf(dated)} or ${content} @? ${pathOf(told, ' ? (@ == true)')})`;
      return { where: either(list.map(({ code }) => (code === 'true' ? is : sql`not ${is}`))) };
    }
    case 'municipality':
      return {
        where: sql`${column(rows, parameter.column ?? '')} && ${list.map(({ code }) => code)}::text[]`,
        opens: true,
        narrows: true,
      };
    case 'contact':
      return contacts(rows, parameter, list);
    case 'concept':
    case 'coding':
    case 'identifier':
      return coded(rows, name, parameter, list);
    case 'composite':
    case 'date':
    case 'name':
    case 'part':
    case 'quantity':
    case 'reference':
    case 'text':
    case 'uri':
      return undefined;
  }
}

function coded(rows: Rows, name: string, parameter: Parameter, list: readonly Token[]): Condition {
  const entries = list
    .filter(({ code }) => code !== '')
    .map(({ system, code }) => (system === undefined ? `${name}~${code}` : `${name}=${system}|${code}`));
  const whole = list.filter(({ code }) => code === '').map(({ system = '' }) => system);
  const below = parameter.kind === 'concept' ? '.coding' : '';
  const ofSystem = whole.flatMap((system) =>
    parameter.paths.map(
      (path): Sql =>
        sql`jsonb_path_exists(${column(rows, 'content')}, ${pathOf(`${path}${below}`, ' ? (@.system == $s)')}, ${JSON.stringify({ s: system })}::jsonb)`,
    ),
  );
  if (ofSystem.length > 0)
    return { where: either([...(entries.length > 0 ? [holds(rows, entries)] : []), ...ofSystem]) };
  return { where: holds(rows, entries), opens: true, narrows: true };
}

function contacts(rows: Rows, { contact }: Parameter, list: readonly Token[]): Condition | undefined {
  const entries = list.flatMap(({ system, code }) => {
    const text = code.normalize('NFKC');
    const digits = text.replaceAll(/[^0-9]/g, '');
    const kinds = contact === undefined ? ['phone', 'email', 'telecom'] : [contact];
    return kinds
      .filter((kind) => system === undefined || system === '' || system === kind)
      .flatMap((kind) => {
        if (kind === 'phone') return digits === '' ? [] : [`phone~${digits}`];
        return [kind === 'email' ? `email~${text.toLowerCase()}` : `telecom~${text}`];
      });
  });
  return entries.length === 0 ? undefined : { where: holds(rows, entries), opens: true, narrows: true };
}

/** `:text`: what people read of a code starts with it. */
export function tokenText(rows: Rows, parameter: Parameter, values: readonly string[]): Condition {
  const shownAt: Partial<Record<Parameter['kind'], readonly string[]>> = {
    concept: ['.text', '.coding.display'],
    coding: ['.display'],
    identifier: ['.type.text'],
  };
  const places = parameter.paths.flatMap((path) =>
    (shownAt[parameter.kind] ?? ['']).map((rest) => `${path}${rest}`),
  );
  return {
    where: either(
      places.flatMap((path) =>
        values.map(
          (value) =>
            sql`exists (select 1 from fhir_texts(${column(rows, 'content')}, ${pathOf(path)}) t where starts_with(fhir_key(t), fhir_key(${unescaped(value)})))`,
        ),
      ),
    ),
  };
}
