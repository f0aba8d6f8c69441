import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import type pg from 'pg';

/** What the job runner reads of our records, past the row rules: of a person no more than ids and how a task stands. */

export type Step = Readonly<{
  status: Task['status'];
  reason: CodeableConcept | undefined;
  business: CodeableConcept | undefined;
  output: Task['output'];
}> &
  Pick<Task, 'partOf'>;

/**
 * How a task stood, oldest first: statuses and reasons alone. Past the row rules, since after a withdrawal the office that
 * asked sees it no longer and the group must be told all the same.
 */
export async function stepsOf(pool: pg.Pool, task: string): Promise<Step[]> {
  const { rows } = await pool.query<{
    status: Task['status'];
    reason: CodeableConcept | null;
    business: CodeableConcept | null;
    output: Task['output'] | null;
    part_of: NonNullable<Task['partOf']> | null;
  }>(
    `select content ->> 'status' as status, content -> 'statusReason' as reason, content -> 'businessStatus' as business,
       content -> 'output' as output, content -> 'partOf' as part_of
     from task_history where id = $1 order by version`,
    [task],
  );
  return rows.map((row) => ({
    status: row.status,
    reason: row.reason ?? undefined,
    business: row.business ?? undefined,
    output: row.output ?? undefined,
    ...(row.part_of ? { partOf: row.part_of } : {}),
  }));
}

export const statusNow = async (pool: pg.Pool, task: string): Promise<Task['status'] | undefined> =>
  (await stepsOf(pool, task)).at(-1)?.status;

/** The person of a task and its consents. */
export const aboutPerson = async (pool: pg.Pool, task: string): Promise<{ type: string; id: string }[]> =>
  (
    await pool.query<{ type: string; id: string }>(
      `with who as (select patient_id as id from task where id = $1)
       select 'Patient' as type, id from who where id is not null
       union all select 'Consent', c.id from consent c join who on c.patient_id = who.id`,
      [task],
    )
  ).rows;

/** The kind of a body, for the role in which its rows are open. */
export async function kindOf(pool: pg.Pool, organization: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ code: string }>(
    `select jsonb_path_query_first(content, '$.type[*].coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/organization-type").code') #>> '{}' as code
     from organization where id = $1`,
    [organization],
  );
  return rows[0]?.code;
}
