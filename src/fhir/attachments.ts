import { createHash } from 'node:crypto';
import { checkedFile, mostTogether, type FileFault } from '../files/checked.ts';
import { readJson, writeJson } from '../kernel/exact-json.ts';
import { invalid } from '../kernel/problem.ts';
import { fhirIssue, type FhirIssue, type IssueCode } from './outcome.ts';
import type { Rule } from './records.ts';
import { recordTypes, type Stored } from './types.ts';

type Node = Record<string, unknown>;
type Found = Readonly<{ node: Node; path: string; data: string }>;

const codes: Readonly<Record<FileFault['kind'], IssueCode>> = {
  'not-taken': 'not-supported',
  mismatch: 'value',
  broken: 'structure',
  'too-many-pixels': 'too-costly',
};

/**
 * Files inside records (`Attachment.data`, `Binary.data`), from pages and API alike: each has to be what it says it is, and
 * a picture is kept as it was drawn anew here. What the stored version had already is left alone.
 */
export const filesRule: Rule = {
  types: recordTypes,
  check: () => undefined,
  remake: async (together, before) => {
    const faults: FhirIssue[] = [];
    const made: Stored[] = [];
    let left = mostTogether;
    for (const record of together) {
      const had = new Set(filesIn(before.get(record.id), '').map(fileKey));
      const fresh = filesIn(record, record.resourceType).filter((one) => !had.has(fileKey(one)));
      // The caller's record stays as it is.
      const copy = fresh.length === 0 ? record : (readJson(writeJson(record)) as Stored);
      made.push(copy);
      if (fresh.length === 0) continue;
      for (const one of filesIn(copy, copy.resourceType)) {
        if (had.has(fileKey(one))) continue;
        const { node, path, data } = one;
        const checked = await checkedFile(Buffer.from(data, 'base64'), claimOf(node), left);
        if ('says' in checked) faults.push(fhirIssue(codes[checked.kind], `${path}.data`, checked.says));
        else {
          left -= checked.pixels;
          put(node, checked.bytes);
        }
      }
    }
    if (faults.length > 0) throw invalid(...faults.slice(0, 100));
    return made;
  },
};

/** What was checked: these bytes, as what they are said to be. */
const fileKey = ({ node, data }: Found): string => `${claimOf(node)} ${data}`;
const claimOf = ({ contentType }: Node): string => (typeof contentType === 'string' ? contentType : '');

/** Size and digest (SHA-1, FHIR R4 `Attachment.hash`) say of the bytes that are kept what the sender said of its own. */
function put(node: Node, bytes: Buffer): void {
  node['data'] = bytes.toString('base64');
  if (node['size'] !== undefined) node['size'] = bytes.length;
  if (node['hash'] !== undefined) node['hash'] = createHash('sha1').update(bytes).digest('base64');
}

/** Every attachment and binary that carries its bytes. Of the other types that have `data`, a signature has a `who` and sampled data an `origin`. */
function filesIn(value: unknown, path: string, found: Found[] = []): Found[] {
  if (typeof value !== 'object' || value === null) return found;
  if (Array.isArray(value)) {
    value.forEach((one, i) => filesIn(one, `${path}[${String(i)}]`, found));
    return found;
  }
  const node = value as Node;
  for (const key of Object.keys(node)) {
    const inner = node[key];
    if (key === 'data' && typeof inner === 'string') {
      if (!('who' in node) && !('origin' in node)) found.push({ node, path, data: inner });
    } else if (typeof inner === 'object') filesIn(inner, `${path}.${key}`, found);
  }
  return found;
}
