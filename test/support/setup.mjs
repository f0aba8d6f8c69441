// Jest loads this outside its own transform; tsx reads the TypeScript.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tsImport } from 'tsx/esm/api';

/** One PostgreSQL for the whole run, with a migrated database that every test file copies. */
export default async function setup() {
  const { startEmbedded } = await tsImport('../../src/database/embedded.ts', import.meta.url);
  const { prepareTemplate } = await tsImport('./template.ts', import.meta.url);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-test-'));
  fs.chmodSync(directory, 0o711);
  let url = process.env.TEST_DATABASE_URL;
  let stop = async () => undefined;
  if (!url) {
    const server = await startEmbedded({ directory: path.join(directory, 'pg'), throwaway: true });
    url = server.url;
    stop = server.stop;
  }
  await prepareTemplate(url);
  process.env.TEST_OWNER_URL = url;
  globalThis.stopTests = async () => {
    await stop();
    fs.rmSync(directory, { recursive: true, force: true });
  };
}
