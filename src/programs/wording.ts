import type { Extension } from '@medplum/fhirtypes';
import { canonical } from '../fhir/codes.ts';
import { rubyOf } from '../kernel/japan/readings.ts';
import type { Sentence } from '../kernel/sentence.ts';

export const translation = 'http://hl7.org/fhir/StructureDefinition/translation';
/** Beside a text of a form or its translation: the same words with their readings marked (decision 0069). */
export const furigana = `${canonical}/StructureDefinition/furigana`;

const held = (element: object, key: string): unknown =>
  Object.hasOwn(element, key) ? (element as Record<string, unknown>)[key] : undefined;

/**
 * The English beside a Japanese text of a form: FHIR's standard extension `translation` on the companion (`_text` of
 * `text`), or what stands there in another language. Undefined when nobody translated it; loading a program refuses that.
 */
export function translated(element: object, key: string, language = 'en'): string | undefined {
  const found = companionOf(element, key)?.extension?.find(
    (e) =>
      e.url === translation &&
      e.extension?.some((part) => part.url === 'lang' && part.valueCode === language),
  );
  const content = found?.extension?.find((part) => part.url === 'content');
  return content?.valueString ?? content?.valueMarkdown;
}

/**
 * A text of a form in both languages, the form's own words where one is missing: `worded(item, 'text')`, `worded(coding, 'display')`, `worded(form,
 * 'title')`.
 */
export function worded(
  element: object,
  key: 'text' | 'display' | 'title' | 'description' | 'copyright',
): Sentence {
  const own = held(element, key);
  const words = typeof own === 'string' ? own : '';
  const ja = translated(element, key, 'ja') ?? words;
  const readings = furiganaOf(element, key).filter((text) => rubyOf([text], ja) !== undefined);
  const en = translated(element, key) ?? words;
  return readings.length === 0 ? { ja, en } : { ja, en, readings };
}

/** The texts with marked readings beside a text of a form, whichever of its words they belong to. */
export const furiganaOf = (element: object, key: string): string[] =>
  (companionOf(element, key)?.extension ?? []).flatMap(({ url, valueString }) =>
    url === furigana && valueString !== undefined ? [valueString] : [],
  );

const companionOf = (element: object, key: string): { extension?: Extension[] } | undefined =>
  held(element, `_${key}`) as { extension?: Extension[] } | undefined;
