import { isId } from '../fhir/references.ts';

/** A place in a list: the line after which, or with `back` before which, a page begins. */
export type Cursor = Readonly<{
  back: boolean;
  urgency: number;
  /** Deadline (`infinity` when there is none) or moment of the last change. */
  at: string;
  id: string;
}>;

export const writeCursor = ({ back, urgency, at, id }: Cursor): string =>
  Buffer.from([back ? 'b' : 'f', urgency, at, id].join(' ')).toString('base64url');

/** Undefined for anything that is no cursor of ours: the list then begins at its beginning. */
export function readCursor(text: unknown): Cursor | undefined {
  if (typeof text !== 'string') return undefined;
  const [way, urgency, at = '', id] = Buffer.from(text, 'base64url').toString().split(' ');
  if ((way !== 'b' && way !== 'f') || !/^[0-3]$/.test(urgency ?? '') || !isId(id)) return undefined;
  if (at !== 'infinity' && Number.isNaN(Date.parse(at))) return undefined;
  return { back: way === 'b', urgency: Number(urgency), at, id };
}
