import type { Sentence } from '../../kernel/sentence.ts';
import { text } from './text.ts';

const starts = (bytes: Buffer, signature: string): boolean =>
  bytes.subarray(0, signature.length).toString('latin1') === signature;

/** What the file is, where it is none of ours to read: told by its bytes, whatever its name. */
function otherKind(bytes: Buffer): Sentence | undefined {
  if (starts(bytes, 'PK\x03\x04') || starts(bytes, '\xd0\xcf\x11\xe0')) return text.isExcel;
  if (starts(bytes, '%PDF-')) return text.isPdf;
  if (starts(bytes, '\xff\xfe') || starts(bytes, '\xfe\xff')) return text.isUtf16;
  return bytes.includes(0) ? text.isNoText : undefined;
}

const attempt = (encoding: 'utf-8' | 'shift_jis', bytes: Buffer): string | undefined => {
  try {
    // Both as browsers know them: a mark at the head falls away, Shift_JIS is that of Windows (CP932), with 髙 and ①.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** The text of a list in UTF-8, with or without its mark, or in the Shift_JIS of Windows; or why it is no text. */
export function decode(bytes: Buffer): { text: string } | { fault: Sentence } {
  const other = otherKind(bytes);
  if (other) return { fault: other };
  const read = attempt('utf-8', bytes) ?? attempt('shift_jis', bytes);
  return read === undefined ? { fault: text.isNoText } : { text: read };
}
