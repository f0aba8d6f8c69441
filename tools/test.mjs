// Everything a change must pass: lock file, format, lint, types, tests on a real PostgreSQL and in a real browser.
// The last line says how many passed; a failed check counts as one failure.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folders = ['src', 'test', 'tools', 'bench', 'migrations', 'seeds'];
const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-')), 'report.json');
const node = process.execPath;
const bin = (name) => path.join('node_modules', '.bin', name);

const checks = [
  ['lock file', node, ['tools/check-lock.mjs']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint', bin('oxlint'), ['--type-aware', '--quiet', ...folders]],
  ['types', bin('tsc'), ['-p', '.']],
];

let [passed, failed] = [0, 0];
for (const [name, command, args] of checks) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status === 0) passed += 1;
  else failed += 1;
}

const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const run = spawnSync(node, [...jest, '--json', `--outputFile=${report}`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (fs.existsSync(report)) {
  const result = JSON.parse(fs.readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  // A test that was skipped was not run; it must not look as if it had passed.
  failed += result.numPendingTests;
} else failed += 1;
if (run.status !== 0 && failed === 0) failed += 1;

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
