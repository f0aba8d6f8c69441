import type { Bundle } from '@medplum/fhirtypes';
import { cursorAfter, type Given } from '../../fhir/search.ts';
import type { RecordType, Stored } from '../../fhir/types.ts';

type Page = Readonly<{ found: readonly Stored[]; next: { updatedAt: Date; id: string } | undefined }>;

/** One page of a search; `next` leads on from its last row, so rows that come in meanwhile neither double nor drop any. */
export function searchBundle(base: string, type: RecordType, given: Given, { found, next }: Page): Bundle {
  const asked = given.filter(([name]) => name !== '_cursor');
  const link = (parameters: Given): string =>
    `${base}/${type}?${new URLSearchParams(parameters.map(([n, v]) => [n, v])).toString()}`;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [
      { relation: 'self', url: link(given) },
      ...(next
        ? [{ relation: 'next', url: link([...asked, ['_cursor', cursorAfter(given, found.length, next)]]) }]
        : []),
    ],
    entry: found.map((resource) => ({
      fullUrl: `${base}/${type}/${resource.id}`,
      resource,
      search: { mode: 'match' },
    })),
  };
}
