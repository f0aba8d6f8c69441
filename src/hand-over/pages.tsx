import type { JSX } from 'preact';
import { displayName, type ReadBody } from '../people/record.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { isWritable } from '../support/case.ts';
import { showDate } from '../web/dates.ts';
import {
  Button,
  Buttons,
  Dependent,
  emptyForm,
  ErrorSummary,
  Form,
  LinkButton,
  RadioField,
  SelectField,
  SingleCheck,
  TextArea,
  TextField,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Panel, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { asIs, joinSentences } from '../kernel/sentence.ts';
import { windowKinds } from './form.ts';
import type { CaseToHand, Said } from './gather.ts';
import type { ReadHandOver } from './record.ts';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  hand: CaseToHand;
  bodies: readonly ReadBody[];
  typed: string;
  /** The most that stands on the sheet. */
  said: Said;
  made: readonly ReadHandOver[];
  once: string;
}>;

/** Makes a hand-over sheet from a case, and shows those that were made. */
export function handOverPage(props: Props): string {
  const { view, state, hand } = props;
  const { one, handOver } = hand;
  const base = `/referrals/${one.task.id}`;
  return renderPage(
    <Frame
      view={view}
      state={state}
      form="handing"
      title={handOver.title}
      lead={displayName(one.person, view.language)}
      back={{ href: base, label: text.back }}
    >
      <LimitsNotice view={view} person={one.person} />
      <ErrorSummary view={view} state={state} />
      {isWritable(one) ? <Making {...props} /> : null}
      <p>
        <LinkButton href={`${base}/hand-over/blank.pdf`} kind="secondary" small>
          {view.t(text.blank)}
        </LinkButton>
      </p>
      <Panel view={view} id="made" title={text.before}>
        {props.made.length === 0 ? (
          <p class="soft">{view.t(text.none)}</p>
        ) : (
          <Table
            view={view}
            caption={text.before}
            hideCaption
            columns={[{ label: text.to }, { label: text.madeOn, kind: 'date' }, { label: text.print }]}
            rows={props.made.map((sheet) => ({
              key: sheet.id,
              cells: [
                sheet.to.name,
                showDate(sheet.at, view.language),
                <LinkButton href={`${base}/hand-over/${sheet.id}.pdf`} kind="secondary" small>
                  {view.t(text.print)}
                </LinkButton>,
              ],
            }))}
          />
        )}
      </Panel>
    </Frame>,
  );
}

function Making(props: Props): JSX.Element {
  const { view, state, hand, bodies, once } = props;
  const base = `/referrals/${hand.one.task.id}/hand-over`;
  const field = { view, state };
  return (
    <>
      <p>{view.t(text.what)}</p>
      <Form view={view} method="get" action={`${base}#handing`} inline>
        <TextField
          view={view}
          state={emptyForm({ q: props.typed })}
          name="q"
          label={text.search}
          hint={text.searchHint}
          type="search"
          mark={false}
        />
        <Button kind="secondary">{view.t(text.find)}</Button>
      </Form>
      <Form view={view} action={base} once={once} id="handing" kept>
        <RadioField
          {...field}
          name="to"
          label={text.to}
          required
          options={[
            ...bodies.map((body) => ({ value: body.id, label: body.name })),
            { value: 'typed', label: text.typed },
          ]}
        />
        <Dependent
          when={{ behavior: 'all', conditions: [{ question: 'to', operator: '=', answer: 'typed' }] }}
        >
          <TextField {...field} name="name" label={text.name} mark={false} lang="ja" />
          <SelectField
            {...field}
            name="kind"
            label={text.kind}
            mark={false}
            width="full"
            options={windowKinds.map((value) => ({ value, label: text[value] }))}
          />
          <TextField {...field} name="phone" label={text.phone} type="tel" width="medium" mark={false} />
          <TextField {...field} name="fax" label={text.fax} type="tel" width="medium" mark={false} />
        </Dependent>
        <TextArea {...field} name="reason" label={text.reason} required rows={4} maxLength={250} />
        <TextArea {...field} name="asked" label={text.asked} required rows={3} maxLength={150} />
        <SaidPanel view={view} said={props.said} />
        <SingleCheck {...field} name="agreed" label={text.agreed} required />
        <Buttons>
          <Button>{view.t(text.save)}</Button>
        </Buttons>
      </Form>
    </>
  );
}

const listed = (view: View, words: readonly string[]): string => view.t(joinSentences(words.map(asIs)));

const SaidPanel = ({ view, said }: Pick<Props, 'view' | 'said'>): JSX.Element => (
  <Panel view={view} title={text.says}>
    <p>
      {view.t(text.lead)} {view.t(text.saysLead)}
    </p>
    <Facts
      view={view}
      rows={[
        [text.needs, listed(view, said.needs)],
        [text.summary, said.summary],
        [text.goals, listed(view, said.goals)],
      ]}
    />
  </Panel>
);
