import { joinSql, sql, trusted } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import { tableOf } from '../../fhir/tables.ts';
import type { Stored } from '../../fhir/types.ts';
import { extensions } from '../../fhir/codes.ts';
import type { ExtractedRecord, ExtractedType } from './kinds.ts';

/**
 * What answers of a person have made before, of these types; one statement. `own`: only what the actor's body keeps, and
 * so may change.
 */
export async function extractedBefore(
  records: Records,
  patient: string,
  types: readonly ExtractedType[],
  { own }: Readonly<{ own: boolean }>,
): Promise<Stored<ExtractedRecord>[]> {
  if (types.length === 0) return [];
  const made = JSON.stringify({ extension: [{ url: extensions.extractedFrom }] });
  const kept = own ? sql`and keeper = ${records.actor.organization}::uuid` : sql``;
  const rows = await records.rows<{ content: Stored<ExtractedRecord> }>(
    'extracted',
    joinSql(
      types.map(
        (type) => sql`select content from ${trusted(tableOf(type))}
          where patient_id = ${patient}::uuid ${kept} and content @> ${made}::jsonb`,
      ),
      ' union all ',
    ),
    () => patient,
  );
  return rows.map(({ content }) => content);
}

/** Whether the person has given answers to the same form since then; answers may arrive long after they were given. */
export async function answeredSince(
  records: Records,
  { patient, form, at }: Readonly<{ patient: string; form: string; at: string }>,
): Promise<boolean> {
  const rows = await records.rows(
    'later answers',
    sql`select 1 as later from questionnaire_response
      where patient_id = ${patient}::uuid and status in ('completed', 'amended') and authored > ${at}::timestamptz
        and (questionnaire = ${form} or starts_with(questionnaire, ${`${form}|`})) limit 1`,
    () => patient,
  );
  return rows.length > 0;
}

/** Two answers of one person that are kept at the same moment wait for each other: nothing is made twice. */
export const waitForTurn = async (records: Records, patient: string): Promise<void> => {
  await records.run(sql`select pg_advisory_xact_lock(hashtextextended(${patient}, 70))`);
};
