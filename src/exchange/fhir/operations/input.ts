import { isNode } from '../../../fhir/definitions/rule.ts';
import { fhirIssue, type FhirIssue, type IssueCode } from '../../../fhir/outcome.ts';
import type { Sentence } from '../../../kernel/sentence.ts';
import { TurnedAway } from '../refusal.ts';
import type { Input, Operation, Parameter, Value } from './operation.ts';
import { inputText as text } from './text.ts';

type Declared = Pick<Parameter, 'name' | 'type' | 'max' | 'part'>;

/** The keys under which a simple type may arrive, and whether what is there is one. */
const simple: Readonly<
  Record<string, readonly [keys: readonly string[], isOne: (value: unknown) => boolean]>
> = {
  code: [['valueCode'], isText],
  id: [['valueId'], isText],
  string: [['valueString'], isText],
  uri: [['valueUri', 'valueCanonical', 'valueUrl'], isText],
  canonical: [['valueCanonical', 'valueUri', 'valueUrl'], isText],
  instant: [['valueInstant', 'valueDateTime'], isInstant],
  boolean: [['valueBoolean'], (value) => typeof value === 'boolean'],
  Reference: [['valueReference'], (value) => isNode(value) && isText(value['reference'])],
};

/** Text without anything hidden in it. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= 2000 && !/\p{Cc}/u.test(value);
}

function isInstant(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d))?$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

type Found = { values: Map<string, Value[]>; faults: FhirIssue[] };

/**
 * Reads what an operation was given: a Parameters resource, the one resource it is about, and the parameters of the
 * address. Refuses with 400, all at once, what is not declared, has another type or comes too often.
 */
export function readInput(
  operation: Operation,
  body: unknown,
  query: readonly (readonly [string, string])[],
): Input {
  const declared = operation.parameters.filter((one) => one.use === 'in');
  const found: Found = { values: new Map(), faults: [] };
  const fault = (code: IssueCode, path: string, says: Sentence): void =>
    void found.faults.push(fhirIssue(code, path, says));
  const known = declared.map((one) => one.name).join(', ');

  for (const [name, value] of query) {
    if (name === '_format' || name === '_pretty') continue;
    const one = declared.find((p) => p.name === name);
    const at = `http.${name.slice(0, 40)}`;
    if (one === undefined || simple[one.type ?? ''] === undefined)
      fault('not-supported', at, text.parameter(operation.name, name.slice(0, 40), known));
    else put(found, one, inAddress(one, value, at, fault));
  }

  if (isNode(body) && body['resourceType'] !== 'Parameters') {
    const bare = declared.find((one) => isResource(one.type));
    if (!bare || typeof body['resourceType'] !== 'string') fault('invalid', 'Parameters', text.notParameters);
    else put(found, bare, { path: '', resource: body });
  } else if (isNode(body)) {
    const { parameter: list, resourceType: _type, id: _id, meta: _meta, ...other } = body;
    if (!Array.isArray(list ?? []) || Object.keys(other).length > 0)
      fault('structure', 'Parameters.parameter', text.broken);
    else readList((list ?? []) as unknown[], declared, 'Parameters', found, operation.name, known);
  } else if (body !== undefined) fault('invalid', 'Parameters', text.notParameters);

  for (const { name, max } of declared) {
    const values = found.values.get(name) ?? [];
    if (max === '1' && values.length > 1)
      fault('structure', values[1]?.path || 'Parameters', text.tooMany(name));
  }
  for (const { name, min } of declared)
    if (min > 0 && !found.values.has(name) && found.faults.length === 0)
      fault('required', 'Parameters.parameter', text.missing(name));
  if (found.faults.length > 0) throw new TurnedAway(400, ...found.faults.slice(0, 100));
  return (name) => found.values.get(name) ?? [];
}

const isResource = (type: string | undefined): boolean =>
  type !== undefined && type !== '' && simple[type] === undefined && /^[A-Z]/.test(type);

function put({ values }: Found, { name }: Declared, value: Value | undefined): void {
  if (value) values.set(name, [...(values.get(name) ?? []), value]);
}

function inAddress(
  one: Declared,
  value: string,
  path: string,
  fault: (code: IssueCode, path: string, says: Sentence) => void,
): Value | undefined {
  const given =
    one.type === 'boolean'
      ? ({ true: true, false: false } as Record<string, boolean>)[value]
      : one.type === 'Reference'
        ? { reference: value }
        : value;
  if (simple[one.type ?? '']?.[1](given) === true) return { path, value: given };
  fault('value', path, text.type(one.name, one.type ?? ''));
  return undefined;
}

function readList(
  list: readonly unknown[],
  declared: readonly Declared[],
  at: string,
  found: Found,
  operation: string,
  known: string,
): void {
  list.forEach((given, i) => {
    const path = `${at}.${at === 'Parameters' ? 'parameter' : 'part'}[${String(i)}]`;
    const fault = (code: IssueCode, where: string, says: Sentence): void =>
      void found.faults.push(fhirIssue(code, where, says));
    if (!isNode(given) || typeof given['name'] !== 'string') return fault('structure', path, text.broken);
    const one = declared.find((p) => p.name === given['name']);
    if (!one)
      return fault(
        'not-supported',
        `${path}.name`,
        text.parameter(operation, given['name'].slice(0, 40), known),
      );
    const keys = Object.keys(given).filter((key) => !['name', 'id', 'extension'].includes(key));
    if (keys.length !== 1) return fault('structure', path, text.broken);
    const [key = ''] = keys;
    if (key === 'part' && one.part && Array.isArray(given['part'])) {
      const inner: Found = { values: new Map(), faults: found.faults };
      readList(
        given['part'] as unknown[],
        one.part,
        path,
        inner,
        operation,
        one.part.map((p) => p.name).join(', '),
      );
      return put(found, one, { path, part: inner.values });
    }
    // The content of a context is a record or a reference to one.
    const takesResource = isResource(one.type) || one.name === 'content';
    if (key === 'resource' && takesResource && isNode(given['resource']))
      return put(found, one, { path: `${path}.resource`, resource: given['resource'] });
    const [as = [], isOne] = simple[one.type ?? ''] ?? [];
    if (as.includes(key) && isOne?.(given[key]) === true)
      return put(found, one, { path: `${path}.${key}`, value: given[key] });
    return fault(
      'value',
      `${path}.${key.slice(0, 40)}`,
      text.type(one.name, one.type === '' ? 'part' : (one.type ?? 'part')),
    );
  });
}
