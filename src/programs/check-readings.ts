import type { Questionnaire } from '@medplum/fhirtypes';
import { baseOf, rubyIn } from '../kernel/japan/readings.ts';
import type { Fault } from './fault.ts';
import { companionOf, saidIn } from './languages.ts';
import { furigana, translation } from './wording.ts';

/** Texts with marked readings that are not whole, or say other words than the text beside which they stand. */
export const checkReadings = (form: Questionnaire): Fault[] =>
  saidIn(form).flatMap(({ element, key, place }) => {
    const own = (element as Record<string, unknown>)[key];
    const beside = companionOf(element, key)?.extension ?? [];
    const words = new Set([
      ...(typeof own === 'string' ? [own] : []),
      ...beside
        .filter(({ url }) => url === translation)
        .flatMap(({ extension = [] }) => extension.find(({ url }) => url === 'content') ?? [])
        .flatMap((content) => content.valueString ?? content.valueMarkdown ?? []),
    ]);
    const read = new Set<string>();
    return beside.flatMap(({ url, valueString = '' }, i): Fault[] => {
      if (url !== furigana) return [];
      const at = `${beforeLast(place)}_${key}.extension[${String(i)}].valueString`;
      const pieces = rubyIn(valueString);
      if (pieces === undefined) return [{ place: at, ...text.broken(valueString) }];
      const base = baseOf(pieces);
      if (!words.has(base)) return [{ place: at, ...text.other(base) }];
      if (read.has(base)) return [{ place: at, ...text.twice(base) }];
      read.add(base);
      return [];
    });
  });

/** A path without its last name. */
const beforeLast = (place: string): string => place.slice(0, place.lastIndexOf('.') + 1);

const text = {
  broken: (given: string) => ({
    says: `the readings in "${given}" cannot be read; they are marked {漢字|かんじ}, in kana`,
    ja: `「${given}」のふりがなを読み取れません。{漢字|かんじ} のように、かなで書いてください`,
  }),
  other: (base: string) => ({
    says: `has readings for "${base}", which is not the text that stands here`,
    ja: `ふりがなの文「${base}」は、ここの文と違います`,
  }),
  twice: (base: string) => ({
    says: `has readings for "${base}" twice`,
    ja: `「${base}」のふりがなが2つあります`,
  }),
};
