import { applyPatch, Pointer, type Operation } from 'rfc6902';
import { isNode } from '../../fhir/definitions/rule.ts';
import type { FhirRecord, Stored } from '../../fhir/types.ts';
import { readJson, writeJson } from '../../kernel/exact-json.ts';
import { turnAway } from './refusal.ts';
import { text } from './text.ts';

/** Operations of one patch, and characters of all that they copy. */
const mostOperations = 500;
const largest = 4_000_000;

/**
 * A record as a JSON Patch (RFC 6902) changes it; the record given stays as it is. Refuses what is no patch (400), a test
 * that fails and a place that is not there (422), and a change of what is the server's to give. `where`: of the patch.
 */
export function patched(record: Stored, patch: unknown, where = 'http.body'): FhirRecord {
  const { resourceType, id, meta } = record;
  if (!Array.isArray(patch)) throw turnAway(400, 'structure', where, text.notPatch);
  if (patch.length > mostOperations) throw turnAway(422, 'too-costly', where, text.longPatch(mostOperations));
  const changed: { it: unknown } = { it: marked(record) };
  let copied = 0;
  for (const [i, one] of (marked(patch) as unknown[]).entries()) {
    const at = `${where}[${String(i)}]`;
    if (!isOperation(one)) throw turnAway(400, 'structure', at, text.notPatch);
    if (one.op === 'copy') copied += JSON.stringify(valueAt(changed, one.from))?.length ?? 0;
    if (copied > largest) throw turnAway(422, 'too-costly', at, text.largePatch);
    apply(changed, one, at);
  }
  const it = exact(changed.it);
  const now = isNode(it) && isNode(it['meta']) ? it['meta'] : {};
  if (
    !isNode(it) ||
    it['resourceType'] !== resourceType ||
    it['id'] !== id ||
    now['versionId'] !== meta.versionId ||
    now['lastUpdated'] !== meta.lastUpdated
  )
    throw turnAway(422, 'business-rule', `${resourceType}.meta`, text.patchFixed);
  return it as unknown as FhirRecord;
}

// A copy with numbers that must keep their precision as marked texts: the library would make something else of them.
const marked = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const exact = (value: unknown): unknown => readJson(writeJson(value ?? null));

const withValue = ['add', 'replace', 'test'];
const withFrom = ['move', 'copy'];

/** A whole operation, none of whose places leads out of the record. */
function isOperation(one: unknown): one is Operation {
  if (!isNode(one)) return false;
  const { op, path, from } = one;
  if (typeof op !== 'string' || !isPlace(path)) return false;
  if (withFrom.includes(op)) return isPlace(from);
  return op === 'remove' || (withValue.includes(op) && Object.hasOwn(one, 'value'));
}

const isPlace = (path: unknown): path is string =>
  typeof path === 'string' &&
  path.length <= 1000 &&
  (path === '' || path.startsWith('/')) &&
  !/\/(?:__proto__|constructor|prototype)(?:\/|$)/.test(path);

// The record hangs in an object, so that an operation on the whole of it is one like any other.
const inside = (path: string): string => `/it${path}`;

function valueAt(changed: { it: unknown }, path: string): unknown {
  try {
    return Pointer.fromJSON(inside(path)).get(changed);
  } catch {
    return undefined;
  }
}

function apply(changed: { it: unknown }, operation: Operation, at: string): void {
  const given = { ...operation, path: inside(operation.path) };
  const whole = 'from' in given ? { ...given, from: inside(given.from) } : given;
  const path = operation.path.slice(0, 100);
  let fault: Error | null | undefined;
  try {
    [fault] = applyPatch(changed, [whole]);
  } catch {
    throw turnAway(422, 'processing', at, text.patchPath(path));
  }
  if (fault)
    throw turnAway(
      422,
      'processing',
      at,
      operation.op === 'test' ? text.patchTest(path) : text.patchPath(path),
    );
}

/** The patch that an entry of a Bundle carries: a Binary of that type (FHIR R4, http.html#patch). */
export function patchOf(resource: unknown): unknown {
  if (!isNode(resource) || resource['resourceType'] !== 'Binary') return undefined;
  const { contentType, data } = resource;
  if (contentType !== 'application/json-patch+json' || typeof data !== 'string') return undefined;
  try {
    return readJson(Buffer.from(data, 'base64').toString());
  } catch {
    return undefined;
  }
}
