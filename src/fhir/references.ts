import type { Reference } from '@medplum/fhirtypes';
import type { RecordType } from './types.ts';

const Uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids of records are lower-case UUIDs; anything else is no record of ours. */
export const isId = (value: unknown): value is string => typeof value === 'string' && Uuid.test(value);

export const reference = (
  type: RecordType,
  id: string,
  display?: string,
): { reference: string; display?: string } => ({
  reference: `${type}/${id}`,
  ...(display === undefined ? {} : { display }),
});

/** The id behind a literal reference to that type, or undefined. */
export function idOf(ref: Reference | undefined, type: RecordType): string | undefined {
  const text = ref?.reference;
  if (text?.startsWith(type) !== true || text[type.length] !== '/') return undefined;
  // Nothing but the id may follow, as the database reads it: what names a version or more names no record here.
  const id = text.slice(type.length + 1);
  return isId(id) ? id : undefined;
}

export function idsOf(refs: readonly Reference[] | undefined, type: RecordType): string[] {
  return (refs ?? []).flatMap((r) => idOf(r, type) ?? []);
}
