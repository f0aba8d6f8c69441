import { sql, trusted, type Sql } from '../database/sql.ts';
import { invalid } from '../kernel/problem.ts';
import { fhirIssue } from './outcome.ts';
import { searchParameters, type Parameter } from './parameters.ts';
import { bad, column, either, holds, isOneOf, Unfit, type Rows } from './search-condition.ts';
import { targetsOf } from './search-references.ts';
import { isId } from './references.ts';
import { foundIn } from './tables.ts';
import { isRecordType, recordTypes, type FhirRecord, type RecordType, type Stored } from './types.ts';

/** Records that one page brings along beside those that were searched for. */
export const mostIncluded = 1000;
/** How often `:iterate` follows what was included itself. */
export const mostRounds = 5;

/** One `_include` or `_revinclude`: references of that parameter, forwards or backwards. */
export type Include = Readonly<{
  isReverse: boolean;
  iterates: boolean;
  source: RecordType;
  name: string;
  parameter: Parameter;
  target: RecordType | undefined;
}>;

const referencesOf = (type: RecordType): [string, Parameter][] =>
  Object.entries(searchParameters[type]).filter(([, { type: kind }]) => kind === 'reference');

/** What a type can bring along: `Task:focus`. For the CapabilityStatement. */
export const includesOf = (type: RecordType): string[] =>
  referencesOf(type).map(([name]) => `${type}:${name}`);
export const reverseIncludesOf = (type: RecordType): string[] =>
  recordTypes.flatMap((source) =>
    referencesOf(source)
      .filter(([, parameter]) => parameter.kind === 'reference' && targetsOf(parameter).includes(type))
      .map(([name]) => `${source}:${name}`),
  );

/** `_include=Task:focus`, `Task:owner:Organization`, `Task:*`, `*`; `_revinclude:iterate=…`. Throws `Unfit`. */
export function readIncludes(type: RecordType, key: string, value: string): Include[] {
  const [direction, modifier, ...more] = key.split(':');
  const isReverse = direction === '_revinclude';
  const iterates = modifier === 'iterate';
  const unfit = new Unfit(bad(key, value));
  if (more.length > 0 || (modifier !== undefined && !iterates)) throw unfit;
  if (value === '*')
    return (isReverse ? recordTypes : [type]).flatMap((source) =>
      all(source).filter(({ parameter }) => !isReverse || targetsOf(parameter).includes(type)),
    );
  const [source, name = '', target, ...rest] = value.split(':');
  if (!isRecordType(source) || rest.length > 0 || (target !== undefined && !isRecordType(target)))
    throw unfit;
  if (name === '*') return all(source).map((one) => ({ ...one, target }));
  const [, parameter] = referencesOf(source).find(([one]) => one === name) ?? [];
  if (!parameter || (target !== undefined && !targetsOf(parameter).includes(target))) throw unfit;
  if (isReverse && parameter.kind !== 'reference') throw unfit;
  return [{ isReverse, iterates, source, name, parameter, target }];

  function all(of: RecordType): Include[] {
    return referencesOf(of)
      .filter(([, { kind }]) => !isReverse || kind === 'reference')
      .map(([each, found]) => ({
        isReverse,
        iterates,
        source: of,
        name: each,
        parameter: found,
        target: undefined,
      }));
  }
}

/** How included records are got: always as the actor sees them. */
export type Getting = Readonly<{
  byId: (type: RecordType, ids: readonly string[]) => Promise<Stored[]>;
  rows: (statement: Sql) => Promise<{ content: Stored }[]>;
  /** Whether the asker's token is for this kind of record; others are left out. */
  mayRead: (type: RecordType) => boolean;
}>;

const keyOf = (record: Stored): string => `${record.resourceType}/${record.id}`;

/** What these records bring along. Refuses more than `mostIncluded`. */
export async function included(
  found: readonly Stored[],
  includes: readonly Include[],
  getting: Getting,
): Promise<Stored[]> {
  const known = new Map(found.map((record) => [keyOf(record), record]));
  const brought: Stored[] = [];
  let from: readonly Stored[] = found;
  for (let round = 0; round <= mostRounds && from.length > 0; round += 1) {
    const fresh: Stored[] = [];
    for (const include of includes) {
      if (round > 0 && !include.iterates) continue;
      for (const record of await follow(include, from, known, getting)) {
        if (known.has(keyOf(record))) continue;
        known.set(keyOf(record), record);
        fresh.push(record);
      }
      if (brought.length + fresh.length > mostIncluded) throw tooMany(include);
    }
    brought.push(...fresh);
    from = fresh;
  }
  return brought;
}

const follow = (
  include: Include,
  from: readonly Stored[],
  known: ReadonlyMap<string, Stored>,
  getting: Getting,
): Promise<Stored[]> =>
  include.isReverse ? backwards(include, from, getting) : forwards(include, from, known, getting);

async function forwards(
  { source, parameter, target }: Include,
  from: readonly Stored[],
  known: ReadonlyMap<string, Stored>,
  { byId, rows, mayRead }: Getting,
): Promise<Stored[]> {
  const links = from
    .filter((record) => record.resourceType === source)
    .flatMap((record) => linksOf(record, parameter));
  if (parameter.kind === 'uri')
    return links.length === 0 || !mayRead('Questionnaire') ? [] : canonicals(links, rows);
  const ids = new Map<RecordType, Set<string>>();
  for (const link of links) {
    const [type, id] = link.split('/');
    if (!isRecordType(type) || !isId(id) || known.has(`${type}/${id}`) || !mayRead(type)) continue;
    if (!targetsOf(parameter).includes(type) || (target !== undefined && type !== target)) continue;
    ids.set(type, (ids.get(type) ?? new Set()).add(id));
  }
  return (await Promise.all([...ids].map(([type, some]) => byId(type, [...some])))).flat();
}

/** Forms by their canonical address, in the version that was answered. */
async function canonicals(links: readonly string[], rows: Getting['rows']): Promise<Stored[]> {
  const addresses = links.map((link) => link.split('|')[0] ?? '');
  const found = await rows(
    sql`select content from questionnaire where url = any (${[...new Set(addresses)]}::text[]) limit ${mostIncluded}`,
  );
  const isMeant = (form: FhirRecord): boolean =>
    form.resourceType === 'Questionnaire' &&
    [form.url ?? '', `${form.url ?? ''}|${form.version ?? ''}`].some((link) => links.includes(link));
  return found.map(({ content }) => content).filter(isMeant);
}

async function backwards(
  { source, name, parameter, target }: Include,
  from: readonly Stored[],
  { rows, mayRead }: Getting,
): Promise<Stored[]> {
  const fitting = from.filter(
    ({ resourceType: type }) =>
      targetsOf(parameter).includes(type) && (target === undefined || target === type),
  );
  if (fitting.length === 0 || !mayRead(source)) return [];
  const at: Rows = { type: source, as: 'r' };
  const ids = fitting.filter((record) => record.resourceType === parameter.columnOf).map(({ id }) => id);
  const entries = parameter.isHeld
    ? fitting
        .filter((record) => record.resourceType !== parameter.columnOf)
        .map((record) => `${name}=${keyOf(record)}`)
    : [];
  const ways = [
    ...(ids.length === 0 ? [] : [isOneOf(column(at, parameter.column ?? ''), ids, 'uuid')]),
    ...(entries.length === 0 ? [] : [holds(at, entries)]),
  ];
  if (ways.length === 0) return [];
  const found = await rows(
    sql`select r.content from ${trusted(foundIn(source))} r where ${either(ways)} order by r.updated_at desc, r.id limit ${mostIncluded + 1}`,
  );
  return found.map(({ content }) => content);
}

/** The literal references of a parameter in a record, or the canonicals. */
function linksOf(record: FhirRecord, parameter: Parameter): string[] {
  return parameter.paths
    .flatMap((path) => elementsAt(record, path.split('.')))
    .flatMap((element) => {
      const link = parameter.kind === 'uri' ? element : (element as { reference?: unknown }).reference;
      return typeof link === 'string' ? [link] : [];
    });
}

/** What lies at a path, arrays passed through. */
export function elementsAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => elementsAt(one, path));
  const [key, ...rest] = path;
  if (key === undefined) return value === undefined || value === null ? [] : [value];
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? elementsAt((value as Record<string, unknown>)[key], rest)
    : [];
}

const tooMany = ({ isReverse, source, name }: Include) =>
  invalid(
    fhirIssue('too-costly', `http.${isReverse ? '_revinclude' : '_include'}`, {
      ja: `「${source}:${name}」で一緒に返す記録が多すぎます（1 ページに ${String(mostIncluded)} 件まで）。`,
      en: `"${source}:${name}" would bring too many records along (at most ${String(mostIncluded)} with one page).`,
    }),
  );
