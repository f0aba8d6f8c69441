import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { fromResponse, type Answers } from '../intake/answers.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { mostSeries, type RadarShown } from '../kernel/radar.ts';
import type { Language } from '../kernel/sentence.ts';
import { levelsOf, scoreDomains, type DomainScore } from '../programs/domains.ts';
import type { Program } from '../programs/program.ts';
import { showDate } from '../web/dates.ts';
import type { Assessment } from './assessment.ts';
import { domainWords as text } from './text.ts';

/** How the domains stood on a day. */
export type Standing = Readonly<{ on: string; scores: readonly DomainScore[] }>;

/** How many versions of a sheet are looked through; older ones are not compared. */
const mostVersions = 100;

/**
 * The domains of a sheet as it is now, and as they stood when it was finished on earlier days: newest first, as many as a
 * chart can tell apart, of more the latest ones and the first. Empty where the program scores no domains or nobody saved a
 * sheet.
 */
export async function readStandings(
  records: Records,
  { program, sheet, answers }: Pick<Assessment, 'program' | 'sheet' | 'answers'>,
): Promise<Standing[]> {
  if (program.domains.length === 0 || sheet === undefined) return [];
  const { found } = await records.versions('QuestionnaireResponse', { id: sheet.id, count: mostVersions });
  const before = found.flatMap(({ content }) => {
    const version = content as Stored<QuestionnaireResponse> | null;
    return version !== null && version.meta.versionId !== sheet.version && isFinished(version)
      ? [
          standing(
            program,
            fromResponse(program.assessment, version),
            version.authored ?? version.meta.lastUpdated,
          ),
        ]
      : [];
  });
  return compared([standing(program, answers, sheet.at), ...before]);
}

const isFinished = ({ status }: QuestionnaireResponse): boolean =>
  status === 'completed' || status === 'amended';

const standing = (program: Program, answers: Answers, at: string): Standing => ({
  on: dayInTokyo(new Date(at)),
  scores: scoreDomains(program, answers),
});

/** Newest first. Of those of a day the last stays: what came before it was a correction. */
function compared(all: readonly Standing[]): Standing[] {
  const lastOfDay = all.filter(({ on }, i) => all.findIndex((other) => other.on === on) === i);
  return lastOfDay.length <= mostSeries
    ? lastOfDay
    : [...lastOfDay.slice(0, mostSeries - 1), ...lastOfDay.slice(-1)];
}

/** The standings as a chart and a table; undefined when there are none. */
export function shownDomains(
  program: Program,
  standings: readonly Standing[],
  language: Language,
  /** How a day is written: on paper in the era. */
  day: (on: string, language: Language) => string = showDate,
): RadarShown | undefined {
  if (standings.length === 0) return undefined;
  const levels = levelsOf(program).map((level) => level[language]);
  return {
    title: text.title[language],
    lead: levels.length > 1 ? text.lead(levels)[language] : text.leadPlain[language],
    spokes: program.domains.map(({ name }) => name[language]),
    levels,
    rings: levels.length > 1 ? levels.length - 1 : 4,
    series: standings.map(({ on, scores }) => ({
      name: day(on, language),
      values: scores.map(({ score, highest }) =>
        score === undefined || highest === 0 ? undefined : score / highest,
      ),
      shown: scores.map((one) => sayScore(one, language)),
    })),
  };
}

const sayScore = ({ score, highest, answered, questions }: DomainScore, language: Language): string =>
  score === undefined
    ? text.unknown[language]
    : answered < questions
      ? text.partly(score, highest, questions - answered)[language]
      : text.score(score, highest)[language];
