import type { JSX } from 'preact';
import type { Role } from '../../kernel/actor.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { ageOn, displayName } from '../../people/record.ts';
import { DeadlineMark, isOpen, StateMark } from '../../referral/parts.tsx';
import { CaseTabs, type CasePart } from '../../referral/tabs.tsx';
import type { Content } from '../../web/content.ts';
import {
  Button,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  PhoneLink,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Buttons, Notice } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
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
}>;

type FrameProps = CaseProps &
  Readonly<{
    page: Sentence;
    current: CasePart;
    children: Content;
    wide?: boolean;
    /** Requests that a group answered and nobody has taken note of. */
    unseen?: number | undefined;
    counts?: Readonly<Partial<Record<CasePart, number>>>;
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
      state={state}
      wide={props.wide ?? true}
      back={{ href: '/inbox', label: text.back }}
    >
      <CaseLine view={view} one={one} />
      <CaseTabs view={view} id={one.task.id} role={role} current={props.current} counts={props.counts} />
      {trouble === undefined ? null : <Notice view={view} kind="error" title={trouble} live />}
      <ErrorSummary view={view} state={state} />
      {props.unseen === undefined || props.unseen === 0 ? null : <Unseen {...props} unseen={props.unseen} />}
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
      {isOpen(referral) && referral.due !== undefined ? (
        <li>
          <DeadlineMark view={view} referral={referral} />
        </li>
      ) : null}
      {age === undefined ? null : <li>{view.t(text.age(age))}</li>}
      {person.municipality === '' ? null : <li>{person.municipality}</li>}
      {person.phone === undefined ? null : (
        <li>
          <PhoneLink number={person.phone} />
        </li>
      )}
      <li class="soft">{view.t(text.caseNumber(referral.caseNumber))}</li>
    </ul>
  );
}

function Unseen({ view, one, unseen, newId }: CaseProps & Readonly<{ unseen: number }>): JSX.Element {
  const base = `/referrals/${one.task.id}/requests`;
  return (
    <Notice view={view} kind="info" title={text.unseen(unseen)}>
      <p>{view.t(text.unseenNext)}</p>
      <Buttons>
        <Form view={view} action={`${base}/seen`} once={newId()}>
          <HiddenFields values={{ seen: one.referral.version }} />
          <Button small>{view.t(text.confirm)}</Button>
        </Form>
        <LinkButton href={base} kind="secondary" small>
          {view.t(text.unseenShow)}
        </LinkButton>
      </Buttons>
    </Notice>
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
