import { asIs, type Sentence } from '../kernel/sentence.ts';
import { needLabel } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import type { Crossed } from './crossed.ts';
import type { Figures } from './figures.ts';
import type { GatheringFigures } from './gatherings.ts';
import { answerName, questionName, topicName } from './names.ts';
import { text } from './text.ts';

/** One of the most frequent things at a place; shares in whole percent, of published numbers only. */
export type Trait = Readonly<{ name: Sentence; count: number; share: number; everywhere: number }>;
export type Traits = Readonly<{ title: Sentence; traits: readonly Trait[] }>;
export type Place = Readonly<{ place: string; traits: readonly Traits[] }>;

export type Told = Readonly<{
  figures: Figures;
  gatherings: GatheringFigures | undefined;
  programs: readonly Program[];
}>;

const most = 3;

/** What stands out at each place, by municipality code and district joined by `|`; only places of which something may be said. */
export function traitsOf({ figures, gatherings, programs }: Told): Place[] {
  const kinds: readonly Kind[] = [
    {
      title: text.traitTopics,
      crossed: gatherings?.topicsByPlace,
      nameOf: (code) => topicName(programs, code),
    },
    { title: text.traitNeeds, crossed: figures.needsByPlace, nameOf: needLabel },
    ...figures.answers.map(({ program, question, byPlace }): Kind => ({
      title: questionName(programs, program, question),
      crossed: byPlace,
      nameOf: (option) => answerName(programs, program, question, option),
    })),
  ];
  const found = new Map<string, Traits[]>();
  for (const { title, crossed, nameOf } of kinds)
    crossed?.places.forEach((place, row) => {
      const traits = mostFrequent(crossed, row, nameOf);
      if (traits.length === 0) return;
      const key = place.includes('|') ? place : `${place}|`;
      found.set(key, [...(found.get(key) ?? []), { title, traits }]);
    });
  return [...found]
    .map(([place, traits]) => ({ place, traits }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1));
}

type Kind = Readonly<{ title: Sentence; crossed: Crossed | undefined; nameOf: (column: string) => Sentence }>;

/** Of a place that is all there is, nothing stands out. */
function mostFrequent(crossed: Crossed, row: number, nameOf: Kind['nameOf']): Trait[] {
  const people = crossed.people[row] ?? 0;
  if (people === 0 || people === crossed.everybody) return [];
  const shown = crossed.columns.flatMap((column, c) => {
    const [here, whole] = [crossed.cells[row]?.[c], crossed.whole[c]];
    if (here?.kind !== 'shown' || whole?.kind !== 'shown') return [];
    return [
      {
        column,
        count: here.value,
        share: percent(here.value, people),
        everywhere: percent(whole.value, crossed.everybody),
      },
    ];
  });
  return shown
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ column, ...trait }) => ({ name: nameOf(column), ...trait }));
}

const percent = (part: number, whole: number): number => Math.round((100 * part) / whole);

/** A municipality and its district. */
export function placeName(municipalities: ReadonlyMap<string, string>, place: string): Sentence {
  const [code = '', area = ''] = place.split('|');
  const town = code === 'unknown' ? text.unknownPlace : asIs(municipalities.get(code) ?? code);
  return area === '' ? town : { ja: `${town.ja} ${area}`, en: `${town.en}, ${area}` };
}
