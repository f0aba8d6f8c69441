import fs from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { parse } from 'acorn';
import { check } from 'recheck';

/** A regular expression as it stands in the code: `made` when it is put together at run time, with its code for a pattern. */
export type Pattern = Readonly<{ file: string; pattern: string; flags: string; made?: true }>;
type Node = Readonly<Record<string, unknown> & { type: string; start: number; end: number }>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every regular expression in the programs of a folder, those of the browser too. */
export const patternsIn = (folder: string): Pattern[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:tsx?|js)$/.test(file))
    .toSorted()
    .flatMap((file) => patternsOf(file, fs.readFileSync(path.join(folder, file), 'utf8')));

function patternsOf(file: string, source: string): Pattern[] {
  const { code } = transformSync(source, {
    configFile: false,
    swcrc: false,
    jsc: {
      target: 'es2022',
      parser: file.endsWith('.js')
        ? { syntax: 'ecmascript' }
        : { syntax: 'typescript', tsx: file.endsWith('x') },
      transform: { react: { runtime: 'automatic' } },
    },
  });
  const root = parse(code, { ecmaVersion: 'latest', sourceType: 'module' }) as unknown as Node;
  const pieces = new Map<string, string>();
  const found: Pattern[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (!isNode(value)) return;
    if (value.type === 'Literal' && value['regex'] !== undefined)
      found.push({ file, ...(value['regex'] as { pattern: string; flags: string }) });
    const callee = value['callee'];
    if (value.type.endsWith('Expression') && isNode(callee) && callee['name'] === 'RegExp') {
      const [given, flags] = value['arguments'] as (Node | undefined)[];
      const pattern = given && textOf(given);
      found.push(
        pattern === undefined
          ? { file, pattern: code.slice(value.start, value.end), flags: '', made: true }
          : { file, pattern, flags: wordOf(flags?.['value']) },
      );
    }
    for (const [key, inner] of Object.entries(value)) if (key !== 'type') walk(inner);
  };
  /** A constant of the file that others are put together from. */
  const remember = ({ id, init }: Node): void => {
    const text = isNode(init) ? textOf(init) : undefined;
    if (isNode(id) && typeof id['name'] === 'string' && text !== undefined) pieces.set(id['name'], text);
  };
  const textOf = (node: Node): string | undefined => {
    if (node.type === 'Identifier') return pieces.get(String(node['name']));
    if (node.type === 'Literal' && node['regex'] !== undefined)
      return (node['regex'] as { pattern: string }).pattern;
    if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
    if (node.type === 'TaggedTemplateExpression')
      return isNode(node['quasi']) ? templateOf(node['quasi'], 'raw') : undefined;
    return node.type === 'TemplateLiteral' ? templateOf(node, 'cooked') : undefined;
  };
  const templateOf = (node: Node, how: 'raw' | 'cooked'): string | undefined => {
    const inner = (node['expressions'] as Node[]).map(textOf);
    if (inner.includes(undefined)) return undefined;
    return (node['quasis'] as { value: { raw: string; cooked: string } }[])
      .map(({ value }, i) => value[how] + (inner[i] ?? ''))
      .join('');
  };
  // Twice, since a constant may stand below where it is used.
  const constants = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(constants);
    if (!isNode(value)) return;
    if (value.type === 'VariableDeclarator') remember(value);
    Object.values(value).forEach(constants);
  };
  constants(root);
  walk(root);
  return found;
}

/** How long each takes at worst: `linear`, `2nd degree polynomial`, `exponential`, or `unknown` when it was not found out in time. */
export async function worst(pattern: Pattern): Promise<string> {
  const found = await check(pattern.pattern, pattern.flags, { timeout: 60_000 });
  if (found.status === 'unknown') return 'unknown';
  return found.status === 'safe' ? 'linear' : found.complexity.summary;
}

if (process.argv[1] === import.meta.filename) {
  const once = new Map(patternsIn('src').map((one) => [`/${one.pattern}/${one.flags}`, one]));
  const told = [];
  for (const one of once.values()) told.push({ ...one, worst: one.made ? 'unknown' : await worst(one) });
  console.log(JSON.stringify(told));
  process.exit(0);
}
