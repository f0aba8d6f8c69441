import type { JSX } from 'preact';
import type { Role } from '../../kernel/actor.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { LimitsNotice } from '../../people/danger/marks.tsx';
import { dangerText } from '../../people/danger/text.ts';
import { ageOn, displayName } from '../../people/record.ts';
import { isOpen, StateMark } from '../../referral/parts.tsx';
import { CaseTabs, type CasePart } from '../../referral/tabs.tsx';
import type { Content } from '../../web/content.ts';
import { ErrorSummary, LinkButton, PhoneLink, type FormState } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice, Status } from '../../web/parts.tsx';
import { showDate } from '../../web/dates.ts';
import { sayTimeLeft, timeLeft } from '../../referral/deadlines.ts';
import type { View, Words } from '../../web/view.ts';
import { asRead, ReadOnlyNote } from '../../referral/read-only.tsx';
import { UnseenNote } from '../../referral/unseen-note.tsx';
import { isWorkedOn, type Case } from '../case.ts';
import { caseWords as text } from '../text.ts';

/** What every page about a case is drawn from. */
export type CaseProps = Readonly<{
  view: View;
  one: Case;
  role: Role;
  /** Keys of the forms on the page. */
  newId: () => string;
  /** The page's form as typed; without issues where nothing was sent. */
  state: FormState;
  /** Said above the page when somebody else was faster. */
  trouble?: Sentence | undefined;
  /** What to mind before the person is called. */
  caution?: Sentence | undefined;
}>;

type FrameProps = CaseProps &
  Readonly<{
    page: Sentence;
    current: CasePart;
    children: Content;
    wide?: boolean;
    /** The id of the kept form, where one is the page's main part. */
    form?: string | undefined;
    /** Requests that a group answered and nobody has taken note of. */
    unseen?: number | undefined;
    counts?: Readonly<Partial<Record<CasePart, number>>>;
    /** Put before sentences of the error summary that do not name their field. */
    labels?: Readonly<Record<string, Words>>;
    /** False where the page itself says what can be done with a case that is not being worked on. */
    idle?: boolean;
  }>;

/** A page about one case: whose it is and how it stands, the local menu, and what the page is for. */
export function caseFrame(props: FrameProps): string {
  const { view, one, role, page, state, trouble } = props;
  const name = displayName(one.person, view.language);
  const title = text.of(name, view.t(page));
  return renderPage(
    <Frame
      view={view}
      title={title}
      state={asRead(state, one.expired)}
      wide={props.wide ?? true}
      form={props.form}
      back={{ href: '/inbox', label: text.back }}
    >
      <LimitsNotice view={view} person={one.person} />
      <CaseLine view={view} one={one} />
      <CaseTabs view={view} id={one.task.id} role={role} current={props.current} counts={props.counts} />
      {trouble === undefined ? null : <Notice view={view} kind="error" title={trouble} live />}
      <ErrorSummary view={view} state={state} labels={props.labels ?? {}} />
      {isWorkedOn(one.referral) ? <ReadOnlyNote view={view} expired={one.expired} /> : null}
      {props.caution === undefined ? null : <Notice view={view} kind="warning" title={props.caution} />}
      <UnseenNote
        view={view}
        id={one.task.id}
        version={one.referral.version}
        unseen={one.expired === undefined ? (props.unseen ?? 0) : 0}
        isList={props.current === 'requests'}
        newId={props.newId}
      />
      {props.idle === false ? null : <Idle view={view} one={one} />}
      {props.children}
    </Frame>,
  );
}

/** Who it is and how it stands, in one line that wraps. */
function CaseLine({ view, one }: Readonly<{ view: View; one: Case }>): JSX.Element {
  const { person, referral } = one;
  const age = ageOn(person.birthDate, dayInTokyo(view.now));
  return (
    <ul class="case-line">
      <li>
        <StateMark view={view} referral={referral} />
      </li>
      <Due view={view} one={one} />
      {age === undefined ? null : <li>{view.t(text.age(age))}</li>}
      {person.municipality === '' ? null : <li>{person.municipality}</li>}
      {person.sealed ? <li>{view.t(dangerText.sealed)}</li> : null}
      {person.phone === undefined ? null : (
        <li>
          <PhoneLink number={person.phone} />
        </li>
      )}
      <li class="soft">{view.t(text.caseNumber(referral.caseNumber))}</li>
    </ul>
  );
}

/** The deadline on one line, in words, with a mark when it has passed. */
function Due({ view, one }: Readonly<{ view: View; one: Case }>): JSX.Element | null {
  const { due } = one.referral;
  if (due === undefined || !isOpen(one.referral)) return null;
  const left = timeLeft(due, view.now);
  const says = `${view.t(text.next(showDate(due, view.language, { weekday: true })))} ${view.t(sayTimeLeft(left))}`;
  return (
    <li>
      {left.overdue ? (
        <Status shape="alert" tone="bad">
          {says}
        </Status>
      ) : (
        says
      )}
    </li>
  );
}

/** Says why nothing can be written; draws nothing for a case that is being worked on. */
function Idle({ view, one }: Readonly<{ view: View; one: Case }>): JSX.Element | null {
  if (isWorkedOn(one.referral)) return null;
  const isNew = one.referral.status === 'requested';
  return (
    <Notice view={view} kind="info" title={isNew ? text.notAccepted : text.over}>
      <p>{view.t(isNew ? text.notAcceptedNext : text.overNext)}</p>
    </Notice>
  );
}

/** Where a resident link worker has no page: a sentence instead of an error. */
export const notForYouPage = (props: CaseProps): string =>
  caseFrame({
    ...props,
    page: text.notForYou,
    current: 'contacts',
    idle: false,
    children: (
      <Notice view={props.view} kind="info" title={text.notForYou}>
        <p>{props.view.t(text.notForYouNext)}</p>
        <LinkButton href={`/referrals/${props.one.task.id}/contacts`} kind="secondary">
          {props.view.t(text.toContacts)}
        </LinkButton>
      </Notice>
    ),
  });

/** Seldom used, so folded away; open when something in it is to be corrected or was just typed. */
export function Folded(props: Readonly<{ label: string; open?: boolean; children: Content }>): JSX.Element {
  return (
    <details class="folded" open={props.open ?? false}>
      <summary>{props.label}</summary>
      <div class="folded-body">{props.children}</div>
    </details>
  );
}
