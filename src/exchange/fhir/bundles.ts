import type { Bundle } from '@medplum/fhirtypes';
import { cursorAt, type Given } from '../../fhir/search.ts';
import type { RecordType, Stored } from '../../fhir/types.ts';

type Page = Readonly<{ found: readonly Stored[]; next: { updatedAt: Date; id: string } | undefined }>;

/** One page of a search; `next` leads on from its last row, so rows that come in meanwhile neither double nor drop any. */
export function searchBundle(base: string, type: RecordType, given: Given, { found, next }: Page): Bundle {
  const asked = given.filter(([name]) => name !== '_cursor');
  const link = (parameters: Given): string =>
    `${base}/${type}?${new URLSearchParams(parameters.map(([n, v]) => [n, v])).toString()}`;
  const sorted = given.some(([name]) => name === '_sort');
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [
      { relation: 'self', url: link(given) },
      ...(next && !sorted
        ? [{ relation: 'next', url: link([...asked, ['_cursor', cursorAt(next.updatedAt, next.id)]]) }]
        : []),
    ],
    entry: found.map((resource) => ({
      fullUrl: `${base}/${type}/${resource.id}`,
      resource,
      search: { mode: 'match' },
    })),
  };
}

export const historyBundle = (base: string, versions: readonly Stored[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'history',
  total: versions.length,
  entry: versions.map((resource) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    request: {
      method: resource.meta.versionId === '1' ? 'POST' : 'PUT',
      url:
        resource.meta.versionId === '1' ? resource.resourceType : `${resource.resourceType}/${resource.id}`,
    },
    response: {
      status: resource.meta.versionId === '1' ? '201' : '200',
      etag: `W/"${resource.meta.versionId}"`,
      lastModified: resource.meta.lastUpdated,
    },
  })),
});
