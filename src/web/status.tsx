import type { JSX } from 'preact';
import type { Content } from './content.ts';
import { still } from './still.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

export type ShapeName = 'circle' | 'half' | 'full' | 'square' | 'cross' | 'pause' | 'check' | 'alert';
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

const draw = (lines: JSX.Element): JSX.Element =>
  still(
    <svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {lines}
    </svg>,
  );

const drawings: Readonly<Record<ShapeName, JSX.Element>> = {
  circle: draw(<circle cx="8" cy="8" r="6" class="line" />),
  half: draw(
    <>
      <circle cx="8" cy="8" r="6" class="line" />
      <path d="M8 2a6 6 0 0 1 0 12z" class="fill" />
    </>,
  ),
  full: draw(<circle cx="8" cy="8" r="7" class="fill" />),
  square: draw(<rect x="2" y="2" width="12" height="12" rx="1.5" class="fill" />),
  cross: draw(<path d="m3 3 10 10M13 3 3 13" class="stroke" />),
  pause: draw(<path d="M5 3v10M11 3v10" class="stroke" />),
  check: draw(<path d="m2.5 8.5 4 4 7-9" class="stroke" />),
  alert: draw(
    <>
      <path d="M8 1.5 15 14H1z" class="fill" />
      <path d="M8 6v3.5M8 11.5v.5" class="cut" />
    </>,
  ),
};

export const Shape = ({ name }: Readonly<{ name: ShapeName }>): JSX.Element => drawings[name];

/** A state in words, with a shape and a colour beside them: each of the three tells it alone. */
export function Status(props: Readonly<{ shape: ShapeName; tone: Tone; children: Content }>): JSX.Element {
  return (
    <span class={`status tone-${props.tone}`}>
      <Shape name={props.shape} />
      <span>{props.children}</span>
    </span>
  );
}

/** A number beside a link, read out with its unit; lists count no further than a hundred, so more than 99 is just that. */
export function Count({ view, count }: Readonly<{ view: View; count: number }>): JSX.Element {
  return (
    <span class="count">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="unseen"> {view.t(text.items(count))}</span>
    </span>
  );
}
