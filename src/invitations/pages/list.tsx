import type { JSX } from 'preact';
import { displayName, readPatient } from '../../people/record.ts';
import { showDate } from '../../web/dates.ts';
import { Button, Buttons, emptyForm, Form, HiddenFields, LinkButton, TextField } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Facts, Notice, Pager, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Inviting } from '../programs.ts';
import { pageSize, type InvitationList, type Invited, type Visited } from '../queries.ts';
import { text } from '../text.ts';
import { memberKana, memberName, MemberState, reasonName } from './state.tsx';

type Props = Readonly<{
  view: View;
  list: InvitationList;
  program: Inviting | undefined;
  members: readonly Invited[];
  visits: readonly Visited[];
  page: number;
  typed: string;
  once: string;
}>;

/** One list: who is on it, their letters, and who came. */
export function listPage(props: Props): string {
  const { view, list, page, typed } = props;
  const shown = props.members.slice(0, pageSize);
  return renderPage(
    <Frame
      view={view}
      wide
      title={list.title}
      back={{ href: '/invitations', label: text.backToLists }}
      actions={
        <LinkButton href={`/invitations/${list.id}/follow-up`} kind="secondary">
          {view.t(text.toFollowUp(list.due))}
        </LinkButton>
      }
    >
      {list.slips === 0 ? null : (
        <Notice view={view} kind="info" title={text.slipsCame(list.slips)}>
          <LinkButton href="/scans#returned" kind="secondary" small>
            {view.t(text.toSlips)}
          </LinkButton>
        </Notice>
      )}
      <Numbers view={view} list={list} />
      <Form view={view} method="get" action={`/invitations/${list.id}`} inline>
        <TextField
          view={view}
          state={emptyForm({ q: typed })}
          name="q"
          label={text.find}
          type="search"
          mark={false}
        />
        <Button kind="secondary">{view.t(text.findButton)}</Button>
        {typed === '' ? null : (
          <LinkButton href={`/invitations/${list.id}`} kind="quiet">
            {view.t(text.showAll)}
          </LinkButton>
        )}
      </Form>
      {shown.length === 0 ? (
        <Empty
          view={view}
          title={typed === '' ? text.nobodyLeft : text.noneFound}
          next={<p>{view.t(typed === '' ? text.nobodyLeftNext : text.noneFoundNext)}</p>}
        />
      ) : (
        <>
          {typed === '' && props.program !== undefined ? (
            <Letters view={view} list={list} page={page} shown={shown} once={props.once} />
          ) : null}
          <Members {...props} members={shown} />
        </>
      )}
      <Pager
        view={view}
        previous={page > 1 ? `/invitations/${list.id}?page=${String(page - 1)}` : undefined}
        next={
          typed === '' && props.members.length > pageSize
            ? `/invitations/${list.id}?page=${String(page + 1)}`
            : undefined
        }
        says={text.pageOf(page)}
      />
      <Visits view={view} visits={props.visits} />
    </Frame>,
  );
}

const Numbers = ({ view, list }: Pick<Props, 'view' | 'list'>): JSX.Element => (
  <Panel view={view} title={text.list}>
    <Facts
      view={view}
      rows={[
        [text.madeOn, showDate(list.made_at, view.language)],
        [text.endsOn, showDate(list.ends_on, view.language)],
        [text.taken, view.t(text.persons(list.taken))],
        [text.left, view.t(text.persons(list.left))],
        [text.agreed, view.t(text.persons(list.agreed))],
        [
          text.been,
          <span class="state">
            {view.t(text.persons(list.been))}
            <small>{view.t(text.beenHint)}</small>
          </span>,
        ],
        [
          text.ended,
          <span class="state">
            {view.t(text.persons(list.ended))}
            <small>{view.t(text.endedHint)}</small>
          </span>,
        ],
        ...(list.lapsed === 0 ? [] : [[text.lapsed, view.t(text.persons(list.lapsed))] as const]),
      ]}
    />
  </Panel>
);

/**
 * What is recorded as sent is what was just printed: those who had their letter, or answered it, are printed again only by
 * the other link.
 */
function Letters({
  view,
  list,
  page,
  shown,
  once,
}: Pick<Props, 'view' | 'list' | 'page' | 'once'> & Readonly<{ shown: readonly Invited[] }>): JSX.Element {
  const unsent = shown.filter((one) => one.sent_on === null);
  const printed = `/invitations/${list.id}/letters.pdf?page=${String(page)}`;
  return (
    <div class="state">
      <Buttons>
        {unsent.length === 0 ? null : (
          <LinkButton href={`${printed}&unsent=yes`} kind="secondary">
            {view.t(text.lettersUnsent(unsent.length))}
          </LinkButton>
        )}
        {unsent.length === shown.length ? null : (
          <LinkButton href={printed} kind={unsent.length === 0 ? 'secondary' : 'quiet'}>
            {view.t(text.lettersAgain(shown.length))}
          </LinkButton>
        )}
      </Buttons>
      {unsent.length === 0 ? null : (
        <Form view={view} action={`/invitations/${list.id}/sent`} once={once}>
          <HiddenFields values={{ ids: unsent.map(({ id }) => id).join(' '), at: String(page) }} />
          <p class="hint">{view.t(text.markSentHint)}</p>
          <Buttons>
            <Button kind="secondary">{view.t(text.markSent(unsent.length))}</Button>
          </Buttons>
        </Form>
      )}
    </div>
  );
}

const Members = ({ view, list, program, members }: Props): JSX.Element => (
  <Table
    view={view}
    caption={list.title}
    hideCaption
    columns={[{ label: text.member }, { label: text.born }, { label: text.reason }, { label: text.state }]}
    rows={members.map((member) => ({
      key: member.id,
      cells: [
        <div class="state">
          <a href={`/invitations/${list.id}/members/${member.id}`}>{memberName(view, member)}</a>
          <small>{memberKana(view, member)}</small>
        </div>,
        showDate(member.birth_date, view.language, { era: true }),
        reasonName(view, program, member.reason),
        <MemberState view={view} member={member} />,
      ],
    }))}
  />
);

const Visits = ({ view, visits }: Pick<Props, 'view' | 'visits'>): JSX.Element => (
  <Panel view={view} id="visits" title={text.visits}>
    <p>{view.t(text.visitsLead)}</p>
    {visits.length === 0 ? (
      <p class="soft">{view.t(text.visitsNone)}</p>
    ) : (
      <Table
        view={view}
        caption={text.visits}
        hideCaption
        columns={[{ label: text.member }, { label: text.cameOn, kind: 'date' }, { label: text.clinic }]}
        rows={visits.map((visit) => ({
          key: visit.patient_id,
          cells: [
            <a href={`/shared/${visit.patient_id}`}>
              {displayName(readPatient(visit.patient), view.language)}
            </a>,
            showDate(visit.came_on, view.language),
            visit.clinic,
          ],
        }))}
      />
    )}
  </Panel>
);
