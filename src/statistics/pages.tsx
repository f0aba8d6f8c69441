import type { JSX } from 'preact';
import { asIs, type Sentence } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { LinkButton } from '../web/form.tsx';
import { BarChart } from '../web/chart.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Facts, Tabs } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { chartsOf, monthName } from './charts.ts';
import { explainMask, showMasked } from './disclosure.ts';
import { fewestPeople, type Figures } from './figures.ts';
import type { GatheringFigures } from './gatherings.ts';
import type { Masked, Protected } from './linked.ts';
import { ageBandName, text } from './text.ts';

export const figuresPage = (
  view: View,
  figures: Figures | undefined,
  programs: readonly Program[],
  gatherings?: GatheringFigures,
): string =>
  renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      wide
      actions={
        figures ? (
          <LinkButton href={`/figures/report.pdf?year=${String(figures.fiscalYear)}`} kind="secondary">
            {view.t(text.report)}
          </LinkButton>
        ) : undefined
      }
    >
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

type ShownProps = Readonly<{ view: View; figures: Figures; programs: readonly Program[] }>;

function Shown({ view, figures, programs }: ShownProps): JSX.Element {
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
        {chartsOf(figures, programs).map(({ key, ...chart }) => (
          <Chart key={key} view={view} {...chart} />
        ))}
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
    const town = code === 'unknown' ? text.unknownPlace : asIs(figures.municipalities.get(code) ?? code);
    return area === '' ? town : { ja: `${town.ja} ${area}`, en: `${town.en}, ${area}` };
  };
  const topicName = (code: string): Sentence =>
    programs.flatMap(({ sessions }) => sessions?.contacts?.topics ?? []).find((topic) => topic.code === code)
      ?.name ?? asIs(code);
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
