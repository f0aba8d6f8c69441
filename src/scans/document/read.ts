import type { DocumentReference, Task } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { conflict, notFound, Refused, type Issue } from '../../kernel/problem.ts';
import { readSeal } from '../../people/danger/seal.ts';
import { readPatient, type ReadPatient } from '../../people/record.ts';
import { readTask, type Referral } from '../../referral/record.ts';
import { text } from '../text.ts';
import { readDocument, type ReadDocument } from '../record.ts';

/** A page that lies in a record, with the person it is about and the referral it belongs to, as far as the actor sees them. */
export type ShownDocument = Readonly<{
  stored: Stored<DocumentReference>;
  document: ReadDocument;
  person: ReadPatient;
  task: Stored<Task> | undefined;
  referral: Referral | undefined;
  /** The person's address is sealed, and the paper may show it: only those who may see that see the picture. */
  closed: boolean;
}>;

/** `not-found` for a document that the actor does not see, and for one that came in another way and has no picture here. */
export async function readShown(records: Records, id: string): Promise<ShownDocument> {
  const stored = await records.read('DocumentReference', id);
  const document = readDocument(stored);
  if (document.binary === undefined) throw notFound();
  const patient = await records.read('Patient', document.patient);
  const person = readPatient(patient);
  const closed = person.sealed && (await readSeal(records, patient))?.open === undefined;
  const [task] = document.task === undefined ? [] : await records.readMany('Task', [document.task]);
  return { stored, document, person, task, referral: task && readTask(task), closed };
}

/** Refuses what somebody else has typed in meanwhile. */
export function refuseTyped({ document }: Pick<ShownDocument, 'document'>): void {
  if (document.typed !== undefined) throw conflict(text.typedMeanwhile.ja, text.typedMeanwhile.en);
}

/** What is wrong with a form that was sent, to be said on it; everything else is thrown on. */
export function refusedForm(error: unknown): Readonly<{ issues: readonly Issue[]; status: 409 | 422 }> {
  if (error instanceof Refused) {
    const { problem } = error;
    if (problem.kind === 'invalid') return { issues: problem.issues, status: 422 };
    if (problem.kind === 'conflict') return { issues: [{ path: '', says: problem.says }], status: 409 };
  }
  throw error;
}
