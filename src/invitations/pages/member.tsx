import type { JSX } from 'preact';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { showDate, showDateTime } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  LinkButton,
  PhoneLink,
  RadioField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Inviting } from '../programs.ts';
import type { Contact, InvitationList, Invited } from '../queries.ts';
import { text } from '../text.ts';
import { cardOf, memberKana, memberName, MemberState, reasonName, shownCode } from './state.tsx';

type Props = Readonly<{
  view: View;
  state: FormState;
  list: InvitationList;
  program: Inviting | undefined;
  member: Invited;
  contacts: readonly Contact[];
  newId: () => string;
}>;

/** Somebody who is invited: what is known, what was tried, and what they answered. */
export function memberPage(props: Props): string {
  const { view, state, list, member } = props;
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={memberName(view, member)}
      lead={memberKana(view, member)}
      back={{ href: `/invitations/${list.id}`, label: list.title }}
    >
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.member}>
        <Facts
          view={view}
          rows={[
            [text.state, <MemberState view={view} member={member} />],
            [text.born, showDate(member.birth_date, view.language, { era: true })],
            [text.card, cardOf(member)],
            [text.address, [member.postal_code, member.address].filter(Boolean).join(' ')],
            [text.phone, member.phone === '' ? '' : <PhoneLink number={member.phone} />],
            [text.reason, reasonName(view, props.program, member.reason)],
            [text.code, shownCode(member.code)],
          ]}
        />
        {member.slip === null ? null : (
          <Buttons>
            <LinkButton href={`/scans/slips/${member.slip}`} kind="secondary">
              {view.t(member.slip_done === true ? text.seeSlip : text.toSlip)}
            </LinkButton>
          </Buttons>
        )}
      </Panel>
      <Answers {...props} />
      <Called {...props} />
      <Panel view={view} title={text.contacts}>
        {props.contacts.length === 0 ? (
          <p class="soft">{view.t(text.contactsNone)}</p>
        ) : (
          <Table
            view={view}
            caption={text.contacts}
            hideCaption
            columns={[{ label: text.contacts }, { label: text.contactAt, kind: 'date' }]}
            rows={props.contacts.map((one, i) => ({
              key: String(i),
              cells: [
                <div class="state">
                  {view.t(text[one.kind])}
                  <small>{one.by ?? ''}</small>
                </div>,
                showDateTime(one.at, view.language),
              ],
            }))}
          />
        )}
      </Panel>
    </Frame>,
  );
}

function Answers({ view, state, list, member, newId }: Props): JSX.Element {
  const base = `/invitations/${list.id}/members/${member.id}`;
  return (
    <Panel view={view} title={text.answers}>
      <p>{view.t(text.answersLead)}</p>
      {member.agreed_at === null || member.been_at !== null ? (
        <Form view={view} action={`${base}/agreed`} once={newId()}>
          <Buttons>
            <Button kind="secondary">{view.t(text.yes)}</Button>
          </Buttons>
        </Form>
      ) : null}
      {member.been_at === null ? (
        <Form view={view} action={`${base}/been`} once={newId()}>
          <h3>{view.t(text.beenNoted)}</h3>
          <DateField view={view} state={state} name="day" label={text.beenOn} />
          <TextField view={view} state={state} name="place" label={text.beenWhere} maxLength={100} />
          <Buttons>
            <Button kind="secondary">{view.t(text.beenDo)}</Button>
          </Buttons>
        </Form>
      ) : (
        <Form view={view} action={`${base}/not-been`} once={newId()}>
          <p class="hint">{view.t(text.beenBackHint)}</p>
          <Buttons>
            <Button kind="secondary">{view.t(text.beenBack)}</Button>
          </Buttons>
        </Form>
      )}
      <Form view={view} action={`${base}/ended`}>
        <Buttons>
          <Button kind="secondary">{view.t(text.no)}</Button>
        </Buttons>
      </Form>
    </Panel>
  );
}

function Called({ view, state, list, member, newId }: Props): JSX.Element | null {
  if (member.due_on === null || member.due_on > dayInTokyo(view.now)) return null;
  return (
    <Panel view={view} title={text.called}>
      <Form view={view} action={`/invitations/${list.id}/members/${member.id}/called`} once={newId()}>
        <RadioField
          view={view}
          state={state}
          name="kind"
          label={text.how}
          required
          options={(['reached', 'no-answer'] as const).map((value) => ({ value, label: text[value] }))}
        />
        <Buttons>
          <Button>{view.t(text.record)}</Button>
        </Buttons>
      </Form>
    </Panel>
  );
}
