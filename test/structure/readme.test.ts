import fs from 'node:fs';
import { expect, test } from '@jest/globals';
import { tokenSeconds } from '../../src/access/tokens.ts';
import { mostEntries } from '../../src/exchange/fhir/entries.ts';
import { deepest } from '../../src/exchange/fhir/links.ts';
import { largestBody } from '../../src/exchange/fhir/door.ts';
import { mostIncluded, mostRounds } from '../../src/fhir/search-include.ts';
import { largestPage } from '../../src/fhir/search.ts';
import { withDiagrams, withMoves } from '../../tools/diagram.ts';

test('the diagram in the README is the one of the workflow table (npx tsx tools/diagram.ts renews it)', () => {
  const readme = fs.readFileSync('README.md', 'utf8');
  expect(readme).toBe(withDiagrams(readme));
});

test('the moves that programs read of are those of the workflow table (npx tsx tools/diagram.ts renews them)', () => {
  const document = fs.readFileSync('docs/fhir.md', 'utf8');
  expect(document).toBe(withMoves(document));
});

test('the limits that programs read of are those that hold', () => {
  const document = fs.readFileSync('docs/fhir.md', 'utf8');
  const limit = (what: string): string =>
    document
      .split('\n')
      .find((line) => line.startsWith(`| ${what}`))
      ?.split('|')[2]
      ?.trim() ?? '';
  expect(limit('Body')).toBe(largestBody);
  expect(limit('Entries of a Bundle')).toBe(String(mostEntries));
  expect(limit('Levels of a resource')).toMatch(new RegExp(`; ${String(deepest)}$`));
  expect(limit('Results of a page')).toMatch(new RegExp(`^${String(largestPage)};`));
  expect(limit('Records that one page brings along')).toBe(`${String(mostIncluded)}; ${String(mostRounds)}`);
  expect(limit('Life of a token')).toBe(`${String(tokenSeconds)} s`);
});
