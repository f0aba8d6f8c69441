import type { JSX } from 'preact';
import type { Sentence } from '../kernel/sentence.ts';
import { needLabel } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import { BarChart } from '../web/chart.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Facts, Tabs } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { explainMask, showMasked } from './disclosure.ts';
import { fewestPeople, otherProgram, type Figures } from './figures.ts';
import type { GatheringFigures } from './gatherings.ts';
import type { Masked, Protected } from './linked.ts';
import type { Dimension } from './queries.ts';
import { ageBandName, contactBandName, resultName, text } from './text.ts';

export const figuresPage = (
  view: View,
  figures: Figures | undefined,
  programs: readonly Program[],
  gatherings?: GatheringFigures,
): string =>
  renderPage(
    <Frame view={view} title={text.title} lead={text.lead} wide>
      {figures ? (
        <>
          <Shown view={view} figures={figures} programs={programs} />
          {gatherings ? (
            <Gatherings view={view} figures={figures} programs={programs} gatherings={gatherings} />
          ) : null}
        </>
      ) : (
        <Empty view={view} title={text.empty} next={view.t(text.emptyNext)} />
      )}
    </Frame>,
  );

const order: readonly Dimension[] = [
  'month',
  'municipality',
  'program',
  'age_band',
  'contact_band',
  'result',
];

type ShownProps = Readonly<{ view: View; figures: Figures; programs: readonly Program[] }>;

function Shown({ view, figures, programs }: ShownProps): JSX.Element {
  const nameOf: Readonly<Record<Dimension, (row: string) => Sentence>> = {
    month: (month) => monthName(month),
    municipality: (code) =>
      code === 'unknown' ? text.unknownPlace : named(figures.municipalities.get(code) ?? code),
    age_band: ageBandName,
    contact_band: contactBandName,
    result: resultName,
    program: (id) =>
      id === otherProgram ? text.otherProgram : (programs.find((one) => one.id === id)?.name ?? named(id)),
  };
  return (
    <>
      <Tabs
        view={view}
        label={text.years}
        tabs={figures.years.map((year) => ({
          href: `/figures?year=${String(year)}`,
          label: text.year(year),
          current: year === figures.fiscalYear,
        }))}
      />
      <Facts
        view={view}
        rows={[
          [text.total, shown(view, figures.total)],
          [text.clinics, shown(view, figures.clinics)],
        ]}
      />
      <p>{view.t(explainMask(fewestPeople))}</p>
      <div class="side-by-side">
        {order.map((dimension) => (
          <Chart
            key={dimension}
            view={view}
            title={text[dimension]}
            list={figures.by[dimension]}
            nameOf={nameOf[dimension]}
          />
        ))}
        <Chart view={view} title={text.needs} list={figures.needs} nameOf={needLabel} note={text.needsNote} />
      </div>
    </>
  );
}

/** What sessions and talks tell of each part of the area. */
function Gatherings({
  view,
  figures,
  programs,
  gatherings,
}: ShownProps & Readonly<{ gatherings: GatheringFigures }>): JSX.Element {
  const placeName = (key: string): Sentence => {
    const [code = '', area = ''] = key.split('|');
    const town = code === 'unknown' ? text.unknownPlace : named(figures.municipalities.get(code) ?? code);
    return area === '' ? town : { ja: `${town.ja} ${area}`, en: `${town.en}, ${area}` };
  };
  const topicName = (code: string): Sentence =>
    programs.flatMap(({ sessions }) => sessions?.contacts?.topics ?? []).find((topic) => topic.code === code)
      ?.name ?? named(code);
  const chart = { view } as const;
  return (
    <>
      <h2>{view.t(text.gatherings)}</h2>
      <p>{view.t(text.gatheringsLead)}</p>
      <Facts view={view} rows={[[text.talks, shown(view, gatherings.total)]]} />
      <div class="side-by-side">
        <section class="panel framed">
          <BarChart
            view={view}
            title={text.held}
            figureLabel={text.times}
            rows={[...gatherings.sessions].map(([key, value]) => ({
              label: view.t(placeName(key)),
              value,
              shown: String(value),
            }))}
          />
        </section>
        <Chart {...chart} title={text.participants} list={gatherings.participants} nameOf={placeName} />
        <Chart {...chart} title={text.talksByArea} list={gatherings.area} nameOf={placeName} />
        <Chart
          {...chart}
          title={text.talksByTopic}
          list={gatherings.topics}
          nameOf={topicName}
          note={text.topicsNote}
        />
        <Chart {...chart} title={text.talksByAge} list={gatherings.ageBand} nameOf={ageBandName} />
        <Chart {...chart} title={text.talksByMonth} list={gatherings.month} nameOf={monthName} />
      </div>
    </>
  );
}

function Chart(props: {
  view: View;
  title: Sentence;
  list: Protected;
  nameOf: (row: string) => Sentence;
  note?: Sentence;
}): JSX.Element {
  const { view, list } = props;
  return (
    <section class="panel framed">
      {props.note ? <p>{view.t(props.note)}</p> : null}
      <BarChart
        view={view}
        title={props.title}
        figureLabel={text.count}
        rows={list.rows.map((row, i) => {
          const masked = list.rowTotals[i] ?? { kind: 'masked' };
          return {
            label: view.t(props.nameOf(row)),
            value: masked.kind === 'shown' ? masked.value : undefined,
            shown: shown(view, masked),
          };
        })}
      />
    </section>
  );
}

const shown = (view: View, masked: Masked): string => view.t(showMasked(masked));
const named = (name: string): Sentence => ({ ja: name, en: name });
const monthName = (month: string): Sentence => {
  const [year = '', number = ''] = month.split('-');
  return { ja: `${year}年${String(Number(number))}月`, en: `${year}-${number}` };
};
