import type { CompositionSection } from '@medplum/fhirtypes';
import { codesOf, systems } from '../../../fhir/codes.ts';
import { wordsOf } from '../../../fhir/narrative.ts';
import { sectionNamed, type SectionName } from '../../../referral/record.ts';
import type { Document, DocumentEntry } from './envelope.ts';

/** A section of a document, and what it names. */
export type Section = Readonly<{
  path: string;
  code: string | undefined;
  /** What a referral makes of it; undefined for sections that it makes nothing of. */
  name: SectionName | undefined;
  title: string;
  words: string;
  entries: readonly DocumentEntry[];
}>;

/** All sections, those inside others too, in the order of the document. */
export function sectionsOf({ composition, entries, follow }: Document): Section[] {
  const [first] = entries;
  const walk = (given: readonly CompositionSection[] | undefined, at: string): Section[] =>
    (given ?? []).flatMap((one, i) => {
      const path = `${at}.section[${String(i)}]`;
      const [code] = codesOf(one.code, systems.documentSection);
      const shown = (one.title ?? one.code?.text ?? code ?? '').slice(0, 60);
      return [
        {
          path,
          code,
          name: sectionNamed(code),
          title: shown,
          words: wordsOf(one.text),
          entries: (one.entry ?? []).flatMap((link) => (first && follow(first, link.reference)) ?? []),
        },
        ...walk(one.section, path),
      ];
    });
  return walk(composition.section, 'Bundle.entry[0].resource');
}

/** The entries of these sections, each once. */
export const entriesIn = (
  sections: readonly Section[],
  ...names: readonly SectionName[]
): DocumentEntry[] => [
  ...new Set(
    sections.flatMap((one) => (one.name !== undefined && names.includes(one.name) ? one.entries : [])),
  ),
];

export const ofType = (entries: readonly DocumentEntry[], type: string): DocumentEntry[] =>
  entries.filter((one) => one.resource.resourceType === type);
