import { toRomaji } from 'wanakana';
import type { HumanName } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import { isKana } from '../../kernel/japan/kana.ts';
import type { Language } from '../../kernel/sentence.ts';

/** A Japanese name in its two writings. A kana part is empty when nobody told it. */
export type Name = Readonly<{ family: string; given: string; familyKana: string; givenKana: string }>;

type Writing = 'IDE' | 'SYL';

/** Kanji and, when known, kana as JP Core writes them: parts of `text` separated by one half-width space. */
export const buildNames = (name: Name): HumanName[] => [
  humanName('IDE', name.family, name.given),
  ...(name.familyKana || name.givenKana ? [humanName('SYL', name.familyKana, name.givenKana)] : []),
];

const humanName = (writing: Writing, family: string, given: string): HumanName => ({
  extension: [{ url: extensions.nameRepresentation, valueCode: writing }],
  use: 'official',
  ...(family || given ? { text: [family, given].filter(Boolean).join(' ') } : {}),
  ...(family ? { family } : {}),
  ...(given ? { given: [given] } : {}),
});

/**
 * Reads names as others write them too: without the extension, in one writing only, as `text` alone. Never throws; what
 * cannot be told is empty.
 */
export function readNames(names: readonly HumanName[] | undefined): Name {
  const current = (names ?? []).filter((n) => n.use !== 'old');
  const kana =
    current.find((n) => writingOf(n) === 'SYL') ?? current.find((n) => isKana(partsOf(n).join('')));
  const kanji =
    current.find((n) => writingOf(n) === 'IDE') ??
    current.find((n) => n !== kana && writingOf(n) === undefined) ??
    current.find((n) => n !== kana) ??
    kana;
  const [family, given] = partsOf(kanji);
  const [familyKana, givenKana] = partsOf(kana);
  return { family, given, familyKana, givenKana };
}

const writingOf = (name: HumanName): string | undefined =>
  name.extension?.find((e) => e.url === extensions.nameRepresentation)?.valueCode;

function partsOf(name: HumanName | undefined): [family: string, given: string] {
  if (name?.family || name?.given?.length) return [name.family ?? '', name.given?.join(' ') ?? ''];
  const [family = '', ...given] = (name?.text ?? '').trim().split(/\s+/u);
  return [family, given.join(' ')];
}

/**
 * How a page names a person: `髙﨑 花子`; for readers of English with the sound of it, `髙﨑 花子 (Takasaki Hanako)`,
 * family name first as in Japanese.
 */
export function displayName(name: Name, language: Language): string {
  const written = [name.family, name.given].filter(Boolean).join(' ');
  if (language !== 'en') return written;
  const sound = [name.familyKana, name.givenKana].filter(Boolean).map(romaji).join(' ');
  return sound && sound !== written ? `${written} (${sound})` : written;
}

const romaji = (kana: string): string =>
  toRomaji(kana).replaceAll(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());
