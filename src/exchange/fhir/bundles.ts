import type { Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes';
import { outcomeOf } from '../../fhir/outcome.ts';
import type { Page } from '../../fhir/search-page.ts';
import type { Given } from '../../fhir/search.ts';
import type { RecordType, Stored } from '../../fhir/types.ts';
import type { Language } from '../../kernel/sentence.ts';

/**
 * One page of a search; `next` leads on from its last row, so rows that come in meanwhile neither double nor drop any.
 * `self` has what was understood; what a lenient search left out is an entry of its own.
 */
export function searchBundle(base: string, type: RecordType, page: Page, language: Language): Bundle {
  const { found, included, next, total, used, ignored } = page;
  const asked = used.filter(([name]) => name !== '_cursor');
  const link = (parameters: Given): string => {
    const query = new URLSearchParams(parameters.map(([n, v]) => [n, v])).toString();
    return `${base}/${type}${query === '' ? '' : `?${query}`}`;
  };
  const entry = (record: Stored, mode: 'match' | 'include'): BundleEntry => ({
    fullUrl: `${base}/${record.resourceType}/${record.id}`,
    resource: record,
    search: { mode },
  });
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    link: [
      { relation: 'self', url: link(used) },
      ...(next === undefined ? [] : [{ relation: 'next', url: link([...asked, ['_cursor', next]]) }]),
    ],
    entry: [
      ...found.map((record) => entry(record, 'match')),
      ...included.map((record) => entry(record, 'include')),
      ...(ignored.length === 0
        ? []
        : [
            {
              resource: warning(outcomeOf({ kind: 'invalid', issues: ignored }, language)),
              search: { mode: 'outcome' as const },
            },
          ]),
    ],
  };
}

const warning = (outcome: OperationOutcome): OperationOutcome => ({
  ...outcome,
  issue: outcome.issue.map((issue) => ({ ...issue, severity: 'warning' as const })),
});
