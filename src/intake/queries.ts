import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { hashSecret } from '../access/secrets.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';

/** A person's finished answers to questionnaires, newest first; assessment sheets are something else. */
export async function responsesOf(
  records: Records,
  patient: string,
): Promise<Stored<QuestionnaireResponse>[]> {
  const rows = await records.rows<{ content: Stored<QuestionnaireResponse> }>(
    'answers',
    sql`select content from questionnaire_response where patient_id = ${patient}::uuid and item = 'answers'
      and status in ('completed', 'amended') order by authored desc nulls last, updated_at desc limit 50`,
    () => patient,
  );
  return rows.map((row) => row.content);
}

/**
 * The same, and what waits: until when the newest link for this person's answers can be used, and which urgent answers
 * nobody of the clinic has opened yet, the newest; each undefined when none waits. Asked together.
 */
export async function responsesAndLink(
  records: Records,
  patient: string,
): Promise<
  Readonly<{
    responses: readonly Stored<QuestionnaireResponse>[];
    waiting: Readonly<{ link: Date | undefined; unopened: string | undefined }>;
  }>
> {
  const [row] = await records.rows<{
    responses: readonly Stored<QuestionnaireResponse>[];
    link: Date | null;
    unopened: string | null;
  }>(
    'answers',
    sql`select (select coalesce(jsonb_agg(content order by nth), '[]') from (
        select content, row_number() over (order by authored desc nulls last, updated_at desc) as nth
        from questionnaire_response where patient_id = ${patient}::uuid and item = 'answers' and status in ('completed', 'amended')
        order by nth limit 50) newest) as responses,
      (select max(expires_at) from one_time_link where patient_id = ${patient}::uuid
        and purpose = 'answer-questionnaire' and used_at is null and expires_at > ${records.now}::timestamptz) as link,
       (select response_id from urgent_answers where patient_id = ${patient}::uuid and opened_at is null
         order by at desc limit 1) as unopened`,
    ({ responses }) => (responses.length > 0 ? patient : undefined),
  );
  return {
    responses: row?.responses ?? [],
    waiting: { link: row?.link ?? undefined, unopened: row?.unopened ?? undefined },
  };
}

/** The questionnaire whose answers were sent with this link already; undefined for a link that still waits or never was. */
export async function sentWith(database: Database, secret: string): Promise<string | undefined> {
  const [row] = await database.rows<{ questionnaire: string | null }>(sql`
    select questionnaire from one_time_link where token_hash = ${hashSecret(secret)}
      and purpose = 'answer-questionnaire' and used_at is not null`);
  return row && (row.questionnaire ?? '');
}
