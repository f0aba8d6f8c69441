import { showDate } from '../../web/dates.ts';
import { Button, Buttons, Form, HiddenFields, LinkButton, PhoneLink } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Inviting } from '../programs.ts';
import type { InvitationList, Invited } from '../queries.ts';
import { text } from '../text.ts';
import { memberKana, memberName, MemberState } from './state.tsx';

type Props = Readonly<{
  view: View;
  list: InvitationList;
  program: Inviting;
  members: readonly Invited[];
  once: string;
}>;

/** Whom to write to or call again, because no visit is known of. */
export function followUpPage({ view, list, program, members, once }: Props): string {
  const { workingDays, most } = program.invitations.followUp;
  const base = `/invitations/${list.id}`;
  return renderPage(
    <Frame
      view={view}
      wide
      title={text.followUpTitle}
      lead={text.followUpLead(workingDays, most)}
      back={{ href: base, label: list.title }}
    >
      {members.length === 0 ? (
        <Empty view={view} title={text.followUpNone} next={<p>{view.t(text.followUpNoneNext)}</p>} />
      ) : (
        <>
          <Buttons>
            <LinkButton href={`${base}/reminders.pdf`} kind="secondary">
              {view.t(text.reminders)}
            </LinkButton>
          </Buttons>
          <Form view={view} action={`${base}/reminded`} once={once}>
            <HiddenFields values={{ ids: members.map(({ id }) => id).join(' ') }} />
            <p class="hint">{view.t(text.markSentHint)}</p>
            <Buttons>
              <Button kind="secondary">{view.t(text.markReminded(members.length))}</Button>
            </Buttons>
          </Form>
          <Table
            view={view}
            caption={text.followUpTitle}
            hideCaption
            columns={[
              { label: text.member },
              { label: text.phone },
              { label: text.state },
              { label: text.waitsSince, kind: 'date' },
            ]}
            rows={members.map((member) => ({
              key: member.id,
              cells: [
                <div class="state">
                  <a href={`${base}/members/${member.id}`}>{memberName(view, member)}</a>
                  <small>{memberKana(view, member)}</small>
                </div>,
                member.phone === '' ? '—' : <PhoneLink number={member.phone} />,
                <MemberState view={view} member={member} />,
                member.due_on === null ? '' : showDate(member.due_on, view.language),
              ],
            }))}
          />
        </>
      )}
    </Frame>,
  );
}
