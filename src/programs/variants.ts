import type { Questionnaire } from '@medplum/fhirtypes';
import type { Sentence } from '../kernel/sentence.ts';
import { easyJapanese, hasReadings, inTongue, tongueName, tonguesOf, type Tongue } from './languages.ts';

/** How a form can be printed: in which of its languages, and whether with readings above its words. */
export type FormVariant = Readonly<{ tongue: Tongue; furigana: boolean }>;

/** Whether a form says how its words in that language are read. */
export const isReadable = (form: Questionnaire, tongue: Tongue): boolean =>
  (tongue === 'ja' || tongue === easyJapanese) && hasReadings(inTongue(form, tongue));

/** Every way in which a form can be printed. */
export const variantsOf = (form: Questionnaire): FormVariant[] =>
  tonguesOf(form).flatMap((tongue) => [
    { tongue, furigana: false },
    ...(isReadable(form, tongue) ? [{ tongue, furigana: true }] : []),
  ]);

/** The one that is asked for (`furigana=on`), if the form has readings. */
export const variantIn = (form: Questionnaire, tongue: Tongue, furigana: unknown): FormVariant => ({
  tongue,
  furigana: furigana === 'on' && isReadable(form, tongue),
});

/** As a link asks for it. */
export const variantQuery = ({ tongue, furigana }: FormVariant): string =>
  `words=${encodeURIComponent(tongue)}${furigana ? '&furigana=on' : ''}`;

/** 「やさしい日本語・ふりがな付き」 */
export const variantName = ({ tongue, furigana }: FormVariant): Sentence => {
  const name = tongueName(tongue);
  return furigana ? { ja: `${name}・ふりがな付き`, en: `${name}, with readings` } : { ja: name, en: name };
};
