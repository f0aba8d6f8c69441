import { createHash } from 'node:crypto';
import type { Questionnaire } from '@medplum/fhirtypes';
import pg from 'pg';
import { countedQuestions } from './check-figures.ts';
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
    for (const program of programs) {
      await keepTerms(client, program);
      await keepFigures(client, program);
    }
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

/** What residents who help see by themselves: of all kinds of them in a program together. */
const residentItems = ({ linkWorkers }: Program): string[] => {
  const residents = linkWorkers.filter(({ post }) => post === 'neighbour');
  return ['request', 'contact'].filter((item) =>
    residents.some(({ items }) => items.some((one) => one === item)),
  );
};

/** What the row rules have to know of a program. Whoever was seen under other terms is seen under these from now on. */
async function keepTerms(client: pg.Client, program: Program): Promise<void> {
  const given = [program.id, residentItems(program)];
  const { rows } = await client.query<{ same: boolean }>(
    `select resident_items = $2::text[] as same from program_terms where program = $1`,
    given,
  );
  await client.query(
    `insert into program_terms (program, resident_items) values ($1, $2)
     on conflict (program) do update set resident_items = excluded.resident_items`,
    given,
  );
  const isNarrow = !residentItems(program).includes('contact');
  if (rows[0]?.same === false || (rows.length === 0 && isNarrow))
    await client.query(`select refresh_program($1)`, [program.id]);
}

/** What is counted of its answers. Where that is said anew, what was answered so far is counted anew. */
async function keepFigures(client: pg.Client, program: Program): Promise<void> {
  await client.query(`select keep_figures($1, $2)`, [program.id, JSON.stringify(countedQuestions(program))]);
}

/** The same form and version have the same id everywhere. */
export function formId(form: Pick<Questionnaire, 'url' | 'version'>): string {
  const hex = createHash('sha256')
    .update(`${form.url ?? ''}|${form.version ?? ''}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
