import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const root = path.resolve('src');
const files = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.replaceAll(path.sep, '/'));
const sliceOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '(root)');

/** `| \`slice/\` | what | \`a\` \`b\` |` of the README's map of folders. */
function allowedByReadme(): Map<string, Set<string>> {
  const rows = fs.readFileSync('README.md', 'utf8').matchAll(/^\| `([\w-]+)\/` \|[^|]*\|([^|]*)\|$/gm);
  return new Map(
    [...rows].map(([, slice = '', imports = '']) => [
      slice,
      new Set([...imports.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name)),
    ]),
  );
}

/** Where an import line of a file leads inside src/, or undefined. */
const leadsTo = (file: string, specifier: string): string | undefined => {
  const target = path
    .relative(root, path.resolve(root, path.dirname(file), specifier))
    .replaceAll(path.sep, '/');
  return target.startsWith('..') ? undefined : target;
};

test('every import points where the map of folders in the README lets it', () => {
  const allowed = allowedByReadme();
  const strays: string[] = [];
  for (const file of files) {
    const slice = sliceOf(file);
    if (slice === '(root)') continue;
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from|import) '(\.[^']+)'/g)) {
      const target = leadsTo(file, specifier);
      if (target === undefined) continue;
      const to = sliceOf(target);
      const rules = allowed.get(slice);
      const records =
        rules?.has('record.ts') === true && /^[\w-]+\/(record\.ts|records\/|types\.ts)/.test(target);
      if (to !== slice && rules?.has(to) !== true && !records) strays.push(`${file} → ${target}`);
    }
  }
  expect(strays).toEqual([]);
});

test('every folder of src stands in the README', () => {
  const folders = [...new Set(files.map(sliceOf))].filter((slice) => slice !== '(root)');
  expect([...allowedByReadme().keys()].toSorted()).toEqual(folders.toSorted());
});

test('time and randomness come from outside: no clock, id or dice is asked in domain code', () => {
  const domain = [
    'people',
    'programs',
    'intake',
    'consent',
    'directory',
    'matching',
    'referral',
    'support',
    'statistics',
    'documents',
  ];
  const strays = files
    .filter((file) => domain.includes(sliceOf(file)))
    .filter((file) =>
      /new Date\(\)|Date\.now\(|randomUUID\(|Math\.random\(/.test(
        fs.readFileSync(path.join(root, file), 'utf8'),
      ),
    );
  expect(strays).toEqual([]);
});
