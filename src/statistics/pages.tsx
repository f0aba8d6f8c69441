import type { JSX } from 'preact';
import { LinkButton } from '../web/form.tsx';
import { BarChart } from '../web/chart.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Facts, Tabs } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { type Chart, type Part, partsOf } from './charts.ts';
import { explainMask, showMasked } from './disclosure.ts';
import { fewestPeople } from './fewest.ts';
import type { Figures } from './figures.ts';
import { text } from './text.ts';
import type { Told } from './traits.ts';

export const figuresPage = (view: View, told: Told | undefined): string =>
  renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      wide
      actions={
        told ? (
          <LinkButton href={`/figures/report.pdf?year=${String(told.figures.fiscalYear)}`} kind="secondary">
            {view.t(text.report)}
          </LinkButton>
        ) : undefined
      }
    >
      {told ? (
        <>
          <Years view={view} figures={told.figures} />
          {partsOf(told).map((part, i) => (
            <ShownPart key={i} view={view} part={part} masks={i === 0} />
          ))}
        </>
      ) : (
        <Empty view={view} title={text.empty} next={view.t(text.emptyNext)} />
      )}
    </Frame>,
  );

const Years = ({ view, figures }: Readonly<{ view: View; figures: Figures }>): JSX.Element => (
  <Tabs
    view={view}
    label={text.years}
    tabs={figures.years.map((year) => ({
      href: `/figures?year=${String(year)}`,
      label: text.year(year),
      current: year === figures.fiscalYear,
    }))}
  />
);

/** `masks`: why some figures are not shown is said once, at the first of them. */
const ShownPart = ({
  view,
  part,
  masks,
}: Readonly<{ view: View; part: Part; masks: boolean }>): JSX.Element => (
  <>
    {part.title ? <h2>{view.t(part.title)}</h2> : null}
    {part.lead ? <p>{view.t(part.lead)}</p> : null}
    {part.facts.length > 0 ? (
      <Facts view={view} rows={part.facts.map(([label, value]) => [label, view.t(showMasked(value))])} />
    ) : null}
    {masks ? <p>{view.t(explainMask(fewestPeople))}</p> : null}
    {part.groups.map(({ title, charts }, i) => (
      <section key={i}>
        {title ? <h3>{view.t(title)}</h3> : null}
        <div class="side-by-side">
          {charts.map((chart, n) => (
            <ShownChart key={n} view={view} chart={chart} />
          ))}
        </div>
      </section>
    ))}
  </>
);

const ShownChart = ({ view, chart }: Readonly<{ view: View; chart: Chart }>): JSX.Element => (
  <section class="panel framed">
    {chart.note ? <p>{view.t(chart.note)}</p> : null}
    <BarChart
      view={view}
      title={chart.title}
      figureLabel={chart.counts ?? text.count}
      rows={chart.rows.map(({ label, value }) => ({
        label: view.t(label),
        value: value.kind === 'shown' ? value.value : undefined,
        shown: view.t(showMasked(value)),
      }))}
    />
  </section>
);
