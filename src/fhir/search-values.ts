import { sql } from '../database/sql.ts';
import { fhirIssue } from './outcome.ts';
import { parameterOf, type Parameter } from './parameters.ts';
import {
  bad,
  either,
  isThere,
  splitAt,
  unknownModifier,
  unknownParameter,
  Unfit,
  type Condition,
  type Rows,
} from './search-condition.ts';
import { dates } from './search-dates.ts';
import {
  leadingTo,
  ledToBy,
  referenceIdentifiers,
  references,
  targetsOf,
  typeIn,
} from './search-references.ts';
import { quantities, refuseEmptyText, texts, uris } from './search-texts.ts';
import { tokens, tokenText } from './search-tokens.ts';
import { isRecordType, type RecordType } from './types.ts';

/** Values of one parameter; each costs the planner and, for names, a scan. */
const mostAlternatives = 100;
/** Links of one chain (`focus.subject.general-practitioner.name` has three). */
const deepestChain = 4;

export type Asking = Readonly<{
  /** Address of this server: a reference to it written out in full is one of ours. */
  base?: string | undefined;
  /** Told of every other type that a condition looks into; throws when the asker may not. */
  mustRead?: ((type: RecordType) => void) | undefined;
}>;

/** What one parameter of a search asks of `rows`. Throws `Unfit`. */
export function condition(rows: Rows, key: string, value: string, asking: Asking, depth = 0): Condition {
  if (depth > deepestChain)
    throw new Unfit(
      fhirIssue('too-costly', `http.${key.slice(0, 60)}`, {
        ja: `連鎖は ${String(deepestChain)} 段までです。`,
        en: `A chain has at most ${String(deepestChain)} links.`,
      }),
    );
  if (key.startsWith('_has:')) return reversed(rows, key, value, asking, depth);
  const dot = key.indexOf('.');
  if (dot > 0) return chained(rows, [key.slice(0, dot), key.slice(dot + 1)], value, asking, depth);
  const [name = '', modifier, ...more] = key.split(':');
  const parameter = parameterOf(rows.type, name);
  if (!parameter) throw unknownParameter(rows.type, key);
  if (more.length > 0) throw unknownModifier(name, [modifier, ...more].join(':'));
  return compared(rows, { key, name, modifier, parameter }, value, asking);
}

type Named = Readonly<{ key: string; name: string; modifier: string | undefined; parameter: Parameter }>;

function compared(rows: Rows, named: Named, value: string, asking: Asking): Condition {
  const { key, modifier, parameter } = named;
  const unfit = new Unfit(bad(key, value));
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') throw unfit;
    const there = isThere(rows, parameter);
    return { where: value === 'false' ? there : sql`not coalesce(${there}, false)` };
  }
  const values = splitAt(value, ',').filter((one) => one !== '');
  if (values.length > mostAlternatives)
    throw new Unfit(
      fhirIssue('too-costly', `http.${key.slice(0, 60)}`, {
        ja: `「${key.slice(0, 60)}」の値は ${String(mostAlternatives)} 個までです（送られたのは ${String(values.length)} 個）。`,
        en: `"${key.slice(0, 60)}" takes at most ${String(mostAlternatives)} values; ${String(values.length)} were sent.`,
      }),
    );
  if (values.length === 0) throw unfit;
  const found = byType(rows, named, values, asking);
  if (found === undefined) throw unfit;
  return found;
}

/** Undefined when a value is unfit. */
function byType(rows: Rows, named: Named, values: readonly string[], asking: Asking): Condition | undefined {
  const { key, name, modifier, parameter } = named;
  const only = (...known: (string | undefined)[]): void => {
    if (!known.includes(modifier)) throw unknownModifier(name, modifier ?? '');
  };
  switch (parameter.type) {
    case 'token': {
      only(undefined, ...(parameter.column === 'id' ? [] : ['not', 'text']));
      if (modifier === 'text') {
        refuseEmptyText(key, values);
        return tokenText(rows, parameter, values);
      }
      const found = tokens(rows, name, parameter, values);
      return modifier === 'not' && found ? { where: sql`(${found.where}) is not true` } : found;
    }
    case 'reference': {
      if (parameter.kind === 'uri') {
        only(undefined, 'below');
        return uris(rows, name, parameter, values, modifier === 'below' ? 'below' : 'equal');
      }
      if (modifier === 'identifier') return referenceIdentifiers(rows, parameter, values);
      const of = typeIn(modifier, parameter);
      only(undefined, of);
      return references(rows, name, parameter, values, { of, base: asking.base });
    }
    case 'string': {
      only(undefined, 'exact', 'contains');
      refuseEmptyText(key, values);
      const ways = { exact: 'exact', contains: 'contains' } as const;
      return texts(rows, parameter, values, ways[modifier as keyof typeof ways] ?? 'starts');
    }
    case 'uri':
      only(undefined, 'below', 'above');
      return uris(rows, name, parameter, values, (modifier as 'below' | 'above' | undefined) ?? 'equal');
    case 'date':
      only(undefined);
      return dates(rows, parameter, values);
    case 'quantity':
      only(undefined);
      return quantities(
        rows,
        parameter,
        values.map((one) => splitAt(one, '|')),
      );
    case 'composite':
      only(undefined);
      return both(rows, parameter, values, asking);
  }
}

/** `code$value`: two parameters of the same record, which have one value each. */
function both(
  rows: Rows,
  { parts }: Parameter,
  values: readonly string[],
  asking: Asking,
): Condition | undefined {
  const [one = '', other = ''] = parts ?? [];
  const pairs = values.map((value) => {
    const [first = '', second = '', ...more] = splitAt(value, '$');
    if (first === '' || second === '' || more.length > 0) return undefined;
    return [condition(rows, one, first, asking), condition(rows, other, second, asking)] as const;
  });
  if (pairs.includes(undefined)) return undefined;
  const all = pairs as (readonly [Condition, Condition])[];
  return {
    where: either(all.map(([a, b]) => sql`(${a.where} and ${b.where})`)),
    opens: all.some((pair) => pair.some(({ opens }) => opens)),
    narrows: all.every((pair) => pair.some(({ narrows }) => narrows)),
  };
}

const inside = (rows: Rows, type: RecordType): Rows => ({ type, as: `${rows.as}${rows.as.slice(0, 1)}` });

/** `patient.name=…`, `focus:ServiceRequest.status=…`: what is asked is asked of the record it leads to. */
function chained(
  rows: Rows,
  [link, rest]: readonly [string, string],
  value: string,
  asking: Asking,
  depth: number,
): Condition {
  const [name = '', modifier] = link.split(':');
  const parameter = parameterOf(rows.type, name);
  if (parameter?.kind !== 'reference') throw unknownParameter(rows.type, `${link}.${rest}`);
  const of = typeIn(modifier, parameter);
  if (modifier !== undefined && of === undefined) throw unknownModifier(name, modifier, `${link}.${rest}`);
  const first = rest.split(/[.:]/)[0] ?? '';
  const known = targetsOf(parameter).filter(
    (type) => first === '_has' || parameterOf(type, first) !== undefined,
  );
  const types = of === undefined ? known : [of];
  if (types.length === 0) throw unknownParameter(rows.type, `${link}.${rest}`);
  const ways = types.map((type) => {
    asking.mustRead?.(type);
    const inner = inside(rows, type);
    return leadingTo(rows, name, parameter, inner, condition(inner, rest, value, asking, depth + 1).where);
  });
  return {
    where: either(ways.map(({ where }) => where)),
    opens: ways.some(({ opens }) => opens),
    narrows: true,
  };
}

/** `_has:Task:focus:status=…`: records to which such a record leads. */
function reversed(rows: Rows, key: string, value: string, asking: Asking, depth: number): Condition {
  const [, type = '', name = '', ...more] = key.split(':');
  const rest = more.join(':');
  const parameter = isRecordType(type) ? parameterOf(type, name) : undefined;
  if (
    !isRecordType(type) ||
    parameter?.kind !== 'reference' ||
    rest === '' ||
    !targetsOf(parameter).includes(rows.type)
  )
    throw unknownParameter(rows.type, key);
  asking.mustRead?.(type);
  const inner = inside(rows, type);
  return ledToBy(rows, name, parameter, inner, condition(inner, rest, value, asking, depth + 1).where);
}
