import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  Dependent,
  ErrorSummary,
  Form,
  HiddenFields,
  RadioField,
  SelectField,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { showDate } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice, Panel, type Facts } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { outcomes, reasons } from '../workflow.ts';
import type { Asked } from './asked.ts';
import { laterMoves, longestWords, type AnswerFilled, type LaterMove } from './form.ts';
import { groupOutcomes, groupReasons, movesNow, needsOf } from './moves.ts';
import { AnswerCheck, AnswerForm, OfficeFacts, PersonFacts, WishFacts } from './parts.tsx';
import { asRead, ReadOnlyNote } from '../read-only.tsx';
import { nameOf, StateMark } from './state-mark.tsx';
import { moveSays, text } from './text.ts';

export type DetailGiven = Readonly<{
  view: View;
  asked: Asked;
  state: FormState;
  newId: () => string;
  trouble?: Sentence | undefined;
}>;

const titleOf = (view: View, asked: Asked): Sentence =>
  asked.told.person ? text.detail(nameOf(view, asked)) : text.detailHidden;

/** One request, with the answer or what can be told after it. */
export const askedOnePage = (given: DetailGiven): string => {
  const { view, asked, state } = given;
  return renderPage(
    <Frame
      view={view}
      title={titleOf(view, asked)}
      state={asRead(state, asked.expired)}
      form={movesNow(asked.task).length === 0 ? undefined : 'answering'}
      back={{ href: '/asked', label: text.back }}
      actions={<StateMark view={view} status={asked.referral.status} />}
    >
      <ErrorSummary view={view} state={state} />
      {given.trouble === undefined ? null : <Notice view={view} kind="warning" title={given.trouble} live />}
      {movesNow(asked.task).length === 0 ? null : <ReadOnlyNote view={view} expired={asked.expired} />}
      <Panel view={view} title={text.what}>
        <WishFacts view={view} asked={asked} />
      </Panel>
      <Panel view={view} title={text.person}>
        <PersonFacts view={view} asked={asked} />
      </Panel>
      <Panel view={view} title={text.who}>
        <OfficeFacts view={view} asked={asked} more={courseRows(given)} />
      </Panel>
      {asked.expired === undefined ? <Onward {...given} /> : null}
    </Frame>,
  );
};

function courseRows({ view, asked: { referral } }: DetailGiven): Parameters<typeof Facts>[0]['rows'] {
  return [
    [text.number, referral.caseNumber],
    [text.asked, showDate(referral.authoredOn, view.language)],
    ...(referral.reason === undefined ? [] : [[text.reason, referral.reason.text] as const]),
    ...(referral.outcomes.length === 0
      ? []
      : [[text.outcome, referral.outcomes.map((o) => o.text).join('\n')] as const]),
    ...(referral.notes.length === 0 ? [] : [[text.notes, referral.notes.join('\n')] as const]),
  ];
}

function Onward(given: DetailGiven): JSX.Element {
  const { view, asked, state } = given;
  const moves = movesNow(asked.task);
  if (moves.length === 0) return <p>{view.t(text.over)}</p>;
  const { id, version, status } = asked.referral;
  if (status === 'requested')
    return (
      <Panel view={view} title={text.answerPanel}>
        <AnswerForm view={view} state={state} action={`/asked/${id}/check`} seen={version} />
      </Panel>
    );
  return (
    <Panel view={view} title={text.onward}>
      <LaterForm {...given} moves={laterMoves.filter((m) => moves.includes(m))} />
    </Panel>
  );
}

function LaterForm({
  view,
  asked,
  state,
  newId,
  moves,
}: DetailGiven & Readonly<{ moves: readonly LaterMove[] }>): JSX.Element {
  const field = { view, state };
  const when = (need: 'reason' | 'outcome') => ({
    behavior: 'any' as const,
    conditions: moves
      .filter((m) => needsOf(m).some((n) => n === need))
      .map((answer) => ({ question: 'move', operator: '=' as const, answer })),
  });
  return (
    <Form view={view} action={`/asked/${asked.referral.id}`} once={newId()} id="answering" kept>
      <HiddenFields values={{ seen: asked.referral.version }} />
      <RadioField
        {...field}
        name="move"
        label={text.move}
        required
        options={moves.map((value) => ({ value, label: moveSays[value] }))}
      />
      <Dependent when={when('reason')}>
        <SelectField
          {...field}
          name="why"
          label={text.whyCode}
          mark={false}
          options={groupReasons.map((value) => ({ value, label: reasons[value] }))}
        />
      </Dependent>
      <Dependent when={when('outcome')}>
        <SelectField
          {...field}
          name="outcome"
          label={text.outcomeCode}
          mark={false}
          options={groupOutcomes.map((value) => ({ value, label: outcomes[value] }))}
        />
      </Dependent>
      <TextArea
        {...field}
        name="words"
        label={text.whyWords}
        hint={text.whyWordsHint}
        rows={3}
        maxLength={longestWords}
      />
      <Button>{view.t(text.tell)}</Button>
    </Form>
  );
}

export const askedCheckPage = (
  props: Readonly<{ view: View; asked: Asked; filled: AnswerFilled; seen: string; once: string }>,
): string => {
  const { view, asked, filled } = props;
  const { id } = asked.referral;
  return renderPage(
    <Frame
      view={view}
      title={text.checkTitle}
      lead={text.checkLead}
      back={{ href: `/asked/${id}`, label: titleOf(view, asked) }}
    >
      <Panel view={view} title={titleOf(view, asked)}>
        <AnswerCheck
          view={view}
          filled={filled}
          activity={asked.resource?.name}
          action={`/asked/${id}`}
          seen={props.seen}
          once={props.once}
        />
      </Panel>
    </Frame>,
  );
};
