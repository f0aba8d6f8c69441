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
  // A server that is used again may hold what an earlier version of the program prepared.
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_database where datname like $1`,
    [`${template}%`],
  );
  for (const { name } of rows) await admin.query(`drop database ${name} with (force)`);
  await admin.query(`create database ${template}`);
  await admin.end();
  await migrate(databaseAt(serverUrl, template));
  await appUrl(databaseAt(serverUrl, template), testSecret);
}

/**
 * The name of a template with the forms and, unless `patients` is 0, the demo. The first test file that asks fills it
 * (seconds), the others wait and copy; a run that asks for none does without.
 */
export async function filledTemplate(serverUrl: string, patients: number, now: () => Date): Promise<string> {
  const name = `${template}_${String(patients)}_${String(Math.floor(now().getTime() / 86_400_000))}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(726422)');
    const { rows } = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (rows.length > 0) return name;
    // Filled under another name: what is there under its own is whole.
    const filling = `${name}_filling`;
    await admin.query(`drop database if exists ${filling} with (force)`);
    await admin.query('select pg_advisory_lock(726421)');
    await admin.query(`create database ${filling} template ${template}`);
    await admin.query('select pg_advisory_unlock(726421)');
    const ownerUrl = databaseAt(serverUrl, filling);
    // Late: a run that asks for no filled template does not read them.
    const { loadPrograms } = await import('../../src/programs/load.ts');
    const { publishForms } = await import('../../src/programs/publish.ts');
    const { loadDemo } = await import('../../seeds/load.ts');
    const programs = await loadPrograms('forms');
    await publishForms(ownerUrl, programs, now());
    if (patients > 0) await loadDemo({ ownerUrl, programs, now, patients });
    await admin.query(`alter database ${filling} rename to ${name}`);
    return name;
  } finally {
    await admin.end();
  }
}
