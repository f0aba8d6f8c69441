import type { JSX } from 'preact';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  RadioField,
  SelectField,
  TextField,
  type FormState,
} from '../../../web/form.tsx';
import { Frame, renderPage } from '../../../web/frame.tsx';
import { Facts, Panel, Status } from '../../../web/parts.tsx';
import type { View } from '../../../web/view.ts';
import { proofs, ways } from '../model.ts';
import type { Checked } from './check.ts';
import { ServerState } from './list-page.tsx';
import type { BodyChoice, ServerLine } from './queries.ts';
import { Why } from './shared-table.tsx';
import { text } from './text.ts';

const back = { href: '/exchange/servers', label: text.title };
const labels = {
  ours: text.ours,
  partner: text.partner,
  way: text.way,
  address: text.address,
  client: text.client,
  proof: text.proof,
  secret: text.secret,
  ourId: text.ourId,
  theirId: text.theirId,
};

type New = Readonly<{ view: View; state: FormState; bodies: readonly BodyChoice[]; once: string }>;

/** A body has a server of its own: between whom, where, and under what name we come. */
export function newServerPage({ view, state, bodies, once }: New): string {
  const field = { view, state };
  const options = bodies.map((one) => ({ value: one.id, label: one.name }));
  return renderPage(
    <Frame view={view} title={text.newTitle} lead={text.noServerNext} back={back} state={state}>
      <ErrorSummary view={view} state={state} labels={labels} />
      <Form view={view} action="/exchange/servers" once={once}>
        <SelectField {...field} name="ours" label={text.ours} options={options} required />
        <SelectField {...field} name="partner" label={text.partner} options={options} required />
        <RadioField
          {...field}
          name="way"
          label={text.way}
          required
          options={ways.map((way) => ({ value: way, label: text[way], hint: text[`${way}Hint`] }))}
        />
        <Connection {...field} secretHint={text.secretHint} />
        <Button>{view.t(text.register)}</Button>
      </Form>
    </Frame>,
  );
}

function Connection({
  view,
  state,
  secretHint,
}: Readonly<{
  view: View;
  state: FormState;
  secretHint: (typeof text)['secretHint'];
}>): JSX.Element {
  const field = { view, state };
  return (
    <>
      <TextField
        {...field}
        name="address"
        type="url"
        label={text.address}
        hint={text.addressHint}
        required
        lang="en"
        maxLength={300}
      />
      <RadioField
        {...field}
        name="proof"
        label={text.proof}
        required
        options={proofs.map((proof) => ({
          value: proof,
          label: proof === 'key' ? text.proofKey : text.proofSecret,
          hint: proof === 'key' ? text.proofKeyHint : text.proofSecretHint,
        }))}
      />
      <TextField
        {...field}
        name="client"
        label={text.client}
        hint={text.clientHint}
        width="medium"
        lang="en"
        maxLength={200}
      />
      <TextField
        {...field}
        name="secret"
        type="password"
        autocomplete="new-password"
        label={text.secret}
        hint={secretHint}
        width="medium"
        maxLength={500}
      />
      <TextField
        {...field}
        name="ourId"
        label={text.ourId}
        hint={text.idHint}
        required
        width="medium"
        lang="en"
        maxLength={64}
      />
      <TextField
        {...field}
        name="theirId"
        label={text.theirId}
        hint={text.idHint}
        required
        width="medium"
        lang="en"
        maxLength={64}
      />
    </>
  );
}

type One = Readonly<{
  view: View;
  line: ServerLine;
  state: FormState;
  newId: () => string;
  checked?: readonly Checked[] | undefined;
  /** What they need of us; the address for notices holds a secret. */
  toThem: Readonly<{ keys: string; kids: readonly string[]; bell: string }>;
}>;

/** One registration: whether it works, and what can be done about it. */
export function serverPage({ view, line, state, newId, checked, toThem }: One): string {
  const at = `/exchange/servers/${line.id}`;
  const formState: FormState =
    state.issues.length > 0
      ? state
      : {
          ...state,
          values: {
            address: line.address,
            client: line.client,
            proof: line.proof,
            ourId: line.our_id,
            theirId: line.their_id,
          },
        };
  return renderPage(
    <Frame view={view} title={line.partner} back={back} state={formState}>
      <ErrorSummary view={view} state={state} labels={labels} />
      <Panel view={view} title={text.state}>
        <Facts
          view={view}
          rows={[
            [text.state, <ServerState view={view} line={line} />],
            [text.ours, line.ours],
            [text.partner, line.partner],
            [text.way, view.t(text[line.way])],
          ]}
        />
        {checked === undefined ? null : (
          <section id="checked" aria-labelledby="checked-title">
            <h3 id="checked-title">{view.t(text.tested)}</h3>
            <Facts
              view={view}
              rows={checked.map((one) => [one.says, <Outcome view={view} one={one} />] as const)}
            />
          </section>
        )}
        <Buttons>
          <Form view={view} action={`${at}/check`} once={newId()}>
            <Button kind="secondary">{view.t(text.test)}</Button>
          </Form>
          <Form view={view} action={`${at}/${line.is_off ? 'on' : 'off'}`} once={newId()}>
            <Button kind="secondary">{view.t(line.is_off ? text.switchOn : text.switchOff)}</Button>
          </Form>
        </Buttons>
      </Panel>
      <Panel view={view} title={text.toThem} id="to-them">
        <Facts
          view={view}
          rows={[...(line.proof === 'key' ? keyRows(view, toThem) : []), ...bellRows(view, line, toThem)]}
        />
      </Panel>
      <Panel view={view} title={text.change}>
        <Form view={view} action={at} once={newId()}>
          <Connection view={view} state={formState} secretHint={text.secretKept} />
          <Button>{view.t(text.save)}</Button>
        </Form>
      </Panel>
    </Frame>,
  );
}

type ToThem = One['toThem'];
const keyRows = (view: View, { keys, kids }: ToThem) =>
  [
    [text.keysAddress, <Given view={view} value={keys} hint={text.keysHint} />],
    [text.keyName, <code>{kids.join(' ')}</code>],
  ] as const;
const bellRows = (view: View, line: ServerLine, { bell }: ToThem) =>
  [
    // Before there is a client id, and while it is off, nobody looks or is told.
    ...(line.client === '' || line.is_off ? [] : [bellState(view, line)]),
    [text.bellAddress, <Given view={view} value={bell} hint={text.bellHint} />],
  ] as const;
const bellState = (view: View, { subscription }: ServerLine) =>
  [
    text.bell,
    <Status tone={subscription === null ? 'info' : 'good'} shape={subscription === null ? 'half' : 'check'}>
      {view.t(subscription === null ? text.bellOff : text.bellOn)}
    </Status>,
  ] as const;

const Given = ({
  view,
  value,
  hint,
}: Readonly<{ view: View; value: string; hint: (typeof text)['keysHint'] }>): JSX.Element => (
  <div class="stack">
    <code>{value}</code>
    <p>{view.t(hint)}</p>
  </div>
);

const Outcome = ({ view, one }: Readonly<{ view: View; one: Checked }>): JSX.Element => (
  <>
    <Status
      tone={one.ok === undefined ? 'neutral' : one.ok ? 'good' : 'bad'}
      shape={one.ok === undefined ? 'circle' : one.ok ? 'check' : 'cross'}
    >
      {view.t(one.ok === undefined ? text.notTried : one.ok ? text.ok : text.notOk)}
    </Status>
    {one.why ? <Why view={view} fault={one.why} /> : null}
  </>
);
