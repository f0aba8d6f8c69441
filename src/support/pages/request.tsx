import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { LimitsNotice } from '../../people/danger/marks.tsx';
import { displayName, type ReadPatient } from '../../people/record.ts';
import type { Referral } from '../../referral/record.ts';
import { outcomes } from '../../referral/workflow.ts';
import { asRead, ReadOnlyNote } from '../../referral/read-only.tsx';
import { showDate, showDateTime } from '../../web/dates.ts';
import {
  Button,
  emptyForm,
  ErrorSummary,
  Form,
  HiddenFields,
  PhoneLink,
  RadioField,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Facts, Notice, Panel, Timeline } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { contactKindNames, contactKinds, type Contact } from '../record.ts';
import { isOpenRequest, type AskedResource } from '../requests.ts';
import { requestWords as text } from '../request-text.ts';
import { caseWords } from '../text.ts';
import { contactItem } from './contacts.tsx';
import { MoveForm } from './move-form.tsx';
import { RequestState } from './requests.tsx';

type Props = Readonly<{
  view: View;
  one: AskedResource;
  person: ReadPatient | undefined;
  /** The referral it belongs to. */
  parent: Referral | undefined;
  notes: readonly Contact[];
  names: ReadonlyMap<string, string>;
  newId: () => string;
  state: FormState;
  /** Which form the state belongs to. */
  failed: 'move' | 'note' | undefined;
  trouble?: Sentence | undefined;
  /** The last day of the consent, once it is over and the request can only be read. */
  expired: string | undefined;
}>;

/** One request to a group, for the office that made it. */
export function requestPage(props: Props): string {
  const { view, one, person, state, trouble } = props;
  const { referral } = one;
  return renderPage(
    <Frame
      view={view}
      title={text.one(one.name)}
      state={asRead(state, props.expired)}
      wide
      {...(person === undefined ? {} : { lead: caseWords.person(displayName(person, view.language)) })}
      back={{ href: `/referrals/${referral.partOf ?? ''}/requests`, label: text.backToCase }}
    >
      {trouble === undefined ? null : <Notice view={view} kind="error" title={trouble} live />}
      <ErrorSummary view={view} state={state} />
      {isOpenRequest(referral) ? <ReadOnlyNote view={view} expired={props.expired} /> : null}
      <LimitsNotice view={view} person={person} />
      <div class="columns">
        <Shown {...props} />
        {isOpenRequest(referral) ? (
          props.expired === undefined ? (
            <MoveForm
              view={view}
              one={one}
              state={props.failed === 'move' ? state : emptyForm()}
              once={props.newId()}
              action={`/requests/${referral.id}`}
            />
          ) : null
        ) : (
          <Panel view={view} title={text.record}>
            <p>{view.t(text.ended)}</p>
          </Panel>
        )}
      </div>
      <FollowUp {...props} />
    </Frame>,
  );
}

function Shown({ view, one, parent, newId, expired }: Props): JSX.Element {
  const { referral, resource, body, asked } = one;
  const phone = resource?.contact.phone ?? body?.phone;
  const isAnswered = referral.status !== 'requested';
  const outcome = referral.outcomes.map((o) =>
    [o.code === undefined ? '' : view.t(outcomes[o.code]), o.text].filter(Boolean).join('：'),
  );
  return (
    <Panel view={view} title={text.state}>
      <Facts
        view={view}
        rows={[
          [text.state, <RequestState view={view} referral={referral} />],
          [text.wish, asked?.reason],
          ...(referral.notes.length === 0 ? [] : [[text.note, referral.notes.join('\n')] as const]),
          ...(referral.reason === undefined ? [] : [[text.reason, referral.reason.text] as const]),
          ...(outcome.length === 0 ? [] : [[text.outcome, outcome.join('\n')] as const]),
          [text.sent, showDateTime(referral.authoredOn, view.language)],
          ...(referral.due === undefined
            ? []
            : [[text.due, showDate(referral.due, view.language, { weekday: true })] as const]),
          [text.group, body?.name],
          [text.phone, phone === undefined ? undefined : <PhoneLink number={phone} />],
          [text.number, referral.caseNumber],
          ...(parent === undefined
            ? []
            : [[text.caseNumber, <a href={`/referrals/${parent.id}`}>{parent.caseNumber}</a>] as const]),
        ]}
      />
      {isOpenRequest(referral) && expired === undefined ? (
        <Form view={view} action={`/requests/${referral.id}/sheet.pdf`} once={newId()}>
          <Button kind="secondary">{view.t(isAnswered ? text.printReach : text.print)}</Button>
          <p class="hint">{view.t(isAnswered ? text.printReachHint : text.printHint)}</p>
        </Form>
      ) : null}
    </Panel>
  );
}

function FollowUp(props: Props): JSX.Element {
  const { view, one, notes, names, newId, failed } = props;
  const state = failed === 'note' ? props.state : emptyForm({ kind: 'reached' });
  const field = { view, state };
  return (
    <Panel view={view} title={text.follow}>
      {notes.length === 0 ? (
        <Empty view={view} title={text.followNone} />
      ) : (
        <Timeline items={notes.map((n) => contactItem(view, n, names))} />
      )}
      {props.expired === undefined ? (
        <Form view={view} action={`/requests/${one.referral.id}`} once={newId()} kept>
          <HiddenFields values={{ form: 'note' }} />
          <RadioField
            {...field}
            name="kind"
            label={text.followKind}
            inline
            options={contactKindNames.map((k) => ({ value: k, label: contactKinds[k] }))}
          />
          <TextArea
            {...field}
            name="text"
            label={text.followText}
            hint={text.followHint}
            required
            rows={3}
            maxLength={1000}
          />
          <Button kind="secondary">{view.t(text.followWrite)}</Button>
        </Form>
      ) : null}
    </Panel>
  );
}
