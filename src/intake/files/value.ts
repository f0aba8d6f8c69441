import type { Attachment } from '@medplum/fhirtypes';
import { isId } from '../../fhir/references.ts';

/** A file as an answer names it. Its bytes are a Binary with that id, or lie with others that are not sent yet. */
export type GivenFile = Readonly<{
  /** Undefined for one that is kept by whoever sent the answers here. */
  id: string | undefined;
  contentType: string | undefined;
  /** Bytes. */
  size: number | undefined;
  /** SHA-1 in Base64, as `Attachment.hash`. */
  hash: string | undefined;
  title: string;
}>;

/** What stands for a part that is not known. */
const none = '-';
const shapes = [
  /^(?:Binary\/[0-9a-f-]{36}|-)$/,
  /^[\w.+/-]{1,100}$/,
  /^(?:\d{1,12}|-)$/,
  /^(?:[A-Za-z0-9+/=]{1,100}|-)$/,
];

/** The file as `Answers` holds it: one line. */
export const fileValue = ({ id, contentType, size, hash, title }: GivenFile): string =>
  [
    id === undefined ? none : `Binary/${id}`,
    contentType ?? none,
    size === undefined ? none : String(size),
    hash ?? none,
    titleOf(title),
  ].join(' ');

/** Undefined for what is no file: something typed in its place, or the bare id that a page sends. */
export function readFileValue(value: string): GivenFile | undefined {
  const [place = '', contentType = '', size = '', hash = '', ...words] = value.split(' ');
  const title = words.join(' ');
  const parts = [place, contentType, size, hash];
  if (title.includes('\n') || !shapes.every((shape, i) => shape.test(parts[i] ?? ''))) return undefined;
  const id = place === none ? undefined : place.slice('Binary/'.length);
  if (id !== undefined && !isId(id)) return undefined;
  return {
    id,
    contentType: contentType === none ? undefined : contentType,
    size: size === none ? undefined : Number(size),
    hash: hash === none ? undefined : hash,
    title,
  };
}

/** What a page sends for a file that was given before: which one, and nothing else that would be believed. */
export const sentAs = ({ id = '' }: Pick<GivenFile, 'id'>): string => `Binary/${id}`;
export const fileSent = (value: string): string | undefined => {
  const [, id] = /^Binary\/([0-9a-f-]{36})(?: |$)/.exec(value) ?? [];
  return isId(id) ? id : undefined;
};

/** A name without line breaks, folders and what cannot be seen; at most 150 characters. */
export const titleOf = (name: string): string =>
  Array.from((name.split(/[\\/]/).at(-1) ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ').trim())
    .slice(0, 150)
    .join('');

export const toAttachment = (value: string): Attachment => {
  const { id, contentType, size, hash, title } = readFileValue(value) ?? { title: titleOf(value) };
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(id === undefined ? {} : { url: `Binary/${id}` }),
    ...(size === undefined ? {} : { size }),
    ...(hash === undefined ? {} : { hash }),
    ...(title === '' ? {} : { title }),
  };
};

/** One that carries its bytes itself, as before it is kept, is as large as they are. */
export function fromAttachment(given: Attachment): string {
  const id = given.url?.replace(/^Binary\//, '');
  return fileValue({
    id: isId(id) ? id : undefined,
    contentType: given.contentType,
    size: given.size ?? (given.data === undefined ? undefined : Buffer.byteLength(given.data, 'base64')),
    hash: given.hash,
    title: given.title ?? '',
  });
}
