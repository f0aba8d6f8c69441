import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import type { RecordType } from '../../fhir/types.ts';
import { placeAfter, type Version, type Versions } from '../../fhir/versions.ts';
import type { Paged } from './pages.ts';

type Page = Readonly<{ found: readonly Version[]; more: boolean }>;

/** One page of versions; `next` leads on from the last of them. */
export function historyBundle(
  base: string,
  type: RecordType,
  { id, since, at, after }: Versions,
  { found, more }: Page,
  links: Paged['links'],
): Bundle {
  const last = found.at(-1);
  const isAll = id !== undefined && since === undefined && at === undefined && after === undefined;
  return {
    resourceType: 'Bundle',
    type: 'history',
    link: links(more && last ? placeAfter(last) : undefined),
    // The newest version says how many there are; of a part nobody counts them.
    ...(isAll && found[0] ? { total: found[0].version } : {}),
    entry: found.map((version) => entryOf(base, type, version)),
  };
}

function entryOf(base: string, type: RecordType, { id, version, at, content }: Version): BundleEntry {
  const [method, status] =
    content === null
      ? (['DELETE', '204'] as const)
      : version === 1
        ? (['POST', '201'] as const)
        : (['PUT', '200'] as const);
  return {
    fullUrl: `${base}/${type}/${id}`,
    ...(content === null ? {} : { resource: content }),
    request: { method, url: method === 'POST' ? type : `${type}/${id}` },
    response: { status, etag: `W/"${String(version)}"`, lastModified: at.toISOString() },
  };
}
