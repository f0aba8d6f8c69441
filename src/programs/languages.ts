import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { isLanguage, type Language } from '../kernel/sentence.ts';
import { remembered } from '../kernel/remembered.ts';
import type { Fault } from './fault.ts';
import { placedItems } from './items.ts';
import { withOptions } from './value-sets.ts';
import { furigana, translated, translation, worded } from './wording.ts';

/** A language that a form is asked in, as BCP 47 writes it: `ja`, `en`, `ja-x-easy`, `pt-BR`. */
export type Tongue = string;

/** やさしい日本語: short sentences, few kanji, for whoever is learning Japanese or tired. */
export const easyJapanese = 'ja-x-easy';

/** What a language calls itself. */
export function tongueName(tongue: Tongue): string {
  if (tongue === easyJapanese) return 'やさしい日本語';
  try {
    return new Intl.DisplayNames([tongue], { type: 'language' }).of(tongue) ?? tongue;
  } catch {
    return tongue;
  }
}

/** The language of the page around questions in that language. */
export const pageLanguage = (tongue: Tongue): Language => (tongue === 'en' ? 'en' : 'ja');

type Worded = 'title' | 'text' | 'display';
type Said = Readonly<{ element: object; key: Worded; place: string; isProse?: boolean }>;

/** Every text that is said to whoever is asked, and where it stands. */
export function saidIn(form: Questionnaire): Said[] {
  return [
    { element: form, key: 'title', place: 'title' },
    ...placedItems(form).flatMap(({ item, place }): Said[] => [
      ...(item.text === undefined
        ? []
        : [
            { element: item, key: 'text' as const, place: `${place}.text`, isProse: item.type === 'display' },
          ]),
      ...(item.answerOption ?? []).flatMap(({ valueCoding }, i) =>
        valueCoding?.display === undefined
          ? []
          : [
              {
                element: valueCoding,
                key: 'display' as const,
                place: `${place}.answerOption[${String(i)}].valueCoding.display`,
              },
            ],
      ),
      ...(item.extension ?? []).flatMap(({ valueCoding }, i) =>
        valueCoding?.display === undefined
          ? []
          : [
              {
                element: valueCoding,
                key: 'display' as const,
                place: `${place}.extension[${String(i)}].valueCoding.display`,
              },
            ],
      ),
    ]),
  ];
}

export const companionOf = (element: object, key: Worded): { extension?: Extension[] } | undefined =>
  (element as Record<string, { extension?: Extension[] } | undefined>)[`_${key}`];

const tonguesAt = ({ element, key }: Said): string[] =>
  (companionOf(element, key)?.extension ?? []).flatMap(({ url, extension = [] }) =>
    url === translation
      ? extension.flatMap((part) => (part.url === 'lang' && part.valueCode ? [part.valueCode] : []))
      : [],
  );

/**
 * The languages in which a form can be asked: its own, and those into which its title or a question is translated; Japanese first, then
 * easy Japanese and English, then the others by name.
 */
export const tonguesOf = remembered((form: Questionnaire): Tongue[] => {
  const own = form.language ?? 'ja';
  const asked = saidIn(form).filter(({ key, isProse }) => key !== 'display' && isProse !== true);
  const found = new Set([own, ...asked.flatMap(tonguesAt)]);
  const order = ['ja', easyJapanese, 'en'];
  const place = (one: string): number => (order.includes(one) ? order.indexOf(one) : order.length);
  return [...found]
    .filter((one) => /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}$/.test(one))
    .toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
});

/** The language that is meant, if the form can be asked in it; else `otherwise`. */
export const tongueIn = (form: Questionnaire, wanted: unknown, otherwise: Tongue): Tongue =>
  typeof wanted === 'string' && tonguesOf(form).includes(wanted) ? wanted : otherwise;

/**
 * What a language lacks that was begun in a form: somebody would be asked half in it. Words that only stand between questions
 * begin none: a consent form may say in easy Japanese what it is about, and ask in two languages.
 */
export function untranslatedIn(form: Questionnaire): Fault[] {
  const said = saidIn(form);
  const begun = new Set(
    said
      .filter((one) => one.isProse !== true)
      .flatMap(tonguesAt)
      .filter((one) => !isLanguage(one)),
  );
  return [...begun].toSorted().flatMap((tongue) =>
    said
      .filter(({ element, key }) => (translated(element, key, tongue) ?? '').trim() === '')
      .map(({ place }) => ({
        place,
        says: `has no translation into ${tongue} (${tongueName(tongue)}), which other texts of the form have`,
      })),
  );
}

const inTongues = new WeakMap<Questionnaire, Map<Tongue, Questionnaire>>();

/**
 * The form with its words in that language in the place of its own, and its own words where nobody translated them. In
 * Japanese and English it is itself: those stand beside each other in all that is said here.
 */
export function inTongue(form: Questionnaire, tongue: Tongue): Questionnaire {
  if (isLanguage(tongue)) return form;
  const known = inTongues.get(form) ?? new Map<Tongue, Questionnaire>();
  inTongues.set(form, known);
  const before = known.get(tongue);
  if (before !== undefined) return before;
  const full = withOptions(form);
  const made = {
    ...spokenAs(full, 'title', tongue),
    language: tongue,
    ...(full.item === undefined ? {} : { item: full.item.map((one) => itemIn(one, tongue)) }),
  };
  known.set(tongue, made);
  return made;
}

/** The element with the text under `key` in that language, how it is read, and without its other translations. */
function spokenAs<T extends object>(element: T, key: Worded, tongue: Tongue): T {
  const words = translated(element, key, tongue) ?? (element as Record<string, unknown>)[key];
  if (words === undefined) return element;
  const { [`_${key}`]: _companion, ...rest } = element as Record<string, unknown>;
  const read = companionOf(element, key)?.extension?.filter(({ url }) => url === furigana) ?? [];
  return { ...rest, [key]: words, ...(read.length > 0 ? { [`_${key}`]: { extension: read } } : {}) } as T;
}

function itemIn(item: QuestionnaireItem, tongue: Tongue): QuestionnaireItem {
  const coded = <T extends { valueCoding?: object }>(one: T): T =>
    one.valueCoding === undefined
      ? one
      : { ...one, valueCoding: spokenAs(one.valueCoding, 'display', tongue) };
  return {
    ...spokenAs(item, 'text', tongue),
    ...(item.answerOption === undefined ? {} : { answerOption: item.answerOption.map(coded) }),
    ...(item.extension === undefined ? {} : { extension: item.extension.map(coded) }),
    ...(item.item === undefined ? {} : { item: item.item.map((one) => itemIn(one, tongue)) }),
  };
}

/** Whether a form, with its words in a language, says of any of them how they are read. */
export const hasReadings = (form: Questionnaire): boolean => readIn(form).any;
const readIn = remembered((form: Questionnaire) => ({
  any: saidIn(withOptions(form)).some(({ element, key }) => worded(element, key).readings !== undefined),
}));
