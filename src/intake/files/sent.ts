import { createHash } from 'node:crypto';
import type { Attachment } from '@medplum/fhirtypes';
import { checkedAs } from '../../files/checked.ts';
import { isHeic, kindOfFile } from '../../files/kind.ts';
import { text as kindText } from '../../files/text.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { fileTypes, largestGivenFile } from '../../programs/items.ts';
import { attachmentFaults as text } from './text.ts';

/** Pixels that may still be decoded. */
export type Budget = { left: number };
type Claim = Readonly<{ [Part in 'contentType' | 'size' | 'hash']?: Attachment[Part] | undefined }>;
type Read = Readonly<{ bytes: Buffer; contentType: string; hash: string }>;
type Wrong = Readonly<{ says: Sentence; part: string }>;

/** SHA-1 in Base64 (FHIR R4, `Attachment.hash`). */
export const hashOf = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('base64');

/**
 * A file that a program sent with answers, as it may be kept: what it says of itself (kind, size, hash) has to be so, and a
 * picture is drawn anew, but one that is kept already (`isKept`). `part`: which part of the attachment is wrong.
 */
export async function readSent(
  data: string,
  { contentType, size, hash }: Claim,
  { budget, isKept }: Readonly<{ budget: Budget; isKept: boolean }>,
): Promise<Read | Wrong> {
  const wrong = (says: Sentence, part = '.data'): Wrong => ({ says, part });
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length === 0) return wrong(text.empty);
  if (bytes.length > largestGivenFile) return wrong(text.tooLarge(largestGivenFile));
  if (contentType === undefined) return wrong(text.noType, '.contentType');
  const kind = kindOfFile(bytes);
  if (kind === undefined) return wrong(isHeic(bytes) ? kindText.heic : text.kind(fileTypes));
  if (contentType.split(';')[0]?.trim().toLowerCase() !== kind)
    return wrong(text.contentType(contentType.slice(0, 60), kind), '.contentType');
  if (size !== undefined && size !== bytes.length) return wrong(text.size(bytes.length, size), '.size');
  if (hash !== undefined && hash !== hashOf(bytes)) return wrong(text.hash, '.hash');
  if (isKept) return { bytes, contentType: kind, hash: hashOf(bytes) };
  const checked = await checkedAs(bytes, kind, budget.left);
  if ('says' in checked) return wrong(checked.says);
  budget.left -= checked.pixels;
  return { bytes: checked.bytes, contentType: kind, hash: hashOf(checked.bytes) };
}
