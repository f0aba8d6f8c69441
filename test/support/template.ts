import pg from 'pg';
import { appUrl } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';

export const testSecret = 'a secret for tests only, of sufficient length';
export const template = 'tsunagi_template';

/** Where a database of that server is. */
export function databaseAt(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

export async function prepareTemplate(serverUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${template} with (force)`);
  await admin.query(`create database ${template}`);
  await admin.end();
  await migrate(databaseAt(serverUrl, template));
  await appUrl(databaseAt(serverUrl, template), testSecret);
}
