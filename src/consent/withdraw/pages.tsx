import type { JSX } from 'preact';
import { joinSentences, type Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  Buttons,
  CheckField,
  Dependent,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Given } from '../record.ts';
import { itemNames, recipientNames } from '../text.ts';
import { scopeQuery, withdrawalNames, withdrawalReasons, type Scope } from './form.ts';
import type { Effect, Preview } from './preview.ts';
import { text } from './text.ts';

type Common = Readonly<{
  view: View;
  state: FormState;
  /** The name of the person, if the reader may see it. */
  lead: string;
  /** Where the pages of this withdrawal begin: `/consents/:id/withdraw`, or below the person's own link. */
  base: string;
  back: Readonly<{ href: string; label: Sentence }>;
  /** The person reads it themselves; `keep` is where they go who keep the consent. */
  themselves?: Readonly<{ keep: string }> | undefined;
}>;

/** First page: what of the consent is taken back. */
export function scopePage(
  props: Common & Readonly<{ given: Given; bodies: ReadonlyMap<string, string> }>,
): string {
  const { view, state, given, themselves } = props;
  const { lead, back } = props;
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={text.title}
      lead={lead}
      back={back}
      plain={themselves !== undefined}
    >
      <ErrorSummary view={view} state={state} />
      <p>{view.t(themselves ? text.leadThemselves : text.lead)}</p>
      <Form view={view} method="get" action={`${props.base}/check`}>
        <ScopeFields view={view} state={state} given={given} bodies={props.bodies} />
        <Buttons>
          <Button>{view.t(text.next)}</Button>
          <LinkButton href={props.back.href} kind="quiet">
            {view.t(text.keep)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}

const inPart = {
  behavior: 'any' as const,
  conditions: [{ question: 'scope', operator: '=' as const, answer: 'part' }],
};

const ScopeFields = (
  props: Readonly<{ view: View; state: FormState; given: Given; bodies: ReadonlyMap<string, string> }>,
): JSX.Element => {
  const { view, state, given, bodies } = props;
  return (
    <>
      <RadioField
        view={view}
        state={state}
        name="scope"
        label={text.scope}
        required
        options={[
          { value: 'whole', label: text.whole },
          { value: 'part', label: text.part },
        ]}
      />
      <Dependent when={inPart}>
        <CheckField
          view={view}
          state={state}
          name="recipient"
          label={text.fromWhom}
          hint={text.fromWhomHint}
          options={[
            ...given.recipients.map((value) => ({ value, label: recipientNames[value] })),
            ...given.recipientIds.map((value) => {
              const name = bodies.get(value) ?? '';
              return { value, label: { ja: name, en: name } };
            }),
          ]}
        />
        <CheckField
          view={view}
          state={state}
          name="item"
          label={text.what}
          hint={text.whatHint}
          options={given.items.map((value) => ({ value, label: itemNames[value] }))}
        />
      </Dependent>
    </>
  );
};

/** Second page: what will happen, to whom; nothing has happened yet. */
export function checkPage(
  props: Common &
    Readonly<{
      scope: Scope;
      preview: Preview;
      seen: string;
      once: string;
      /** The reader belongs to a body that loses sight. */
      losesSight: boolean;
      /** Asks who wanted it; the person need not say. */
      asksWhy: boolean;
    }>,
): string {
  const { view, state, preview, scope, themselves, lead, back } = props;
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={text.checkTitle}
      lead={lead}
      back={back}
      plain={themselves !== undefined}
    >
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.who}>
        {preview.effects.length === 0 ? (
          <p>{view.t(themselves ? text.nobodyThemselves : text.nobody)}</p>
        ) : (
          <Effects view={view} effects={preview.effects} />
        )}
        {props.losesSight ? <p>{view.t(text.yourself)}</p> : null}
      </Panel>
      <Panel view={view} title={text.ends}>
        <ul>
          {preview.ending.map((one) => (
            <li key={one.id}>{view.t(text.endsReferral(one.office))}</li>
          ))}
          <li>{view.t(text.endsRequests)}</li>
        </ul>
      </Panel>
      <Panel view={view} title={text.told}>
        <p>{view.t(text.toldWhom)}</p>
      </Panel>
      <Panel view={view} title={text.stays}>
        <ul>
          <li>{view.t(themselves ? text.remainsThemselves : text.remains)}</li>
          {preview.others > 0 ? <li>{view.t(text.otherConsents(preview.others))}</li> : null}
          <li>{view.t(themselves ? text.notUndoneThemselves : text.notUndone)}</li>
        </ul>
      </Panel>
      <Form view={view} action={props.base} once={props.once}>
        <HiddenFields values={{ seen: props.seen, chosen: scopeQuery(scope) }} />
        {props.asksWhy ? <Why view={view} state={state} /> : null}
        <Buttons>
          <Button kind="danger">{view.t(text.confirm)}</Button>
          <LinkButton href={themselves?.keep ?? back.href} kind="quiet">
            {view.t(themselves ? text.keep : text.change)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}

const Why = ({ view, state }: Readonly<{ view: View; state: FormState }>): JSX.Element => (
  <>
    <RadioField
      view={view}
      state={state}
      name="why"
      label={text.why}
      required
      options={withdrawalReasons.map((value) => ({ value, label: withdrawalNames[value] }))}
    />
    <TextField view={view} state={state} name="note" label={text.note} hint={text.noteHint} lang="ja" />
  </>
);

const Effects = ({ view, effects }: Readonly<{ view: View; effects: readonly Effect[] }>): JSX.Element => (
  <Table
    view={view}
    caption={text.who}
    hideCaption
    columns={[{ label: text.body }, { label: text.effect }]}
    rows={effects.map((one) => ({
      key: `${one.name} ${one.kind}`,
      cells: [
        <>{one.kind === 'resident' ? `${one.name}（${view.t(text.residents)}）` : one.name}</>,
        <>{view.t(effectOf(one))}</>,
      ],
    }))}
  />
);

const effectOf = ({ isClosed, loses }: Effect): Sentence => {
  if (isClosed) return text.seesNothing;
  if (loses.length === 0) return text.seesSame;
  const names = joinSentences(loses.map((item) => itemNames[item]));
  return { ja: text.seesLess(names.ja).ja, en: text.seesLess(names.en).en };
};
