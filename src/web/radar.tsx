import type { JSX } from 'preact';
import { layRadar, shortLines, type Radar, type RadarShown } from '../kernel/radar.ts';
import { Table } from './table.tsx';
import { text } from './text.ts';
import type { View } from './view.ts';

/** Room for the labels around the rings, in units of the picture. */
const half = { x: 200, y: 150 };
const radius = 100;
const line = 15;

/**
 * A radar chart with its legend, and the same as a table: for whoever hears it, and whoever wants the figures. Series are
 * told apart by line and dot, not by colour.
 */
export function RadarChart({ view, shown }: Readonly<{ view: View; shown: RadarShown }>): JSX.Element {
  const { spokes, rings, series } = shown;
  const drawn = layRadar({ radius, rings, spokes: spokes.length, series: series.map((one) => one.values) });
  return (
    <div class="radar">
      <figure>
        <svg
          viewBox={`${String(-half.x)} ${String(-half.y)} ${String(2 * half.x)} ${String(2 * half.y)}`}
          role="img"
          aria-label={view.t(text.chartOf(shown.title))}
          focusable="false"
        >
          <Net drawn={drawn} spokes={spokes} />
          {drawn.series.toReversed().map((one, i) => (
            <Shape key={i} one={one} filled={i === drawn.series.length - 1} />
          ))}
        </svg>
        <figcaption>
          <ul class="legend">
            {drawn.series.map((one, i) => (
              <li key={i}>
                <svg viewBox="-24 -8 48 16" width="48" height="16" aria-hidden="true" focusable="false">
                  <path
                    class="radar-line"
                    d="M-24 0H24"
                    stroke-dasharray={one.dashes.join(' ') || undefined}
                  />
                  <path class={i === 0 ? 'radar-dot' : 'radar-dot open'} d={one.dot} />
                </svg>
                <span>{series[i]?.name}</span>
              </li>
            ))}
          </ul>
          <p>{shown.lead}</p>
          {shown.notes.length === 0 ? null : (
            <ul>
              {shown.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </figcaption>
      </figure>
      <Table
        view={view}
        caption={shown.title}
        columns={[{ label: text.item }, ...series.map((one) => ({ label: one.name }))]}
        rows={spokes.map((spoke, i) => ({
          key: String(i),
          cells: [spoke, ...series.map((one) => one.shown[i] ?? '')],
        }))}
      />
    </div>
  );
}

function Net({ drawn, spokes }: Readonly<{ drawn: Radar; spokes: readonly string[] }>): JSX.Element {
  return (
    <>
      {drawn.rings.map((ring, i) => (
        <path key={i} class={i === drawn.rings.length - 1 ? 'radar-ring outer' : 'radar-ring'} d={ring} />
      ))}
      {drawn.spokes.map(({ end, label, side }, i) => {
        const lines = shortLines(spokes[i] ?? '', 11);
        const top =
          label.y + 5 - ((lines.length - 1) * line) / 2 + (side === 'middle' ? Math.sign(label.y) * 4 : 0);
        return (
          <g key={i}>
            <path class="radar-ring" d={`M0 0L${String(end.x)} ${String(end.y)}`} />
            <text class={`radar-label ${side}`} y={top}>
              {lines.map((words, k) => (
                <tspan key={k} x={label.x} dy={k === 0 ? 0 : line}>
                  {words}
                </tspan>
              ))}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Shape({ one, filled }: Readonly<{ one: Radar['series'][number]; filled: boolean }>): JSX.Element {
  return (
    <g>
      <path class="radar-line" d={one.line} stroke-dasharray={one.dashes.join(' ') || undefined} />
      {one.dots.map(({ x, y }, i) => (
        <path
          key={i}
          class={filled ? 'radar-dot' : 'radar-dot open'}
          d={one.dot}
          transform={`translate(${String(x)} ${String(y)})`}
        />
      ))}
    </g>
  );
}
