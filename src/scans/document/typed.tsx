import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import { buildProvenance } from '../../fhir/provenance.ts';
import { reference } from '../../fhir/references.ts';
import type { RecordType } from '../../fhir/types.ts';
import type { TypedFrom } from '../../web/beside.tsx';
import type { View } from '../../web/view.ts';
import { Picture } from '../picture.tsx';
import { findSheet, type FoundSheet } from '../printed.ts';
import { relatedTo } from '../record.ts';
import type { ShownDocument } from './read.ts';

/** The picture to type from, and where the form is sent. */
export const typedFrom = (view: View, { document }: ShownDocument, part: string): TypedFrom => ({
  picture: <Picture view={view} src={`/documents/${document.id}/picture`} />,
  action: `/documents/${document.id}/${part}`,
});

/** Canonical and version of the form that was printed on the sheet, where its code said so. */
export const formOf = async (records: Records, document: string): Promise<string | undefined> =>
  (await sheetOf(records, document))?.form;

/** The printed sheet of which it is a page, where its code said so. */
export async function sheetOf(records: Records, document: string): Promise<FoundSheet | undefined> {
  const [row] = await records.rows<{ sheet: string }>(
    'printed sheet',
    sql`select sheet from scan_page where document_id = ${document}::uuid and sheet is not null limit 1`,
  );
  return row && findSheet(records, row.sheet);
}

/** Says of a record that it was typed in from this picture: in the document, and in a Provenance whose source it is. */
export async function linkSource(
  records: Records,
  { stored, document }: ShownDocument,
  type: Extract<RecordType, 'QuestionnaireResponse' | 'Consent' | 'Task' | 'Communication'>,
  id: string,
): Promise<void> {
  const { organization, post } = records.actor;
  await records.write([
    relatedTo(stored, reference(type, id)),
    buildProvenance({
      id: records.newId(),
      targets: [reference(type, id)],
      patient: document.patient,
      organization,
      by: post,
      document: document.id,
      at: records.now.toISOString(),
      activity: 'CREATE',
    }),
  ]);
}
