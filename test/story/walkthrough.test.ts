import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startService, type Service } from '../support/service.ts';

const run = promisify(execFile);
const document = fs.readFileSync('docs/walkthrough.md', 'utf8');
const blocks = (language: string): string[] =>
  [...document.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) => code);

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService();
  // Below the repository, so that the library is found as it would be in somebody's own project.
  fs.mkdirSync('.cache', { recursive: true });
  folder = fs.mkdtempSync(path.resolve('.cache', 'walkthrough-'));
}, 120_000);
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await service.stop();
});

test('the walkthrough does what it says as it stands: with curl, and then with fhir-kit-client', async () => {
  const sh = blocks('sh');
  const js = blocks('js');
  expect([sh.length > 5, js.length]).toEqual([true, 1]);
  const script = sh.join('\n').replace('http://localhost:3000', service.url);
  expect(script).toContain(service.url);
  // One block's failure ends it; the last line is for the second half.
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', `${script}\necho "TASK $TASK"`], {
    cwd: folder,
  });
  const [, task = ''] = /TASK ([0-9a-f-]{36})$/m.exec(stdout) ?? [];
  expect(stdout.replace(task, '…').trim().split('\n')).toEqual([
    '"fhirVersion":"4.0.1"',
    '"mode":"include"',
    '"status":"accepted"',
    '"severity":"error"',
    '"total":2',
    'TASK …',
  ]);

  fs.writeFileSync(path.join(folder, 'office.mjs'), js.join('\n'));
  const second = await run(process.execPath, ['office.mjs'], {
    cwd: folder,
    env: { ...process.env, BASE: service.url, TASK: task },
  });
  expect(second.stdout.trim()).toBe('completed');
});
