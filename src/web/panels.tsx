import type { JSX } from 'preact';
import type { Content } from './content.ts';
import { Shape } from './status.tsx';
import { text } from './text.ts';
import { shown } from './ruby.tsx';
import { speak, type View, type Words } from './view.ts';

/** A part of a page under its own heading. `aside` stands at the right of the heading: a link, a status. */
export function Panel(
  props: Readonly<{
    view: View;
    title: Words;
    children: Content;
    id?: string | undefined;
    aside?: Content | undefined;
    /** `quiet` has no frame around it. */
    kind?: 'framed' | 'quiet' | undefined;
  }>,
): JSX.Element {
  return (
    <section class={`panel ${props.kind ?? 'framed'}`} id={props.id}>
      <div class="panel-head">
        <h2>{speak(props.view, props.title)}</h2>
        {props.aside === undefined ? null : <div class="panel-aside">{props.aside}</div>}
      </div>
      {props.children}
    </section>
  );
}

const isNothing = (value: Content): boolean =>
  value === undefined || value === null || value === '' || value === false;

/** Facts by name. A fact that is not known shows a dash, so that a gap is seen to be one. */
export function Facts(
  props: Readonly<{ view: View; rows: readonly (readonly [label: Words, value: Content])[] }>,
): JSX.Element {
  return (
    <dl class="facts">
      {props.rows.map(([label, value], i) => (
        <div key={i}>
          <dt>{speak(props.view, label)}</dt>
          <dd>{isNothing(value) ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Everything somebody answered, each with a way back to change it. */
export function CheckAnswers(
  props: Readonly<{
    view: View;
    rows: readonly Readonly<{
      label: Words;
      value: Content;
      changeHref?: string | undefined;
    }>[];
  }>,
): JSX.Element {
  const { view } = props;
  return (
    <dl class="facts answers">
      {props.rows.map((row, i) => (
        <div key={i}>
          <dt>{shown(view, row.label)}</dt>
          <dd>{isNothing(row.value) ? '—' : row.value}</dd>
          {row.changeHref === undefined ? null : (
            <dd class="change">
              <a href={row.changeHref} aria-label={view.t(text.changeOf(speak(view, row.label)))}>
                {view.t(text.change)}
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** Nothing here yet: says so, and what to do next. */
export function Empty(
  props: Readonly<{ view: View; title: Words; next?: Content | undefined }>,
): JSX.Element {
  return (
    <div class="empty">
      <p class="empty-title">{speak(props.view, props.title)}</p>
      {props.next === undefined ? null : <div class="empty-next">{props.next}</div>}
    </div>
  );
}

/** It is done: the h1 of a page with `heading={false}`, and below it what happens next. */
export function Confirmation(
  props: Readonly<{ view: View; title: Words; children?: Content | undefined }>,
): JSX.Element {
  return (
    <div class="confirmation">
      <Shape name="check" />
      <h1>{speak(props.view, props.title)}</h1>
      {props.children}
    </div>
  );
}
