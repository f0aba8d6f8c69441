import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  PrintButton,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice, Panel } from '../../web/parts.tsx';
import { QrCode } from '../../web/qr.tsx';
import type { View, Words } from '../../web/view.ts';
import { text } from './text.ts';
import { grouped, totpUri } from './totp.ts';

/** Three steps on one page: open the app, let it read the square, type what it shows. */
export function setUpPage(
  props: Readonly<{
    view: View;
    state: FormState;
    login: string;
    offer: Readonly<{ secret: string; sealed: string }>;
    action: string;
    hidden?: Readonly<Record<string, string>>;
    back: Readonly<{ href: string; label: Words }>;
  }>,
): string {
  const { view, state, offer } = props;
  return renderPage(
    <Frame view={view} title={text.setUpTitle} state={state} back={props.back}>
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.stepOne}>
        <p>{view.t(text.appLead)}</p>
      </Panel>
      <Panel view={view} title={text.stepTwo}>
        <QrCode address={totpUri(offer.secret, props.login)} label={view.t(text.qrLabel)} />
        <p>{view.t(text.cannotScan)}</p>
        <p>
          <code class="to-type">{grouped(offer.secret)}</code>
        </p>
      </Panel>
      <Panel view={view} title={text.stepThree}>
        <Form view={view} action={props.action}>
          <HiddenFields values={{ ...props.hidden, offer: offer.sealed }} />
          <TextField
            view={view}
            state={state}
            name="code"
            label={text.sixFigures}
            required
            mark={false}
            width="short"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={10}
          />
          <Button>{view.t(text.finish)}</Button>
        </Form>
      </Panel>
    </Frame>,
  );
}

/** The sheet of recovery codes, this once. */
export const codesPage = (
  props: Readonly<{ view: View; codes: readonly string[]; next: string }>,
): string => {
  const { view } = props;
  return renderPage(
    <Frame view={{ ...view, path: '/' }} title={text.codesTitle} lead={text.codesLead}>
      <Notice view={view} kind="warning" title={text.codesOnce} />
      <ol class="codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code class="to-copy">{code}</code>
          </li>
        ))}
      </ol>
      <Buttons>
        <PrintButton view={view} />
        <LinkButton href={props.next}>{view.t(text.codesKept)}</LinkButton>
      </Buttons>
    </Frame>,
  );
};
