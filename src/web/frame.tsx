import { renderToString } from 'preact-render-to-string';
import type { JSX } from 'preact';
import type { Language } from '../kernel/sentence.ts';
import { assetUrl } from './assets.ts';
import type { Content } from './content.ts';
import { showDateTime } from './dates.ts';
import { Left } from './left.tsx';
import { Notice } from './notice.tsx';
import type { FormState } from './reading.ts';
import './spoken.ts';
import { shown } from './ruby.tsx';
import { still } from './still.ts';
import { Count } from './status.tsx';
import { text } from './text.ts';
import { speak, type View, type Words } from './view.ts';

export type FrameProps = Readonly<{
  view: View;
  title: Words;
  children: Content;
  /** Uses the whole width, for lists. */
  wide?: boolean | undefined;
  /** One thing a page, larger type, no menu: patients and one-time links. */
  plain?: boolean | undefined;
  back?: Readonly<{ href: string; label: Words }> | undefined;
  /** Replaces the title as the page's h1; `false` when the children bring their own. */
  heading?: Content | undefined;
  /** One sentence under the h1. */
  lead?: Words | undefined;
  /** Buttons beside the h1. */
  actions?: Content | undefined;
  /** The page's form: when it has problems, the window's title says so; when it was left here before, the page does. */
  state?: FormState | undefined;
  /** In the place of the language switch. */
  languages?: Content | undefined;
  /** All letters larger, for whoever wishes so. */
  large?: boolean | undefined;
  /** The id of the page's kept form: another language takes along what is typed there. */
  form?: string | undefined;
}>;

/** Two links of a chain: each passes over the other once. */
const logo = still(
  <svg class="logo" viewBox="0 0 40 24" width="40" height="24" aria-hidden="true" focusable="false">
    <rect class="logo-a" x="2" y="5" width="21" height="14" rx="7" />
    <path class="logo-gap" d="M21 18.3a7 7 0 0 1-3.4-3.5" />
    <rect class="logo-b" x="17" y="5" width="21" height="14" rx="7" />
    <path class="logo-gap" d="M18.4 5.4a7 7 0 0 1 3.3 2.6" />
    <path class="logo-a" d="M15.5 5h.5a7 7 0 0 1 6.7 5" />
  </svg>,
);

const languages: readonly Readonly<{ code: Language; name: string }>[] = [
  { code: 'ja', name: '日本語' },
  { code: 'en', name: 'English' },
];

/** Left out on a page that a form was answered with and nothing brings back. In a form it is one of its buttons. */
function LanguageSwitch({
  view,
  form,
}: Readonly<{ view: View; form: string | undefined }>): JSX.Element | null {
  if (view.path === '/') return null;
  return (
    <ul class="languages" aria-label={view.t(text.language)}>
      {/* Enter in a field presses the form's first button, which must not be another language. */}
      {form === undefined ? null : (
        <li class="unseen" aria-hidden="true">
          <button type="submit" form={form} tabIndex={-1} />
        </li>
      )}
      {languages.map(({ code, name }) => (
        <li key={code}>
          {code === view.language ? (
            <span aria-current="true" lang={code}>
              {name}
            </span>
          ) : form !== undefined ? (
            <button
              type="submit"
              form={form}
              formAction={`/language/${code}`}
              formEncType="application/x-www-form-urlencoded"
              lang={code}
            >
              {name}
            </button>
          ) : (
            <a href={`/language/${code}?to=${encodeURIComponent(view.path)}`} lang={code} hreflang={code}>
              {name}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function Who({ view }: Readonly<{ view: View }>): JSX.Element | null {
  if (view.who === undefined) return null;
  return (
    <div class="who">
      <p>
        <span class="unseen">{view.t(text.signedInAs)}: </span>
        <a class="who-name" href="/account">
          {view.who.name}
        </a>
        <span class="who-post">
          {view.who.organization} · {view.who.post}
        </span>
      </p>
      <form method="post" action="/sign-out">
        {view.csrf === undefined ? null : <input type="hidden" name="_csrf" value={view.csrf} />}
        <button type="submit" class="button quiet small">
          {view.t(text.signOut)}
        </button>
      </form>
    </div>
  );
}

function Nav({ view }: Readonly<{ view: View }>): JSX.Element | null {
  if (view.nav.length === 0) return null;
  return (
    <nav class="nav" aria-label={view.t(text.menu)}>
      <ul>
        {view.nav.map((item) => (
          <li key={item.href}>
            <a href={item.href} {...(item.current ? { 'aria-current': 'page' as const } : {})}>
              {view.t(item.label)}
              {item.count === undefined ? null : <Count view={view} count={item.count} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const settings = still(
  <>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="format-detection" content="telephone=no" />
  </>,
);
const files = still(
  <>
    <link rel="icon" type="image/svg+xml" href={assetUrl('favicon.svg')} />
    {(['tokens.css', 'font-400.css', 'font-700.css', 'app.css'] as const).map((name) => (
      <link key={name} rel="stylesheet" href={assetUrl(name)} />
    ))}
    <script src={assetUrl('enhance.js')} defer />
  </>,
);

function Head({ view, title }: Readonly<{ view: View; title: string }>): JSX.Element {
  return (
    <head>
      {settings}
      <title>{`${title} | ${view.t(text.product)}`}</title>
      {files}
    </head>
  );
}

/** A whole page. The title is the h1 unless `heading` says otherwise. */
export function Frame(props: FrameProps): JSX.Element {
  const { view, plain = false, wide = false } = props;
  const title = speak(view, props.title);
  const failed = (props.state?.issues.length ?? 0) > 0;
  const look = plain ? 'plain' : wide ? 'wide' : 'normal';
  return (
    <html lang={view.language} class={props.large === true ? 'large' : undefined}>
      <Head view={view} title={failed ? `${view.t(text.errorPrefix)}: ${title}` : title} />
      <body class={look}>
        <a class="skip" href="#main">
          {view.t(text.skip)}
        </a>
        <header class="header">
          {view.demo ? <p class="demo">{view.t(text.demo)}</p> : null}
          <div class="bar">
            {plain ? (
              <span class="brand">
                {logo}
                {view.t(text.product)}
              </span>
            ) : (
              <a class="brand" href="/">
                {logo}
                <span class="brand-word">{view.t(text.product)}</span>
              </a>
            )}
            {props.languages ?? <LanguageSwitch view={view} form={props.form} />}
            {plain ? null : <Who view={view} />}
          </div>
          {plain ? null : <Nav view={view} />}
        </header>
        <main id="main" class="main" tabIndex={-1}>
          {props.back === undefined ? null : (
            <a class="back" href={props.back.href}>
              {speak(view, props.back.label)}
            </a>
          )}
          {view.notice === undefined ? null : <Notice view={view} kind="success" title={view.notice} live />}
          {props.heading === false ? null : (
            <div class="page-head">
              <div>
                <h1>{props.heading ?? shown(view, props.title)}</h1>
                {props.lead === undefined ? null : <p class="lead">{shown(view, props.lead)}</p>}
              </div>
              {props.actions === undefined ? null : <div class="buttons">{props.actions}</div>}
            </div>
          )}
          {props.state?.left === undefined ? null : <Left view={view} left={props.state.left} />}
          {props.children}
        </main>
        <footer class="footer">
          <p>{view.t(text.product)}</p>
          <p class="print-only">
            {view.t(text.printed)}: {showDateTime(view.now, view.language)}
          </p>
        </footer>
      </body>
    </html>
  );
}

/** The document as text, with its doctype. */
export const renderPage = (page: JSX.Element): string => `<!doctype html>${renderToString(page)}`;
