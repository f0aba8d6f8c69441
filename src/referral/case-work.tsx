import type { JSX } from 'preact';
import type { Sentence } from '../kernel/sentence.ts';
import {
  Button,
  DateField,
  Dependent,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SelectField,
  TextArea,
  type FormState,
} from '../web/form.tsx';
import { Buttons, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Case } from './case.ts';
import { needsReason } from './move-form.ts';
import { isOpen } from './parts.tsx';
import { caseText as text } from './case-text.ts';
import {
  reasons,
  reasonsToChoose,
  referralMoves,
  type ReferralMove,
  type Status,
  type Step,
} from './workflow.ts';

type Props = Readonly<{
  view: View;
  shown: Case;
  state: FormState;
  newId: () => string;
  /** Its program knows a network of offices, among which it can be passed on. */
  passes: boolean;
}>;

/** What this side can do now: one press where that is enough, a reason where one is needed, another hand. */
export function MovePanel(props: Props): JSX.Element {
  const { view, shown } = props;
  const { referral, moves, side, colleagues } = shown;
  const pressed = moves.filter((m) => !needsReason(m) && m !== 'complete');
  // A resident link worker tells the office; a professional closes.
  const closes = moves.includes('complete') && shown.role !== 'neighbour';
  const inTouch = side === 'receiver' && ['accepted', 'in-progress'].includes(referral.status);
  const onward = side === 'receiver' && shown.role !== 'neighbour' ? onwardOf[referral.step] : undefined;
  const reasoned = moves.filter(needsReason);
  const others = colleagues.filter((c) => c.id !== referral.assignee);
  return (
    <>
      <Panel view={view} title={text.todo} id="todo">
        <p>{view.t(todo(shown))}</p>
        {pressed.length === 0 && !closes && !inTouch ? null : (
          <Buttons>
            {inTouch ? (
              <LinkButton href={`/referrals/${referral.id}/contacts`}>{view.t(text.logContact)}</LinkButton>
            ) : null}
            {inTouch && onward ? (
              <LinkButton href={`/referrals/${referral.id}/${onward.page}`} kind="secondary">
                {view.t(onward.says)}
              </LinkButton>
            ) : null}
            {pressed.map((move) => (
              <Form key={move} view={view} action={`/referrals/${referral.id}`} once={props.newId()}>
                <HiddenFields values={{ move, seen: referral.version }} />
                <Button kind={inTouch ? 'secondary' : 'primary'}>{view.t(referralMoves[move].says)}</Button>
              </Form>
            ))}
            {closes ? (
              <LinkButton href={`/referrals/${referral.id}/close`} kind="secondary">
                {view.t(text.close)}
              </LinkButton>
            ) : null}
          </Buttons>
        )}
        {side === 'receiver' && isOpen(referral) && others.length > 0 ? (
          <Folded view={view} label={text.handOver} open={failedAt(props.state, ['assignee'])}>
            <HandForm {...props} />
          </Folded>
        ) : null}
        {props.passes && side === 'receiver' && shown.role === 'linkworker' && isOpen(referral) ? (
          <p>
            <a href={`/referrals/${referral.id}/pass-on`}>{view.t(text.passOn)}</a>
          </p>
        ) : null}
        {reasoned.length === 0 ? null : (
          <Folded
            view={view}
            label={side === 'receiver' ? text.other : text.otherSender}
            open={failedAt(props.state, ['move', 'reason_code', 'reason', 'again'])}
          >
            <ReasonForm {...props} moves={reasoned} />
          </Folded>
        )}
      </Panel>
    </>
  );
}

/** The page where the work goes on, by how far it has come. */
const onwardOf: Readonly<Partial<Record<Step, Readonly<{ page: string; says: Sentence }>>>> = {
  met: { page: 'assessment', says: text.toAssessment },
  coordinating: { page: 'resources', says: text.toResources },
};

/** Seldom used, so folded away; open when something in it is to be corrected. */
function Folded(
  props: Readonly<{ view: View; label: Sentence; open: boolean; children: JSX.Element }>,
): JSX.Element {
  return (
    <details class="folded" open={props.open}>
      <summary>{props.view.t(props.label)}</summary>
      {props.children}
    </details>
  );
}

const failedAt = (state: FormState, names: readonly string[]): boolean =>
  state.issues.some((one) => names.includes(one.path)) ||
  names.some((name) => state.values[name] !== undefined);

function todo({ referral, side }: Case): Sentence {
  if (side === 'sender')
    return referral.status === 'requested'
      ? text.todoSender
      : referral.status === 'draft'
        ? text.todoDraft
        : isOpen(referral)
          ? text.todoSenderOpen
          : text.todoClosed;
  // An office that took a talk on itself has no doctor to tell.
  if (referral.status === 'requested' && referral.from === referral.to) return text.todoNewOwn;
  if (referral.status === 'in-progress' && ['linked', 'watching'].includes(referral.step))
    return text.todoLinked;
  return todoByStatus[referral.status] ?? text.todoClosed;
}

const todoByStatus: Readonly<Partial<Record<Status, Sentence>>> = {
  requested: text.todoNew,
  accepted: text.todoAccepted,
  'in-progress': text.todoProgress,
  'on-hold': text.todoHold,
};

function HandForm({ view, shown, state, newId }: Props): JSX.Element {
  const { referral, colleagues } = shown;
  return (
    <Form view={view} action={`/referrals/${referral.id}`} once={newId()}>
      <HiddenFields values={{ move: 'assign', seen: referral.version }} />
      <SelectField
        view={view}
        state={state}
        name="assignee"
        label={text.handTo}
        required
        mark={false}
        options={colleagues
          .filter((c) => c.id !== referral.assignee)
          .map((c) => ({ value: c.id, label: c.name }))}
      />
      <Button kind="secondary">{view.t(text.hand)}</Button>
    </Form>
  );
}

const hints: Readonly<Partial<Record<ReferralMove, Sentence>>> = {
  decline: text.hintDecline,
  hold: text.hintHold,
  fail: text.hintFail,
  cancel: text.hintCancel,
  retract: text.hintRetract,
};

function ReasonForm(props: Props & Readonly<{ moves: readonly ReferralMove[] }>): JSX.Element {
  const { view, shown, state, moves } = props;
  const field = { view, state };
  return (
    <Form view={view} action={`/referrals/${shown.referral.id}`} once={props.newId()} kept>
      <p>{view.t(shown.side === 'receiver' ? text.otherLead : text.otherLeadSender)}</p>
      <HiddenFields values={{ seen: shown.referral.version }} />
      <RadioField
        {...field}
        name="move"
        label={text.which}
        required
        options={moves.map((move) => ({
          value: move,
          label: referralMoves[move].says,
          hint: hints[move],
        }))}
      />
      <SelectField
        {...field}
        name="reason_code"
        label={text.reasonCode}
        required
        options={reasonsToChoose.map((code) => ({ value: code, label: reasons[code] }))}
      />
      <TextArea
        {...field}
        name="reason"
        label={text.reasonText}
        hint={text.reasonTextHint}
        required
        rows={3}
      />
      {moves.includes('hold') ? (
        <Dependent
          when={{ behavior: 'all', conditions: [{ question: 'move', operator: '=', answer: 'hold' }] }}
        >
          <DateField {...field} name="again" label={text.again} hint={text.againHint} />
        </Dependent>
      ) : null}
      <Button>{view.t(text.record)}</Button>
    </Form>
  );
}
