import { createHash } from 'node:crypto';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { sheetIdOf } from './page-code.ts';

/** What a sheet is about: the record that the page of it belongs to, or an invitation or session (a gathering), which are none. */
export const aboutTypes = [
  'Patient',
  'ServiceRequest',
  'Task',
  'QuestionnaireResponse',
  'Consent',
  'Communication',
  'CarePlan',
  'Encounter',
  'invitation',
  'gathering',
] as const;
export type About = Readonly<{ type: (typeof aboutTypes)[number]; id: string }>;

/** A sheet as it is known again: two with the same of all this are laid out alike, and are one sheet printed twice. */
export type PrintedSheet = Readonly<{
  /** A word such as `questionnaire`, `consent`, `referral`: lower-case letters and hyphens. */
  kind: string;
  /** Left out of a blank form that is for anybody. */
  about?: About;
  /** Canonical and version of the form, `url|version`, where the sheet is one. */
  form?: string;
  /** `ja`, `en`, another language of the form, or one with readings: see `variant.ts`. */
  language: string;
  /** Ids of the bodies between which it goes, where it is another sheet for others. */
  between?: readonly string[];
}>;

/**
 * The id that the sheet's code carries, made of what it is: the same sheet has the same code however often it is printed,
 * and 60 bits of a digest say nothing of it to anybody else.
 */
export function sheetId({ kind, about, form, language, between = [] }: PrintedSheet): string {
  const told = [kind, about?.type ?? '', about?.id ?? '', form ?? '', language, ...between];
  return sheetIdOf(createHash('sha256').update(told.join('\n')).digest('hex'));
}

/**
 * Keeps what was printed, by whom and when, in the transaction of its line in the access log; a sheet that was printed
 * before stays as it was. Returns the ids, in order. The database refuses a sheet about a record that the actor does not see.
 */
export async function registerSheets(
  records: Pick<Records, 'run' | 'now'>,
  sheets: readonly PrintedSheet[],
): Promise<readonly string[]> {
  const rows = sheets.map((sheet) => ({
    id: sheetId(sheet),
    kind: sheet.kind,
    about_type: sheet.about?.type ?? null,
    about_id: sheet.about?.id ?? null,
    form: sheet.form ?? null,
    language: sheet.language,
  }));
  if (rows.length > 0)
    await records.run(sql`insert into printed_sheet (id, kind, about_type, about_id, patient_id, form, language, printed_at)
      select id, kind, about_type, about_id, sheet_patient(about_type, about_id), form, language, ${records.now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as s (id uuid, kind text, about_type text, about_id uuid, form text, language text)
      on conflict (id) do nothing`);
  return rows.map((row) => row.id);
}

/** The same for one. */
export async function registerSheet(
  records: Pick<Records, 'run' | 'now'>,
  sheet: PrintedSheet,
): Promise<string> {
  await registerSheets(records, [sheet]);
  return sheetId(sheet);
}
