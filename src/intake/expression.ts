/**
 * The part of FHIRPath that fills in forms: `%patient.name.where(use = 'official').given.first()`. A variable or the word
 * `today()`, then steps: members (of several types too: `value`), `[0]`, `where(a.b = 'c')`, `where(a.exists())`,
 * `extension('url')`, `ofType(string)`, `first()`, `last()`, `exists()`, `empty()`, `not()`, `count()`, `toString()`;
 * parts joined by `&`. Nothing in it can loop, so an expression ends in a time that grows with the record alone.
 */
export type Variables = Readonly<Record<string, unknown>>;

/** Undefined when the expression is not of that part, is too long, or names an unknown variable. */
export function evaluate(expression: string, variables: Variables, today: string): unknown[] | undefined {
  if (expression.length > 500) return undefined;
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  const reader: Reader = { tokens, at: 0, variables, today };
  try {
    const found = joined(reader);
    return reader.at === tokens.length ? found : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class NotUnderstood extends Error {}

type Reader = {
  readonly tokens: readonly string[];
  at: number;
  readonly variables: Variables;
  readonly today: string;
};

const token = /\s*(?:(%?[A-Za-z_]\w*|%`[\w-]+`)|('(?:[^'\\]|\\.)*')|(\d+)|(!=|[.()[\]=&]))/y;

function tokensOf(expression: string): string[] | undefined {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const text = expression.trimEnd();
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return undefined;
    tokens.push(found[1] ?? found[2] ?? found[3] ?? found[4] ?? '');
  }
  return tokens;
}

const peek = ({ tokens, at }: Reader): string | undefined => tokens[at];
function take(reader: Reader, wanted?: string): string {
  const now = reader.tokens[reader.at];
  if (now === undefined || (wanted !== undefined && now !== wanted)) throw new NotUnderstood();
  reader.at += 1;
  return now;
}

/** `a & b`: text, what is not there being empty text. */
function joined(reader: Reader): unknown[] {
  const parts = [start(reader)];
  while (peek(reader) === '&') {
    take(reader);
    parts.push(start(reader));
  }
  return parts.length === 1 ? (parts[0] ?? []) : [parts.map((one) => one.map(String).join('')).join('')];
}

function start(reader: Reader): unknown[] {
  const first = take(reader);
  if (first.startsWith("'")) return [literal(first)];
  if (first === 'today') {
    take(reader, '(');
    take(reader, ')');
    return [reader.today];
  }
  if (!first.startsWith('%')) throw new NotUnderstood();
  const name = first.slice(1).replaceAll('`', '');
  if (!Object.hasOwn(reader.variables, name)) throw new NotUnderstood();
  return steps(reader, [reader.variables[name]].flat());
}

const literal = (text: string): string => text.slice(1, -1).replaceAll(/\\(.)/g, '$1');

function steps(reader: Reader, from: readonly unknown[]): unknown[] {
  let found = [...from];
  for (;;) {
    if (peek(reader) === '[') {
      take(reader);
      const index = Number(take(reader));
      take(reader, ']');
      if (!Number.isInteger(index)) throw new NotUnderstood();
      found = found.slice(index, index + 1);
    } else if (peek(reader) === '.') {
      take(reader);
      found = step(reader, found, take(reader));
    } else return found;
  }
}

function step(reader: Reader, found: unknown[], name: string): unknown[] {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new NotUnderstood();
  if (peek(reader) !== '(') return found.flatMap((one) => member(one, name));
  take(reader);
  const result = called(reader, found, name);
  take(reader, ')');
  return result;
}

function called(reader: Reader, found: unknown[], name: string): unknown[] {
  switch (name) {
    case 'first':
      return found.slice(0, 1);
    case 'last':
      return found.slice(-1);
    case 'exists':
      return [found.length > 0];
    case 'empty':
      return [found.length === 0];
    case 'not':
      return found.length === 1 && typeof found[0] === 'boolean' ? [!found[0]] : [];
    case 'count':
      return [found.length];
    case 'toString':
      return found.map(String);
    case 'ofType': {
      const type = take(reader);
      return found.filter((one) => isOfType(one, type));
    }
    case 'extension': {
      const url = literal(take(reader));
      return found.flatMap((one) => member(one, 'extension')).filter((one) => member(one, 'url')[0] === url);
    }
    case 'where':
      return filtered(reader, found);
    default:
      throw new NotUnderstood();
  }
}

/** The condition is read once for each member, from the same place. */
function filtered(reader: Reader, found: readonly unknown[]): unknown[] {
  const from = reader.at;
  const kept: unknown[] = [];
  // Read also when there is nothing to filter, so that what follows is found.
  for (const one of found.length === 0 ? [{}] : found) {
    reader.at = from;
    const name = take(reader);
    const left = steps(reader, step(reader, [one], name));
    const sign = peek(reader);
    if (sign !== '=' && sign !== '!=') {
      if (left[0] === true) kept.push(one);
      continue;
    }
    take(reader);
    const right = take(reader);
    const wanted = right.startsWith("'") ? literal(right) : right;
    const same = left.length === 1 && String(left[0]) === wanted;
    if (left.length > 0 && same === (sign === '=')) kept.push(one);
  }
  return found.length === 0 ? [] : kept;
}

function member(one: unknown, name: string): unknown[] {
  if (typeof one !== 'object' || one === null) return [];
  const node = one as Record<string, unknown>;
  const key = Object.hasOwn(node, name)
    ? name
    : Object.keys(node).find(
        (k) =>
          k.startsWith(name) &&
          /^[A-Z]/.test(k.slice(name.length)) &&
          /^value|^effective|^onset|^deceased|^performed/.test(k),
      );
  const value = key === undefined ? undefined : node[key];
  return value === undefined || value === null ? [] : [value].flat();
}

function isOfType(one: unknown, type: string): boolean {
  switch (type) {
    case 'string':
    case 'code':
    case 'date':
    case 'dateTime':
      return typeof one === 'string';
    case 'boolean':
      return typeof one === 'boolean';
    case 'integer':
      return Number.isInteger(one);
    case 'decimal':
      return typeof one === 'number';
    case 'CodeableConcept':
      return member(one, 'coding').length + member(one, 'text').length > 0;
    case 'Coding':
      return member(one, 'code').length > 0;
    case 'Quantity':
      return typeof member(one, 'value')[0] === 'number';
    default:
      return member(one, 'resourceType')[0] === type;
  }
}
