import type { Answers } from '../intake/answers.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { mostSeries, type RadarShown } from '../kernel/radar.ts';
import type { Language, Sentence } from '../kernel/sentence.ts';
import { levelsOf, scoreDomains, type DomainScore } from '../programs/domains.ts';
import type { Program } from '../programs/program.ts';
import { showDate } from '../web/dates.ts';
import { domainWords as text } from './text.ts';

/** How the domains stood on a day, by a version of the sheet; a score for each domain of the program. */
export type Standing = Readonly<{
  on: string;
  version: string;
  levels: readonly Sentence[];
  scores: readonly DomainScore[];
}>;

/** `program.assessment` is the form in the version in which these answers were given. */
export const standing = (
  program: Pick<Program, 'domains' | 'assessment'>,
  answers: Answers,
  at: string,
): Standing => ({
  on: dayInTokyo(new Date(at)),
  version: program.assessment.version ?? '',
  levels: levelsOf(program),
  scores: scoreDomains(program, answers),
});

type Say = Readonly<{ language: Language; day: (on: string, language: Language) => string }>;

/**
 * The standings, newest first, as a chart and a table: as many as a chart can tell apart, of more the latest ones and the
 * first. Domains are the same where the program calls them by the same code. What a sheet did not ask has no point, and a
 * scale that changed is drawn from its least to its most; both are said in words. Undefined when there are none, or the
 * sheets ask about fewer than three domains.
 */
export function shownDomains(
  standings: readonly Standing[],
  language: Language,
  /** How a day is written: on paper in the era. */
  day: Say['day'] = showDate,
): RadarShown | undefined {
  const alike = standings.filter((one) => one === standings[0] || isAlike(one, standings[0]));
  const drawn = compared(alike);
  const [now] = drawn;
  const asked = (now?.scores ?? []).flatMap((_, i) => (drawn.some((one) => isAsked(one, i)) ? [i] : []));
  if (now === undefined || asked.length < 3) return undefined;
  const isOneScale = drawn.every(({ levels }) => JSON.stringify(levels) === JSON.stringify(now.levels));
  const levels = isOneScale ? now.levels.map((level) => level[language]) : [];
  const changed = asked.filter((i) => spans(drawn, i).length > 1);
  return {
    title: text.title[language],
    lead: levels.length > 1 ? text.lead(levels)[language] : text.leadPlain[language],
    spokes: asked.map((i) => now.scores[i]?.name[language] ?? ''),
    levels,
    rings: levels.length > 1 ? levels.length - 1 : 4,
    series: drawn.map(({ on, scores }) => ({
      name: day(on, language),
      values: asked.map((i) => shareOf(scores[i])),
      shown: asked.map((i) => sayScore(scores[i], changed.includes(i))[language]),
    })),
    notes: [
      ...otherVersions(drawn, { language, day }),
      ...missing(drawn, asked, { language, day }),
      ...changed.map((i) => sayChanged(drawn, i, { language, day })),
      ...new Set(
        standings
          .filter((one) => !alike.includes(one))
          .map(({ on, version }) => text.apart(day(on, language), version)[language]),
      ),
    ],
  };
}

const isAsked = ({ scores }: Standing, i: number): boolean => (scores[i]?.questions ?? 0) > 0;

/** Whether both sheets ask about one domain at least. */
const isAlike = (one: Standing, other: Standing | undefined): boolean =>
  other !== undefined && one.scores.some((_, i) => isAsked(one, i) && isAsked(other, i));

/** Newest first. Of those of a day the last stays: what came before it was a correction. */
function compared(all: readonly Standing[]): Standing[] {
  const lastOfDay = all.filter(({ on }, i) => all.findIndex((other) => other.on === on) === i);
  return lastOfDay.length <= mostSeries
    ? lastOfDay
    : [...lastOfDay.slice(0, mostSeries - 1), ...lastOfDay.slice(-1)];
}

/** From 0, the least that the answered questions can have, to 1, the most. */
const shareOf = (one: DomainScore | undefined): number | undefined =>
  one?.score === undefined || one.highest === one.lowest
    ? undefined
    : (one.score - one.lowest) / (one.highest - one.lowest);

/** The scales that a domain has in the sheets that ask about it, each once. */
const spans = (drawn: readonly Standing[], i: number): string[] => [
  ...new Set(drawn.flatMap((one) => (isAsked(one, i) ? [JSON.stringify(one.scores[i]?.scale)] : []))),
];

const otherVersions = (drawn: readonly Standing[], { language, day }: Say): string[] =>
  drawn
    .filter(({ version }) => version !== drawn[0]?.version)
    .map(({ on, version }) => text.otherVersion(day(on, language), version)[language]);

const missing = (drawn: readonly Standing[], asked: readonly number[], { language, day }: Say): string[] =>
  drawn.flatMap((one) => {
    const names = asked.flatMap((i) => (isAsked(one, i) ? [] : (one.scores[i]?.name[language] ?? [])));
    return names.length === 0 ? [] : [text.missing(day(one.on, language), names)[language]];
  });

function sayChanged(drawn: readonly Standing[], i: number, { language, day }: Say): string {
  const scales = drawn.flatMap((one) => {
    const score = one.scores[i];
    return score && isAsked(one, i) ? [{ day: day(one.on, language), ...score.scale }] : [];
  });
  return text.changed(drawn[0]?.scores[i]?.name[language] ?? '', scales)[language];
}

/** With both ends of the scale where it does not begin at 0, or is another one on another day. */
function sayScore(one: DomainScore | undefined, isChanged: boolean): Sentence {
  if (one === undefined || one.questions === 0) return text.notAsked;
  const { score, lowest, highest, answered, questions } = one;
  if (score === undefined) return text.unknown;
  const open = questions - answered;
  if (isChanged || lowest !== 0) return text.ranged(score, { least: lowest, most: highest }, open);
  return open > 0 ? text.partly(score, highest, open) : text.score(score, highest);
}
