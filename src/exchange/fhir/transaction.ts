import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { invalid, issue, type Issue } from '../../kernel/problem.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { isRecordType, type FhirRecord, type RecordType, type Stored } from '../../fhir/types.ts';

/** Entries of one transaction: what a case can need, far below what would hold others up. */
export const mostEntries = 500;

type Planned = { entry: BundleEntry; record: FhirRecord & { id: string }; isNew: boolean };

/**
 * A transaction Bundle: POST and PUT entries, references among them by `urn:uuid`, `ifNoneExist` on POST. All or
 * nothing; answers with a transaction-response in the order of the entries. Refuses what it cannot do, entry by entry.
 */
export async function transaction(records: Records, body: unknown, base: string): Promise<Bundle> {
  const entries = entriesOf(body);
  const faults: Issue[] = [];
  const names = new Map<string, string>();
  const planned: (Planned | { entry: BundleEntry; known: Stored })[] = [];
  for (const [i, entry] of entries.entries()) {
    const plan = await planEntry(records, entry, `Bundle.entry[${String(i)}]`, faults);
    if (!plan) continue;
    planned.push(plan);
    const record = 'known' in plan ? plan.known : plan.record;
    if (entry.fullUrl !== undefined) {
      if (names.has(entry.fullUrl))
        faults.push(
          issue(
            `Bundle.entry[${String(i)}].fullUrl`,
            'fullUrl が重なっています。',
            'The fullUrl stands twice.',
          ),
        );
      names.set(entry.fullUrl, `${record.resourceType}/${record.id}`);
    }
  }
  if (faults.length > 0) throw invalid(...faults);

  const linked = planned.flatMap((p) =>
    'record' in p ? [resolve(p.record, names) as Planned['record']] : [],
  );
  const written = await records.write(linked);
  const byId = new Map(written.map((r) => [r.id, r]));
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: planned.map((p) =>
      answer(
        base,
        'known' in p ? p.known : (byId.get(p.record.id) as Stored),
        'known' in p ? '200' : p.isNew ? '201' : '200',
      ),
    ),
  };
}

const answer = (base: string, record: Stored, status: string): BundleEntry => ({
  fullUrl: `${base}/${record.resourceType}/${record.id}`,
  resource: record,
  response: {
    status,
    location: `${record.resourceType}/${record.id}/_history/${record.meta.versionId}`,
    etag: `W/"${record.meta.versionId}"`,
    lastModified: record.meta.lastUpdated,
  },
});

function entriesOf(body: unknown): BundleEntry[] {
  const bundle = typeof body === 'object' && body !== null ? (body as Partial<Bundle>) : {};
  if (bundle.resourceType !== 'Bundle')
    throw invalid(
      issue('resourceType', 'ここには Bundle を送ってください。', 'Only a Bundle can be sent here.'),
    );
  if (bundle.type !== 'transaction')
    throw invalid(
      issue(
        'Bundle.type',
        'Bundle.type は transaction でなければなりません。',
        'Bundle.type must be transaction.',
      ),
    );
  const entries: unknown = bundle.entry;
  if (!Array.isArray(entries) || entries.length === 0)
    throw invalid(issue('Bundle.entry', 'Bundle.entry が空です。', 'Bundle.entry is empty.'));
  if (entries.length > mostEntries)
    throw invalid(
      issue(
        'Bundle.entry',
        `一度に送れるのは ${String(mostEntries)} 件までです。`,
        `At most ${String(mostEntries)} entries can be sent at once.`,
      ),
    );
  return entries as BundleEntry[];
}

async function planEntry(
  records: Records,
  entry: BundleEntry,
  path: string,
  faults: Issue[],
): Promise<Planned | { entry: BundleEntry; known: Stored } | undefined> {
  const fault = (at: string, ja: string, en: string): undefined => {
    faults.push(issue(`${path}${at}`, ja, en));
    return undefined;
  };
  const resource: unknown = typeof entry === 'object' && entry !== null ? entry.resource : undefined;
  const request = entry?.request;
  if (!isRecord(resource))
    return fault(
      '.resource',
      '保存できるリソースがありません。',
      'There is no resource that can be stored here.',
    );
  const { method, url } = request ?? {};
  if (typeof url !== 'string' || (method !== 'POST' && method !== 'PUT'))
    return fault(
      '.request',
      'request には POST か PUT と url が必要です。',
      'request needs POST or PUT and a url.',
    );
  const [type, id, ...more] = url.split('/');
  if (type !== resource.resourceType || more.length > 0)
    return fault('.request.url', 'url がリソースの種類と合いません。', 'The url does not fit the resource.');
  if (method === 'POST') {
    if (id !== undefined)
      return fault(
        '.request.url',
        'POST の url は種類だけにしてください。',
        'The url of a POST is the type alone.',
      );
    const { id: _given, ...rest } = resource;
    if (request?.ifNoneExist !== undefined) {
      const found = await matching(records, resource.resourceType, request.ifNoneExist);
      if (found.length > 1)
        return fault(
          '.request.ifNoneExist',
          '条件に合う記録が二つ以上あります。',
          'More than one record matches.',
        );
      if (found[0]) return { entry, known: found[0] };
    }
    return {
      entry,
      record: withoutVersion({ ...rest, id: nameFor(entry, records) } as Planned['record']),
      isNew: true,
    };
  }
  if (!isId(id) || resource.id !== id)
    return fault(
      '.request.url',
      'url の id がリソースの id と合いません。',
      'The id in the url does not fit the resource.',
    );
  const now = await records.read(resource.resourceType, id);
  const asked = /^(?:W\/)?"(\d{1,9})"$/.exec(request?.ifMatch ?? '')?.[1];
  return {
    entry,
    record: {
      ...resource,
      id,
      meta: { ...resource.meta, versionId: asked ?? now.meta.versionId },
    } as Planned['record'],
    isNew: false,
  };
}

/** `urn:uuid:…` names a record to be: its uuid is as good an id as any other, but the server's own cannot collide. */
const nameFor = (_entry: BundleEntry, records: Records): string => records.newId();

const matching = (records: Records, type: RecordType, query: string): Promise<Stored[]> =>
  records.find(type, [...new URLSearchParams(query.replace(/^[^?]*\?/, ''))], 2);

function withoutVersion<R extends FhirRecord>(record: R): R {
  if (record.meta === undefined) return record;
  const { versionId: _v, lastUpdated: _l, ...meta } = record.meta;
  return { ...record, meta };
}

const isRecord = (value: unknown): value is FhirRecord =>
  typeof value === 'object' && value !== null && 'resourceType' in value && isRecordType(value.resourceType);

/** Replaces references to other entries by what those entries became. */
function resolve(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((v) => resolve(v, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'reference' && typeof inner === 'string' ? (names.get(inner) ?? inner) : resolve(inner, names),
    ]),
  );
}
