import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { appUrl, openDatabase, type Database } from '../../src/database/database.ts';
import { databaseAt, template, testSecret } from './template.ts';

export type TestDatabase = Readonly<{
  /** As the application connects: bound by the row rules. */
  database: Database;
  ownerUrl: string;
  /** As the owner, past every rule: to look at what is really there. */
  owner: pg.Pool;
  close: () => Promise<void>;
}>;

/** A migrated database of its own for a test file. */
export async function freshDatabase(from: string = template): Promise<TestDatabase> {
  const server = process.env['TEST_OWNER_URL'];
  if (server === undefined) throw new Error('The tests start with npm test.');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  // Two files that copy the template at once must not stand in each other's way.
  await admin.query('select pg_advisory_lock(726421)');
  await admin.query(`create database ${name} template ${from}`);
  await admin.query('select pg_advisory_unlock(726421)');
  const ownerUrl = databaseAt(server, name);
  const database = openDatabase(await appUrlQuietly(ownerUrl), 6);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  owner.on('error', () => undefined);
  return {
    database,
    ownerUrl,
    owner,
    close: async () => {
      await database.close();
      await owner.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** The role is the cluster's and two workers may set its (equal) password at the same moment. */
async function appUrlQuietly(ownerUrl: string): Promise<string> {
  try {
    return await appUrl(ownerUrl, testSecret);
  } catch {
    return appUrl(ownerUrl, testSecret);
  }
}
