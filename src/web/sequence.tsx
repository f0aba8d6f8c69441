import type { JSX } from 'preact';
import type { Content } from './content.ts';
import { Count, Shape, type Tone } from './status.tsx';
import { text } from './text.ts';
import { speak, type View, type Words } from './view.ts';

/** Views of one list, as links. */
export function Tabs(
  props: Readonly<{
    view: View;
    label: Words;
    tabs: readonly Readonly<{ href: string; label: Words; current: boolean; count?: number | undefined }>[];
  }>,
): JSX.Element {
  const { view } = props;
  return (
    <nav class="tabs" aria-label={speak(view, props.label)}>
      <ul>
        {props.tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} {...(tab.current ? { 'aria-current': 'page' as const } : {})}>
              {speak(view, tab.label)}
              {tab.count === undefined ? null : <Count view={view} count={tab.count} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export type TimelineItem = Readonly<{
  /** As people read it. */
  at: string;
  /** The same for machines: ISO 8601. */
  datetime: string;
  title: Content;
  body?: Content | undefined;
  tone?: Tone | undefined;
}>;

/** What happened, in the order given. */
export function Timeline({ items }: Readonly<{ items: readonly TimelineItem[] }>): JSX.Element {
  return (
    <ol class="timeline">
      {items.map((item, i) => (
        <li key={i} class={`tone-${item.tone ?? 'neutral'}`}>
          <time dateTime={item.datetime}>{item.at}</time>
          <p class="timeline-title">{item.title}</p>
          {item.body === undefined ? null : <div class="timeline-body">{item.body}</div>}
        </li>
      ))}
    </ol>
  );
}

/** Where one stands in something of several steps. */
export function Steps(
  props: Readonly<{
    view: View;
    steps: readonly Readonly<{
      label: Words;
      state: 'done' | 'current' | 'todo';
      href?: string | undefined;
    }>[];
  }>,
): JSX.Element {
  const { view } = props;
  return (
    <ol class="steps">
      {props.steps.map((step, i) => (
        <li
          key={i}
          class={step.state}
          {...(step.state === 'current' ? { 'aria-current': 'step' as const } : {})}
        >
          <span class="step-mark" aria-hidden="true">
            {step.state === 'done' ? <Shape name="check" /> : i + 1}
          </span>
          <span>
            {step.href === undefined ? (
              speak(view, step.label)
            ) : (
              <a href={step.href}>{speak(view, step.label)}</a>
            )}
            <span class="unseen"> ({view.t(text[step.state])})</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** How much of something is done: `value` of `max`. The label says it in words. */
export function Progress(
  props: Readonly<{ view: View; value: number; max: number; label: Words }>,
): JSX.Element {
  const label = speak(props.view, props.label);
  return (
    <div class="progress">
      <span aria-hidden="true">{label}</span>
      <progress value={props.value} max={props.max} aria-label={label} />
    </div>
  );
}
