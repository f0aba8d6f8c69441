import type { Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes';
import { outcomeOf } from '../../fhir/outcome.ts';
import type { Page } from '../../fhir/search-page.ts';
import type { Stored, Written } from '../../fhir/types.ts';
import type { Language } from '../../kernel/sentence.ts';
import type { Paged } from './pages.ts';

/**
 * One page of a search; `next` leads on from its last row, so rows that come in meanwhile neither double nor drop any.
 * `self` has what was understood; what a lenient search left out is an entry of its own.
 */
export function searchBundle(base: string, page: Page, links: Paged['links'], language: Language): Bundle {
  const entry = (record: Stored, mode: 'match' | 'include'): BundleEntry => ({
    fullUrl: `${base}/${record.resourceType}/${record.id}`,
    resource: record,
    search: { mode },
  });
  const { entry: warnings = [], ...head } = frameOf(page, links, language);
  return {
    ...head,
    entry: [
      ...page.found.map((record) => entry(record, 'match')),
      ...page.included.map((record) => entry(record, 'include')),
      ...warnings,
    ],
  };
}

/** The same as text, around records that nobody looked into. */
export function passedBundle(
  base: string,
  page: Page<Written>,
  links: Paged['links'],
  language: Language,
): string {
  const entry = ({ type: of, id, json }: Written, mode: 'match' | 'include'): string =>
    `{"fullUrl":${JSON.stringify(`${base}/${of}/${id}`)},"resource":${json},"search":{"mode":"${mode}"}}`;
  const { entry: warnings = [], ...head } = frameOf(page, links, language);
  const entries = [
    ...page.found.map((record) => entry(record, 'match')),
    ...page.included.map((record) => entry(record, 'include')),
    ...warnings.map((one) => JSON.stringify(one)),
  ];
  return `${JSON.stringify(head).slice(0, -1)},"entry":[${entries.join(',')}]}`;
}

/** All of a page but its records; its entries are what a lenient search left out. */
function frameOf(
  { next, total, used, ignored }: Omit<Page, 'found' | 'included'>,
  links: Paged['links'],
  language: Language,
): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    link: links(next, used),
    entry:
      ignored.length === 0
        ? []
        : [
            {
              resource: warning(outcomeOf({ kind: 'invalid', issues: ignored }, language)),
              search: { mode: 'outcome' },
            },
          ],
  };
}

const warning = (outcome: OperationOutcome): OperationOutcome => ({
  ...outcome,
  issue: outcome.issue.map((issue) => ({ ...issue, severity: 'warning' as const })),
});
