import fs from 'node:fs';
import { expect, test } from '@jest/globals';
import { withDiagrams } from '../../tools/diagram.ts';

test('the diagram in the README is the one of the workflow table (npx tsx tools/diagram.ts renews it)', () => {
  const readme = fs.readFileSync('README.md', 'utf8');
  expect(readme).toBe(withDiagrams(readme));
});
