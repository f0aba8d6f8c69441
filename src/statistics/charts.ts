import { toEra } from '../kernel/japan/era.ts';
import { asIs, type Sentence } from '../kernel/sentence.ts';
import { needLabel } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import type { Listed } from './crossed.ts';
import { otherProgram, type Figures } from './figures.ts';
import type { GatheringFigures } from './gatherings.ts';
import type { Masked } from './linked.ts';
import { answerName, questionName, topicName } from './names.ts';
import type { Dimension } from './queries.ts';
import { ageBandName, contactBandName, resultName, text } from './text.ts';
import { placeName, traitsOf, type Told, type Trait } from './traits.ts';

export type Chart = Readonly<{
  title: Sentence;
  note?: Sentence;
  /** What the numbers count, where these are no persons. */
  counts?: Sentence;
  rows: readonly Readonly<{ label: Sentence; value: Masked }>[];
}>;

/** What page and report show under one heading. */
export type Part = Readonly<{
  title?: Sentence;
  lead?: Sentence;
  facts: readonly (readonly [Sentence, Masked])[];
  /** A group with a title is a place. */
  groups: readonly Readonly<{ title?: Sentence; charts: readonly Chart[] }>[];
}>;

/** All of a year, in the order in which page and report show it. */
export function partsOf(told: Told): Part[] {
  const { figures, gatherings, programs } = told;
  const answers = answerCharts(figures, programs);
  return [
    {
      facts: [
        [text.total, figures.total],
        [text.clinics, figures.clinics],
      ],
      groups: [{ charts: referralCharts(figures, programs) }],
    },
    areaPart(told),
    ...(answers.length === 0
      ? []
      : [{ title: text.answers, lead: text.answersLead, facts: [], groups: [{ charts: answers }] }]),
    ...(gatherings === undefined
      ? []
      : [
          {
            title: text.gatherings,
            lead: text.gatheringsLead,
            facts: [[text.talks, gatherings.total] as const],
            groups: [{ charts: gatheringCharts(figures, gatherings, programs) }],
          },
        ]),
  ];
}

const order: readonly Dimension[] = [
  'month',
  'municipality',
  'program',
  'age_band',
  'contact_band',
  'result',
];

function referralCharts(figures: Figures, programs: readonly Program[]): Chart[] {
  const nameOf: Readonly<Record<Dimension, (row: string) => Sentence>> = {
    month: monthName,
    municipality: (code) => placeName(figures.municipalities, code),
    age_band: ageBandName,
    contact_band: contactBandName,
    result: resultName,
    program: (id) =>
      id === otherProgram ? text.otherProgram : (programs.find((one) => one.id === id)?.name ?? asIs(id)),
  };
  return [
    ...order.map((d) => ({ title: text[d], rows: rowsOf(figures.by[d], nameOf[d]) })),
    { title: text.needs, note: text.needsNote, rows: rowsOf(figures.needs, needLabel) },
  ];
}

function areaPart(told: Told): Part {
  const places = traitsOf(told);
  return {
    title: text.traits,
    lead: places.length === 0 ? text.traitsNone : text.traitsLead,
    facts: [],
    groups: places.map(({ place, traits }) => ({
      title: placeName(told.figures.municipalities, place),
      charts: traits.map(({ title, traits: found }) => ({
        title,
        rows: found.map((trait) => ({
          label: traitName(trait),
          value: { kind: 'shown', value: trait.count },
        })),
      })),
    })),
  };
}

const traitName = ({ name, share, everywhere }: Trait): Sentence => text.traitShare(name, share, everywhere);

const answerCharts = ({ answers }: Figures, programs: readonly Program[]): Chart[] =>
  answers.map(({ program, question, list }) => ({
    title: questionName(programs, program, question),
    rows: rowsOf(list, (option) => answerName(programs, program, question, option)),
  }));

function gatheringCharts(figures: Figures, found: GatheringFigures, programs: readonly Program[]): Chart[] {
  const nameOf = (place: string): Sentence => placeName(figures.municipalities, place);
  return [
    {
      title: text.held,
      counts: text.times,
      rows: [...found.sessions].map(([place, value]) => ({
        label: nameOf(place),
        value: { kind: 'shown', value },
      })),
    },
    { title: text.participants, rows: rowsOf(found.participants, nameOf) },
    { title: text.talksByArea, rows: rowsOf(found.area, nameOf) },
    {
      title: text.talksByTopic,
      note: text.topicsNote,
      rows: rowsOf(found.topics, (code) => topicName(programs, code)),
    },
    { title: text.talksByAge, rows: rowsOf(found.ageBand, ageBandName) },
    { title: text.talksByMonth, rows: rowsOf(found.month, monthName) },
  ];
}

const rowsOf = (list: Listed, nameOf: (row: string) => Sentence): Chart['rows'] =>
  list.rows.map((row, i) => ({ label: nameOf(row), value: list.rowTotals[i] ?? { kind: 'masked' } }));

const monthName = (month: string): Sentence => {
  const [year = '', number = ''] = month.split('-');
  const inEra = toEra(`${month}-01`)?.yearText ?? `${year}年`;
  return { ja: `${inEra}${String(Number(number))}月`, en: `${year}-${number}` };
};
