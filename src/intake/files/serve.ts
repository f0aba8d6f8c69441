import type { Request } from 'express';
import { binariesOf } from '../../fhir/answer-files.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { kindOfFile, isPicture } from '../../files/kind.ts';
import { smaller } from '../../files/picture.ts';
import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import { notFound } from '../../kernel/problem.ts';
import { file, type Reply } from '../../web/replies.ts';
import { readHeld, type Holder } from './held.ts';

/** Pixels a side of a picture beside an answer, twice as many as it is wide there. */
const sideOnPage = 480;

/** A held file, to whoever gave it. */
export async function heldBytes(records: Records, holder: Holder, id: unknown): Promise<Buffer> {
  const bytes = isId(id) ? await readHeld(records, holder, id) : undefined;
  if (bytes === undefined) throw notFound();
  return bytes;
}

/** A file of these answers, as their reader sees it. */
export async function keptBytes(
  records: Records,
  response: QuestionnaireResponse,
  id: unknown,
): Promise<Buffer> {
  if (!isId(id) || !binariesOf(response).includes(id)) throw notFound();
  const { data = '' } = await records.read('Binary', id);
  return Buffer.from(data, 'base64');
}

/** The file as an answer: a picture in the page (`?small`: reduced), a PDF to be kept, since it may hold a program. */
export async function fileReply(req: Request, bytes: Buffer, name: string): Promise<Reply> {
  const kind = kindOfFile(bytes);
  if (kind === undefined) throw notFound();
  const reduced =
    isPicture(kind) && req.query['small'] !== undefined ? await smaller(bytes, sideOnPage) : undefined;
  const shown = reduced === undefined ? kind : 'image/jpeg';
  return file(reduced?.bytes ?? bytes, shown, `${name}.${shown.split('/')[1] ?? ''}`, {
    inline: isPicture(shown),
    headers: { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox" },
  });
}
