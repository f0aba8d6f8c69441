import { aboutTypes, type About, type PrintedSheet } from '../documents/printed.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';

export type FoundSheet = PrintedSheet &
  Readonly<{
    id: string;
    /** The person it is about; left out of a blank form that is for anybody. */
    patient?: string;
    /** When it was printed first. */
    printedAt: Date;
  }>;

/**
 * The sheet that a page's code names (`PageCode.sheet`), and what it is about. `undefined` for one that was never printed
 * here, and for one about a record that the actor does not see: its code tells a stranger nothing.
 */
export async function findSheet(records: Pick<Records, 'rows'>, id: string): Promise<FoundSheet | undefined> {
  const [found] = await findSheets(records, [id]);
  return found;
}

/** The same for the pages of a file at once; those that are not found are left out, in no particular order. */
export async function findSheets(
  records: Pick<Records, 'rows'>,
  ids: readonly string[],
): Promise<readonly FoundSheet[]> {
  if (ids.length === 0) return [];
  const rows = await records.rows<Row>(
    'printed sheet',
    sql`select id, kind, about_type, about_id, form, language, patient_id, printed_at
      from printed_sheet where id = any (${[...new Set(ids)]}::uuid[])`,
    (row) => row.patient_id,
  );
  return rows.map(readRow);
}

type Row = {
  id: string;
  kind: string;
  about_type: string | null;
  about_id: string | null;
  form: string | null;
  language: string;
  patient_id: string | null;
  printed_at: Date;
};

function readRow(row: Row): FoundSheet {
  const type = aboutTypes.find((one) => one === row.about_type);
  const about: About | undefined =
    type === undefined || row.about_id === null ? undefined : { type, id: row.about_id };
  return {
    id: row.id,
    kind: row.kind,
    language: row.language,
    ...(about === undefined ? {} : { about }),
    ...(row.form === null ? {} : { form: row.form }),
    ...(row.patient_id === null ? {} : { patient: row.patient_id }),
    printedAt: row.printed_at,
  };
}
