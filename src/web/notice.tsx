import type { JSX } from 'preact';
import type { Content } from './content.ts';
import { Shape } from './status.tsx';
import { speak, type View, type Words } from './view.ts';

const looks = {
  success: { shape: 'check', tone: 'good' },
  info: { shape: 'circle', tone: 'info' },
  warning: { shape: 'alert', tone: 'warn' },
  error: { shape: 'cross', tone: 'bad' },
} as const;

/** Something to know before reading on. `live` has it read out when the page opens. */
export function Notice(
  props: Readonly<{
    view: View;
    kind: keyof typeof looks;
    title: Words;
    children?: Content;
    live?: boolean | undefined;
  }>,
): JSX.Element {
  const { shape, tone } = looks[props.kind];
  return (
    <div class={`notice tone-${tone}`} {...(props.live === true ? { role: 'status' as const } : {})}>
      <Shape name={shape} />
      <div>
        <p class="notice-title">{speak(props.view, props.title)}</p>
        {props.children}
      </div>
    </div>
  );
}
