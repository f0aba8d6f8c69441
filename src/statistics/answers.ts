import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { cross, type Crossed, type Listed } from './crossed.ts';
import { protectList } from './disclosure.ts';
import { fewestPeople } from './fewest.ts';

/** How a question that a program counts was answered in a year, once a person. */
export type AnswerFigure = Readonly<{
  program: string;
  question: string;
  /** The options, and how many people answered the questionnaire at all. */
  list: Listed;
  /** By municipality code and district, joined by `|`. */
  byPlace: Crossed;
}>;

/** The lines that `placed` returns: what is asked, how many answered it where, and what. */
export type AnswerRow = Readonly<{
  kind: 'question' | 'answered' | 'answer';
  program: string;
  place: string;
  question: string;
  option: string;
  repeats: boolean;
  count: number;
}>;

/** All of one fiscal year in one statement. */
export async function answerFigures(records: Records, fiscalYear: number): Promise<AnswerFigure[]> {
  const rows = await records.rows<AnswerRow>(
    'figures',
    sql`
    with said as materialized (
      select program, municipality || '|' || area as place, answers from answer_fact where fiscal_year = ${fiscalYear})
    select * from (
      select 'question' as kind, q.program, '' as place, q.question, option, q.repeats, 0 as count, q.turn, at
        from figure_question q cross join lateral unnest(q.options) with ordinality as o (option, at)
        where q.program in (select program from said)
      union all select 'answered', program, place, '', '', false, count(*)::int, 0, 0 from said group by program, place
      union all select 'answer', program, place, split_part(answer, '=', 1), split_part(answer, '=', 2), false, count(*)::int, 0, 0
        from said, unnest(answers) answer group by program, place, answer
    ) counted order by program, turn, at, place`,
  );
  return protectAnswers(rows);
}

/** Which questions and options there are is the program's, never that of those who answered. */
function protectAnswers(rows: readonly AnswerRow[]): AnswerFigure[] {
  const programs = [...new Set(rows.map(({ program }) => program))];
  return programs.flatMap((program) =>
    protectProgram(
      program,
      rows.filter((row) => row.program === program),
    ),
  );
}

function protectProgram(program: string, rows: readonly AnswerRow[]): AnswerFigure[] {
  const people = new Map(
    rows.filter(({ kind }) => kind === 'answered').map(({ place, count }) => [place, count]),
  );
  const counts = new Map(
    rows
      .filter(({ kind }) => kind === 'answer')
      .map((row) => [key(row.place, row.question, row.option), row.count]),
  );
  const base = protectList(
    { rows: [...people.keys()].toSorted(), counts: (place) => people.get(place) ?? 0 },
    { threshold: fewestPeople },
  );
  const asked = rows.filter(({ kind }) => kind === 'question');
  return [...new Set(asked.map(({ question }) => question))].flatMap((question) => {
    const options = asked.filter((row) => row.question === question);
    const byPlace = cross({
      base,
      people,
      columns: options.map(({ option }) => option),
      count: (place, option) => counts.get(key(place, question, option)) ?? 0,
      choose: options.some(({ repeats }) => repeats) ? 'any' : 'one',
    });
    if (byPlace === undefined) return [];
    return [
      {
        program,
        question,
        list: { rows: byPlace.columns, rowTotals: byPlace.whole, total: base.total },
        byPlace,
      },
    ];
  });
}

const key = (place: string, question: string, option: string): string => `${place}\n${question}\n${option}`;
