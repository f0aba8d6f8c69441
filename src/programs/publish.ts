import { createHash } from 'node:crypto';
import type { Questionnaire } from '@medplum/fhirtypes';
import pg from 'pg';
import type { Program } from './program.ts';

/**
 * Puts the forms of the folders into the store at start, as their owner, so that answers can refer to them and strangers
 * can read them. A version that is there stays as it is; a folder that says something else under the same version stops
 * the start: people have answered that version.
 */
export async function publishForms(ownerUrl: string, programs: readonly Program[], now: Date): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const form of programs.flatMap((p) => [p.screening, p.assessment, p.consent]))
      await publish(client, form, now);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function publish(client: pg.Client, form: Questionnaire, now: Date): Promise<void> {
  const id = formId(form);
  const lastUpdated = now.toISOString();
  const content = { ...form, id, meta: { ...form.meta, versionId: '1', lastUpdated } };
  const { rowCount } = await client.query(
    `insert into questionnaire (id, version, content, updated_at, keeper) values ($1, 1, $2, $3, $1) on conflict (id) do nothing`,
    [id, JSON.stringify(content), lastUpdated],
  );
  if (rowCount === 1) return;
  const { rows } = await client.query<{ same: boolean }>(
    `select content - 'meta' = $2::jsonb - 'meta' as same from questionnaire where id = $1`,
    [id, JSON.stringify(content)],
  );
  if (rows[0]?.same !== true)
    throw new Error(
      `The form ${form.url ?? ''} ${form.version ?? ''} was changed without a new version. Raise its version, or restore it.`,
    );
}

/** The same form and version have the same id everywhere. */
export function formId(form: Pick<Questionnaire, 'url' | 'version'>): string {
  const hex = createHash('sha256')
    .update(`${form.url ?? ''}|${form.version ?? ''}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
