import type { Records } from '../../fhir/records.ts';
import { logContact } from '../../support/service.ts';
import type { ShownDocument } from './read.ts';
import { linkSource } from './typed.tsx';

/** What a window answered on the sheet that handed the person on: among the contacts of the case, and nobody was met. */
export async function recordHanded(
  records: Records,
  shown: ShownDocument,
  task: string,
  text: string,
): Promise<void> {
  const { id } = await logContact(records, { id: task, kind: 'window-reply', text });
  await linkSource(records, shown, 'Communication', id);
}
