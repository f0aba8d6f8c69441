import type { JSX } from 'preact';
import { Button, Buttons, Form, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice, Panel, Status } from '../../web/parts.tsx';
import type { Sentence } from '../../kernel/sentence.ts';
import type { View } from '../../web/view.ts';
import { text } from './text.ts';

/** Where the pages about the outside account stand. */
export const outside = {
  start: '/sign-in/outside',
  callback: '/sign-in/outside/callback',
  connect: '/account/outside',
} as const;

/** The way to sign in with the outside account, on the sign-in page. */
export const OutsideLink = ({ view, to }: Readonly<{ view: View; to: string }>): JSX.Element => (
  <Buttons>
    <LinkButton href={`${outside.start}?to=${encodeURIComponent(to)}`} kind="secondary">
      {view.t(text.signIn)}
    </LinkButton>
  </Buttons>
);

/** Among one's own proofs: connected or not, and the way to change it. */
export function OutsidePanel(
  props: Readonly<{ view: View; bound: boolean; newId: () => string }>,
): JSX.Element {
  const { view, bound } = props;
  const mark = (
    <Status shape={bound ? 'check' : 'circle'} tone={bound ? 'good' : 'neutral'}>
      {view.t(bound ? text.connected : text.notConnected)}
    </Status>
  );
  return (
    <Panel view={view} title={text.title} aside={mark}>
      <p>{view.t(text.lead)}</p>
      {bound ? (
        <Form view={view} action={`${outside.connect}/remove`} once={props.newId()}>
          <Button kind="secondary">{view.t(text.disconnect)}</Button>
        </Form>
      ) : (
        <LinkButton href={outside.connect} kind="secondary">
          {view.t(text.connect)}
        </LinkButton>
      )}
    </Panel>
  );
}

/**
 * Asked before an identity is bound to somebody who is signed in: a page of somebody else's could have led this browser
 * into an account of theirs.
 */
export const connectPage = (props: Readonly<{ view: View; label: string; once: string }>): string => {
  const { view } = props;
  return renderPage(
    <Frame view={{ ...view, path: '/' }} title={text.connectTitle} lead={text.connectLead(props.label)}>
      <Form view={view} action={outside.connect} once={props.once}>
        <Button>{view.t(text.connectYes)}</Button>
      </Form>
    </Frame>,
  );
};

/** Signing in outside came to nothing; says why and what to do. */
export const failedPage = (view: View, says: Sentence): string =>
  renderPage(
    <Frame view={{ ...view, path: '/' }} title={text.title}>
      <Notice view={view} kind="warning" title={says} />
      <Buttons>
        <LinkButton href="/sign-in" kind="secondary">
          {view.t(text.back)}
        </LinkButton>
      </Buttons>
    </Frame>,
  );
