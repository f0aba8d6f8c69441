import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { narrativeFault } from '../../src/fhir/definitions/narrative.ts';
import { isEmail } from '../../src/kernel/email.ts';

type Told = Readonly<{ file: string; pattern: string; flags: string; worst: string }>;

/** Patterns that the checker takes for slow, each with the reason why nobody can make use of it. */
const allowed: Readonly<Record<string, string>> = {
  'kernel/exact-json.ts /(?:\\.\\d{0,16}0|[eE][+-]?\\d{1,16}|[\\d.]{16}|-0|0\\.0{6}\\d{1,16})[\\s,}\\]]/':
    'every part is bounded: at most forty steps from any place; what the checker tries is shorter than the bounds',
  'kernel/config.ts /\\/+$/': 'reads PUBLIC_URL once, at the start, from the operator',
};

test('no regular expression takes longer than in proportion to what it reads, and none is put together from what somebody sent', () => {
  // In a process of its own: the checker goes on living beside whoever asked it.
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'tools/patterns.ts'], {
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  });
  expect(run.stderr).toBe('');
  const told = JSON.parse(run.stdout) as Told[];
  expect(told.length).toBeGreaterThan(150);
  // A pattern that is no constant of its file (such as a `regex` that a form brings along) would be unknown here.
  const slow = told
    .filter(({ worst }) => worst !== 'linear')
    .map(({ file, pattern, flags, worst }) => ({ which: `${file} /${pattern}/${flags}`, worst }));
  expect(slow.filter(({ which }) => allowed[which] === undefined)).toEqual([]);
  expect(Object.keys(allowed).filter((which) => !slow.some((one) => one.which === which))).toEqual([]);
}, 300_000);

test('what was slow once reads a long text as any other', () => {
  const long = 60_000;
  expect(narrativeFault(`<div title="${'a'.repeat(long)}" ${'b'.repeat(long)}>x</div>`)).toBe('format');
  expect(isEmail(`a@${'a.'.repeat(100)}`)).toBe(false);
  expect(isEmail('taro.shiken+1@kurashi.example.jp')).toBe(true);
});
