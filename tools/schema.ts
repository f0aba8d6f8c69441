// Writes the schema that the migrations make to test/database/schema.sql, where a test holds it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { dumpSchema } from '../test/database/dump.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-schema-'));
fs.chmodSync(directory, 0o711);
const server = await startEmbedded({ directory: path.join(directory, 'pg'), throwaway: true });
try {
  await migrate(server.url);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  fs.writeFileSync('test/database/schema.sql', await dumpSchema(client));
  await client.end();
} finally {
  await server.stop();
  fs.rmSync(directory, { recursive: true, force: true });
}
