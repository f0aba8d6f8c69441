import type { Transaction } from '../database/database.ts';
import { invalid, type Issue } from '../kernel/problem.ts';
import { pick } from './finding.ts';
import { fhirIssue, type FhirIssue } from './outcome.ts';
import { isId } from './references.ts';
import { isRecordType, type RecordType, type Stored } from './types.ts';

/**
 * Foreign keys see past the row rules, so a reference to a record this actor cannot see would give its existence away;
 * it is refused in the same words as one that does not exist. One that the record had before tells nothing new: a group
 * answers its request, which belongs to a referral that it does not see.
 */
export async function refuseUnseenReferences(
  tx: Transaction,
  together: readonly Stored[],
  before: ReadonlyMap<string, Stored>,
  organization: string,
): Promise<void> {
  const wanted = new Map<RecordType, Map<string, string>>();
  const own = new Set(together.map((r) => `${r.resourceType}/${r.id}`));
  // Everybody sees the body they act for; it needs no look.
  own.add(`Organization/${organization}`);
  const unfit: Issue[] = [];
  for (const record of together) {
    const had = new Set<string>();
    eachReference(before.get(record.id), record.resourceType, (text) => had.add(text));
    eachReference(record, record.resourceType, (text, path) => {
      const [type, id, ...more] = text.split('/');
      // `#` is inside the record; an address elsewhere is not ours to follow.
      if (own.has(text) || had.has(text) || /^(?:#|https?:)/.test(text)) return;
      if (!isRecordType(type) || !isId(id) || more.length > 0) {
        unfit.push(unknown(path, text.slice(0, 100)));
        return;
      }
      const ids = wanted.get(type) ?? new Map<string, string>();
      wanted.set(type, ids.set(id, path));
    });
  }
  if (unfit.length > 0) throw invalid(...unfit);
  if (wanted.size === 0) return;
  const rows = [...wanted].map(([type, ids]) => pick<{ id: string }>(tx, type, 'id', [...ids.keys()]));
  const seen = new Set((await Promise.all(rows)).flat().map((row) => row.id));
  const missing = [...wanted].flatMap(([type, ids]) =>
    [...ids].filter(([id]) => !seen.has(id)).map(([id, path]) => unknown(path, `${type}/${id}`)),
  );
  if (missing.length > 0) throw invalid(...missing);
}

const unknown = (path: string, reference: string): FhirIssue =>
  fhirIssue('not-found', path, {
    ja: `参照先「${reference}」が見つかりません。`,
    en: `The reference "${reference}" leads to no record.`,
  });

/** Calls back for every literal reference in a resource, with its path. */
export function eachReference(
  value: unknown,
  path: string,
  found: (reference: string, path: string) => void,
): void {
  if (Array.isArray(value))
    value.forEach((v, i) => {
      eachReference(v, `${path}[${String(i)}]`, found);
    });
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      if (key === 'reference' && typeof inner === 'string') found(inner, `${path}.reference`);
      else if (typeof inner === 'object') eachReference(inner, `${path}.${key}`, found);
}
