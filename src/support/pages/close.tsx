import type { JSX } from 'preact';
import { outcomes, type Outcome } from '../../referral/workflow.ts';
import {
  Button,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  TextArea,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Buttons, CheckAnswers, Notice, Panel } from '../../web/parts.tsx';
import { isWritable } from '../case.ts';
import type { Closing, Ending } from '../close.ts';
import { achievements, finalAchievements, type ReadGoal } from '../record.ts';
import { isOpenRequest, type AskedResource } from '../requests.ts';
import { closeWords as text } from '../end-text.ts';
import { caseFrame, type CaseProps } from './frame.tsx';
import { RequestState } from './requests.tsx';

export type CloseProps = CaseProps &
  Readonly<{ requests: readonly AskedResource[]; goals: readonly ReadGoal[] }>;

const openRequests = ({ requests }: CloseProps) => requests.filter((r) => isOpenRequest(r.referral));
const openGoals = ({ goals }: CloseProps) => goals.filter((g) => g.open);

/** What came of everything that is still open, on one page. */
export function closePage(props: CloseProps): string {
  const { view, one, state } = props;
  const field = { view, state };
  return caseFrame({
    ...props,
    wide: false,
    page: text.page,
    current: 'overview',
    form: isWritable(one) ? 'closing' : undefined,
    labels: Object.fromEntries([
      ...openRequests(props).flatMap((r) => [
        [`end-${r.task.id}`, r.name],
        [`text-${r.task.id}`, r.name],
      ]),
      ...openGoals(props).map((g) => [`goal-${g.id}`, g.text]),
    ]) as Readonly<Record<string, string>>,
    children: !isWritable(one) ? null : (
      <Form view={view} action={`/referrals/${one.task.id}/close`} id="closing" kept>
        <p>{view.t(text.lead)}</p>
        <HiddenFields values={{ seen: one.referral.version }} />
        <RadioField
          {...field}
          name="outcome"
          label={text.outcome}
          required
          options={(Object.keys(outcomes) as Outcome[]).map((o) => ({ value: o, label: outcomes[o] }))}
        />
        <TextArea
          {...field}
          name="outcomeText"
          label={text.outcomeText}
          hint={text.outcomeTextHint}
          required
          rows={4}
          maxLength={1000}
        />
        <Requests {...props} />
        <Goals {...props} />
        <TextArea {...field} name="next" label={text.next} hint={text.nextHint} rows={3} maxLength={1000} />
        <Button>{view.t(text.toCheck)}</Button>
      </Form>
    ),
  });
}

function Requests(props: CloseProps): JSX.Element {
  const { view, state } = props;
  const open = openRequests(props);
  const isEmpty = Object.keys(state.values).length === 0;
  return (
    <Panel view={view} title={text.requests}>
      {open.length === 0 ? <p>{view.t(text.noRequests)}</p> : <p>{view.t(text.requestsLead)}</p>}
      {open.map(({ referral, name }) => (
        <fieldset key={referral.id} class="part">
          <legend>
            <strong>{view.t(text.end(name))}</strong>
          </legend>
          <RequestState view={view} referral={referral} />
          <RadioField
            view={view}
            state={isEmpty && referral.status === 'requested' ? withEnd(state, `end-${referral.id}`) : state}
            name={`end-${referral.id}`}
            label={text.endHow}
            required
            options={[
              ...(referral.status === 'requested'
                ? []
                : [
                    ...(Object.keys(outcomes) as Outcome[]).map((o) => ({ value: o, label: outcomes[o] })),
                    { value: 'fail', label: text.endFail },
                  ]),
              { value: 'cancel', label: text.endCancel },
            ]}
          />
          <TextField
            view={view}
            state={state}
            name={`text-${referral.id}`}
            label={text.endText}
            required
            maxLength={300}
          />
        </fieldset>
      ))}
    </Panel>
  );
}

/** A request nobody answered can only be called off: that is chosen from the start. */
const withEnd = (state: FormState, name: string): FormState => ({
  ...state,
  values: { ...state.values, [name]: 'cancel' },
});

function Goals(props: CloseProps): JSX.Element {
  const { view, state } = props;
  const open = openGoals(props);
  return (
    <Panel view={view} title={text.goals}>
      {open.length === 0 ? <p>{view.t(text.noGoals)}</p> : null}
      {open.map((goal) => (
        <RadioField
          key={goal.id}
          view={view}
          state={state}
          name={`goal-${goal.id}`}
          label={goal.text}
          required
          inline
          options={finalAchievements.map((a) => ({ value: a, label: achievements[a] }))}
        />
      ))}
    </Panel>
  );
}

/** What was entered, once more, before anything happens. `carried`: the form's values; `view.path` is its page. */
export function closeCheckPage(
  props: CloseProps &
    Readonly<{ closing: Closing; carried: Readonly<Record<string, string | readonly string[]>> }>,
): string {
  const { view, one, closing, carried, newId } = props;
  const action = `/referrals/${one.task.id}/close`;
  const { outcome } = closing;
  return caseFrame({
    ...props,
    wide: false,
    page: text.check,
    current: 'overview',
    children: (
      <>
        <Panel view={view} title={text.check}>
          <CheckAnswers
            view={view}
            rows={[
              {
                label: text.outcome,
                value: outcome && [view.t(outcomes[outcome.code]), outcome.text].join('\n'),
              },
              ...openRequests(props).map((r) => ({
                label: text.end(r.name),
                value: sayEnding(
                  props,
                  closing.requests.find((e) => e.request === r.task.id),
                ),
              })),
              ...openGoals(props).map((g) => {
                const final = closing.goals[g.id];
                return {
                  label: g.text,
                  value: final === undefined ? undefined : view.t(achievements[final]),
                };
              }),
              { label: text.next, value: closing.next },
            ]}
          />
        </Panel>
        <Notice view={view} kind="info" title={text.report}>
          <p>{view.t(text.reportLead)}</p>
        </Notice>
        <Buttons>
          <Form view={view} action={action} once={newId()} kept>
            <HiddenFields values={{ ...carried, step: 'confirm' }} />
            <Button>{view.t(text.confirm)}</Button>
          </Form>
          <LinkButton href={action} kind="secondary">
            {view.t(text.change)}
          </LinkButton>
        </Buttons>
      </>
    ),
  });
}

function sayEnding({ view }: CloseProps, ending: Ending | undefined): string | undefined {
  if (ending === undefined) return undefined;
  if (ending.move === 'finish')
    return [view.t(outcomes[ending.outcome.code]), ending.outcome.text].join('\n');
  return [view.t(ending.move === 'fail' ? text.endFail : text.endCancel), ending.reason.text].join('\n');
}
