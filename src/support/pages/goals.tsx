import type { JSX } from 'preact';
import { needLabel } from '../../programs/needs.ts';
import type { NeedCode } from '../../referral/record.ts';
import type { Report } from '../../referral/report.ts';
import { showDate } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  CheckField,
  DateField,
  emptyForm,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  TextArea,
  typedIn,
  type FormState,
} from '../../web/form.tsx';
import { Empty, Facts, Notice, Panel, Status, type ShapeName, type Tone } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { isWritable } from '../case.ts';
import { achievementNames, achievements, type Achievement, type ReadGoal } from '../record.ts';
import { isFormalOnly, resourceKinds, type ThreeKinds } from '../resource-kinds.ts';
import { caseSheetWords, goalWords as text, resourceKindWords } from '../text.ts';
import { caseFrame, Folded, type CaseProps } from './frame.tsx';

type Props = CaseProps &
  Readonly<{
    goals: readonly ReadGoal[];
    planVersion: string | undefined;
    /** What the doctor was told of the plan, newest first. */
    told: readonly Report[];
    /** What the link worker summed up in the assessment: the beginning of what the doctor reads. */
    summary: string;
    /** Which form the state belongs to: a goal's id, `new` or `plan`. */
    failed: string | undefined;
    unseen: number;
    /** Undefined where the program's sheet does not ask for them. */
    resources: ThreeKinds | undefined;
  }>;

/** Goals of the person, and the plan that the doctor is told of. */
export const goalsPage = (props: Props): string =>
  caseFrame({
    ...props,
    page: text.page,
    current: 'goals',
    children: (
      <div class="columns">
        <GoalsPanel {...props} />
        <div>
          <ResourcesPanel {...props} />
          <PlanPanel {...props} />
        </div>
      </div>
    ),
  });

const stateFor = (props: Props, form: string): FormState =>
  props.failed === form ? props.state : emptyForm();

function GoalsPanel(props: Props): JSX.Element {
  const { view, one, goals } = props;
  const writable = isWritable(one);
  return (
    <Panel view={view} title={text.goals}>
      {goals.length === 0 ? (
        <Empty view={view} title={text.none} next={view.t(text.noneNext)} />
      ) : (
        <ul class="goals">
          {goals.map((goal) => (
            <li key={goal.id}>
              <GoalShown view={view} goal={goal} />
              {writable ? (
                <Folded label={view.t(text.change)} open={props.failed === goal.id}>
                  <GoalForm {...props} goal={goal} />
                </Folded>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {!writable ? null : goals.length === 0 ? (
        <GoalForm {...props} goal={undefined} />
      ) : (
        <Folded label={view.t(text.addAnother)} open={props.failed === 'new'}>
          <GoalForm {...props} goal={undefined} />
        </Folded>
      )}
    </Panel>
  );
}

const looks: Readonly<Record<Achievement, readonly [ShapeName, Tone]>> = {
  'in-progress': ['half', 'info'],
  improving: ['half', 'good'],
  achieved: ['check', 'good'],
  'not-achieved': ['cross', 'warn'],
  dropped: ['cross', 'neutral'],
};

/** A goal with where it stands. */
function GoalShown({ view, goal }: Readonly<{ view: View; goal: ReadGoal }>): JSX.Element {
  const [shape, tone] = looks[goal.achievement];
  const needs = goal.needs.map((n) => view.t(needLabel(n.code)));
  return (
    <div class="goal">
      <p class="goal-text">{goal.text}</p>
      <p class="goal-facts">
        <Status shape={shape} tone={tone}>
          {view.t(achievements[goal.achievement])}
        </Status>
        {goal.due === undefined ? null : (
          <span>{view.t(text.dueShown(showDate(goal.due, view.language)))}</span>
        )}
        {needs.length === 0 ? null : (
          <span class="soft">{needs.join(view.language === 'ja' ? '、' : ', ')}</span>
        )}
      </p>
    </div>
  );
}

export const needKey = ({ system, code }: NeedCode): string => `${system}|${code}`;

function GoalForm({ goal, ...props }: Props & Readonly<{ goal: ReadGoal | undefined }>): JSX.Element {
  const { view, one, newId } = props;
  const key = goal?.id ?? 'new';
  const typed = stateFor(props, key);
  const first = {
    [`text-${key}`]: goal?.text ?? '',
    [`due-${key}`]: goal?.due ?? '',
    [`needs-${key}`]: (goal?.needs ?? []).map(needKey),
    [`achievement-${key}`]: goal?.achievement ?? '',
  };
  const state = props.failed === key ? typed : emptyForm(first);
  // The same field stands on the page several times: each form has ids of its own.
  const field = { view, state };
  const needs = [...one.asked.needs, ...(goal?.needs ?? [])];
  const options = [...new Map(needs.map((n) => [needKey(n), n])).values()];
  return (
    <Form view={view} action={`/referrals/${one.task.id}/goals`} once={newId()} kept>
      <HiddenFields
        values={{ goal: key, seen: state.left ? typedIn(state, 'seen') : (goal?.version ?? '') }}
      />
      <TextArea
        {...field}
        name={`text-${key}`}
        label={text.text}
        hint={text.textHint}
        required
        rows={2}
        maxLength={300}
      />
      <DateField {...field} name={`due-${key}`} label={text.due} era={false} />
      {options.length === 0 ? null : (
        <CheckField
          {...field}
          name={`needs-${key}`}
          label={text.needs}
          inline
          options={options.map((n) => ({ value: needKey(n), label: needLabel(n.code) }))}
        />
      )}
      {goal === undefined ? null : (
        <RadioField
          {...field}
          name={`achievement-${key}`}
          label={text.achievement}
          inline
          options={achievementNames.map((a) => ({ value: a, label: achievements[a] }))}
        />
      )}
      <Button kind={goal === undefined ? 'primary' : 'secondary'}>{view.t(text.save)}</Button>
    </Form>
  );
}

/** What the plan can rest on: services, ties, and the person's own. */
function ResourcesPanel({ view, resources }: Props): JSX.Element | null {
  if (resources === undefined) return null;
  return (
    <Panel view={view} title={resourceKindWords.title} id="three-kinds">
      <Facts
        view={view}
        rows={resourceKinds.map((kind) => [
          resourceKindWords[kind],
          resources[kind].length === 0 ? (
            <span class="soft">
              {view.t(resourceKindWords.none)}
              {view.language === 'ja'
                ? `（${view.t(resourceKindWords[`${kind}Hint`])}）`
                : ` (${view.t(resourceKindWords[`${kind}Hint`])})`}
            </span>
          ) : (
            <ul>
              {resources[kind].map((name, i) => (
                <li key={i}>{name}</li>
              ))}
            </ul>
          ),
        ])}
      />
      {isFormalOnly(resources) ? (
        <Notice view={view} kind="info" title={resourceKindWords.formalOnly} />
      ) : null}
    </Panel>
  );
}

function PlanPanel(props: Props): JSX.Element {
  const { view, one, goals, told, newId } = props;
  const last = told[0];
  const state =
    props.failed === 'plan'
      ? props.state
      : emptyForm({ plan: last?.sections.decision.join('\n') || props.summary });
  return (
    <Panel view={view} title={text.plan} id="plan">
      <p>{view.t(text.planLead)}</p>
      <Buttons>
        {goals.length === 0 ? null : (
          <LinkButton href={`/referrals/${one.task.id}/plan.pdf`} kind="secondary" small>
            {view.t(caseSheetWords.plan)}
          </LinkButton>
        )}
        <LinkButton href={`/referrals/${one.task.id}/plan-form.pdf`} kind="secondary" small>
          {view.t(caseSheetWords.planForm)}
        </LinkButton>
      </Buttons>
      {last === undefined ? null : (
        <p>
          <Status shape="check" tone="good">
            <a href={`/reports/${last.id}`}>{view.t(text.told(showDate(last.sent, view.language)))}</a>
          </Status>{' '}
          {view.t(text.tellAgain)}
        </p>
      )}
      {!isWritable(one) ? null : goals.length === 0 ? (
        <p class="soft">{view.t(text.planNeedsGoal)}</p>
      ) : (
        <Form view={view} action={`/referrals/${one.task.id}/goals`} once={newId()} kept>
          <HiddenFields values={{ goal: 'plan', seen: props.planVersion ?? '' }} />
          <TextArea
            view={view}
            state={state}
            name="plan"
            label={text.planText}
            hint={text.planTextHint}
            required
            rows={5}
            maxLength={1500}
          />
          <TextArea
            view={view}
            state={state}
            name="next"
            label={text.planNext}
            hint={text.planNextHint}
            rows={3}
          />
          <Button>{view.t(text.tell)}</Button>
        </Form>
      )}
    </Panel>
  );
}
