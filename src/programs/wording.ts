import type { Extension } from '@medplum/fhirtypes';
import type { Sentence } from '../kernel/sentence.ts';

export const translation = 'http://hl7.org/fhir/StructureDefinition/translation';

const held = (element: object, key: string): unknown =>
  Object.hasOwn(element, key) ? (element as Record<string, unknown>)[key] : undefined;

/**
 * The English beside a Japanese text of a form: FHIR's standard extension `translation` on the companion (`_text` of
 * `text`), or what stands there in another language. Undefined when nobody translated it; loading a program refuses that.
 */
export function translated(element: object, key: string, language = 'en'): string | undefined {
  const companion = held(element, `_${key}`) as { extension?: Extension[] } | undefined;
  const found = companion?.extension?.find(
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
  return { ja: translated(element, key, 'ja') ?? words, en: translated(element, key) ?? words };
}
