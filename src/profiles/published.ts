import { canonical } from '../fhir/codes.ts';
import type { Sentence } from '../kernel/sentence.ts';

/** What is said of every definition. The version goes up when one of them changes its meaning. */
const version = '1.0.0';
export const publisher = 'つなぐ Tsunagi';

const translation = 'http://hl7.org/fhir/StructureDefinition/translation';

/** `PatientWithKana` of `patient-with-kana`: names of definitions are those of programs. */
export const nameOf = (id: string): string =>
  id.replaceAll(/(?:^|-)([a-z0-9])/g, (_, c: string) => c.toUpperCase());

const inEnglish = (words: Sentence) => ({
  extension: [
    {
      url: translation,
      extension: [
        { url: 'lang', valueCode: 'en' },
        { url: 'content', valueString: words.en },
      ],
    },
  ],
});

/** Name, title and description of a definition: Japanese, with the English beside it as a translation. */
export const heading = (type: string, id: string, title: Sentence, about: Sentence) => ({
  id,
  language: 'ja',
  url: `${canonical}/${type}/${id}`,
  version,
  name: nameOf(id),
  title: title.ja,
  _title: inEnglish(title),
  status: 'active' as const,
  experimental: false,
  date: '2026-11-27',
  publisher,
  description: about.ja,
  _description: inEnglish(about),
});
