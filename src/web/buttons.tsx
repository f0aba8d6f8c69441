import type { JSX } from 'preact';
import type { Content } from './content.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

type Kind = 'primary' | 'secondary' | 'danger' | 'quiet';

export function Button(
  props: Readonly<{
    children: Content;
    kind?: Kind | undefined;
    name?: string | undefined;
    value?: string | undefined;
    /** Sends the form to another address than its own. */
    formAction?: string | undefined;
    small?: boolean | undefined;
  }>,
): JSX.Element {
  return (
    <button
      type="submit"
      class={`button ${props.kind ?? 'primary'}${props.small === true ? ' small' : ''}`}
      name={props.name}
      value={props.value}
      formAction={props.formAction}
    >
      {props.children}
    </button>
  );
}

/** An address that can only lead somewhere, never run something. */
export const safeHref = (href: string): string =>
  /^(?:\/(?!\/)|#|\?|https?:\/\/|tel:|mailto:)/i.test(href) ? href : '#';

/** A link that looks like a button: goes to a page, changes nothing. */
export function LinkButton(
  props: Readonly<{ href: string; children: Content; kind?: Kind | undefined; small?: boolean | undefined }>,
): JSX.Element {
  return (
    <a
      class={`button ${props.kind ?? 'primary'}${props.small === true ? ' small' : ''}`}
      href={safeHref(props.href)}
    >
      {props.children}
    </a>
  );
}

/** Buttons in a row that wraps. */
export function Buttons({ children }: Readonly<{ children: Content }>): JSX.Element {
  return <div class="buttons">{children}</div>;
}

/** Appears only where script runs: without it the browser's own print command serves. */
export function PrintButton({ view }: Readonly<{ view: View }>): JSX.Element {
  return (
    <button type="button" class="button secondary" data-print hidden>
      {view.t(text.print)}
    </button>
  );
}

/** A web address somebody typed in. Anything but http and https is shown as text only. */
export function WebLink({ href, children }: Readonly<{ href: string; children?: Content }>): JSX.Element {
  if (!/^https?:\/\//i.test(href)) return <span>{href}</span>;
  return (
    <a href={href} rel="noopener noreferrer external">
      {children ?? href}
    </a>
  );
}

export function PhoneLink({ number }: Readonly<{ number: string }>): JSX.Element {
  const dial = number.normalize('NFKC').replaceAll(/[^\d+]/g, '');
  return dial === '' ? <span>{number}</span> : <a href={`tel:${dial}`}>{number}</a>;
}
