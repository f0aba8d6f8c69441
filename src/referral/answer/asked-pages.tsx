import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  Dependent,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SelectField,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { showDate } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import {
  Empty,
  Facts,
  Notice,
  Pager,
  Panel,
  Status,
  Table,
  Tabs,
  type Row,
  type ShapeName,
  type Tone,
} from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { displayName } from '../../people/record.ts';
import { outcomes, reasons, type Status as TaskStatus } from '../workflow.ts';
import type { Asked } from './asked.ts';
import { laterMoves, longestWords, type AnswerFilled, type LaterMove } from './form.ts';
import { groupOutcomes, groupReasons, groupStates, movesNow, needsOf } from './moves.ts';
import { AnswerCheck, AnswerForm, OfficeFacts, PersonFacts, WishFacts } from './parts.tsx';
import { askedTabs, type AskedTab } from './queries.ts';
import { moveSays, text } from './text.ts';

const looks: Readonly<Record<TaskStatus, readonly [ShapeName, Tone]>> = {
  draft: ['circle', 'neutral'],
  requested: ['circle', 'info'],
  accepted: ['check', 'good'],
  rejected: ['cross', 'neutral'],
  'in-progress': ['half', 'good'],
  'on-hold': ['pause', 'warn'],
  completed: ['full', 'neutral'],
  failed: ['square', 'neutral'],
  cancelled: ['cross', 'neutral'],
  'entered-in-error': ['cross', 'neutral'],
};

const StateMark = ({ view, status }: Readonly<{ view: View; status: TaskStatus }>): JSX.Element => {
  const [shape, tone] = looks[status];
  return (
    <Status shape={shape} tone={tone}>
      {view.t(groupStates[status])}
    </Status>
  );
};

const tabNames: Readonly<Record<AskedTab, Sentence>> = {
  new: text.tabNew,
  open: text.tabOpen,
  closed: text.tabClosed,
};
const tabHref = (tab: AskedTab, page = 1): string =>
  `/asked?tab=${tab}${page > 1 ? `&page=${String(page)}` : ''}`;

export type ListGiven = Readonly<{
  view: View;
  tab: AskedTab;
  page: number;
  lines: readonly Asked[];
  more: boolean;
  counts: Readonly<Record<AskedTab, number>>;
}>;

/** What offices ask of this group. */
export const askedPage = ({ view, tab, page, lines, more, counts }: ListGiven): string =>
  renderPage(
    <Frame view={view} title={text.list} lead={text.listLead} wide>
      <Tabs
        view={view}
        label={text.tabs}
        tabs={askedTabs.map((one) => ({
          href: tabHref(one),
          label: tabNames[one],
          current: one === tab,
          count: counts[one],
        }))}
      />
      {lines.length === 0 ? (
        <Nothing view={view} tab={tab} />
      ) : (
        <>
          <Table
            view={view}
            caption={text.list}
            hideCaption
            columns={[
              { label: text.name },
              { label: text.wish },
              { label: text.resource },
              { label: text.office },
              ...(tab === 'new' ? [] : [{ label: text.state }]),
              { label: tab === 'new' ? text.due : text.asked },
            ]}
            rows={lines.map((line) => rowOf(view, line, tab))}
          />
          <Pager
            view={view}
            previous={page > 1 ? tabHref(tab, page - 1) : undefined}
            next={more ? tabHref(tab, page + 1) : undefined}
          />
        </>
      )}
    </Frame>,
  );

function Nothing({ view, tab }: Readonly<{ view: View; tab: AskedTab }>): JSX.Element {
  if (tab !== 'new') return <Empty view={view} title={tab === 'open' ? text.noneOpen : text.noneClosed} />;
  return (
    <Empty
      view={view}
      title={text.noneNew}
      next={
        <>
          <p>{view.t(text.noneNewNext)}</p>
          <LinkButton href="/resources?show=own" kind="secondary">
            {view.t(text.ownEntries)}
          </LinkButton>
        </>
      }
    />
  );
}

const nameOf = (view: View, { person }: Asked): string =>
  person ? displayName(person.name, view.language) : view.t(text.hidden);

function rowOf(view: View, asked: Asked, tab: AskedTab): Row {
  const { referral } = asked;
  const late = tab === 'new' && referral.due !== undefined && new Date(referral.due) < view.now;
  const day = tab === 'new' ? referral.due : referral.authoredOn;
  return {
    key: referral.id,
    ...(late ? { tone: 'warn' as const } : {}),
    cells: [
      <a href={`/asked/${referral.id}`}>{nameOf(view, asked)}</a>,
      asked.wish,
      asked.resource?.name ?? '',
      asked.office?.name ?? '',
      ...(tab === 'new' ? [] : [<StateMark view={view} status={referral.status} />]),
      <span class="state">
        <span>
          {day === undefined ? view.t(text.noDue) : showDate(day, view.language, { weekday: true })}
        </span>
        {late ? (
          <Status shape="alert" tone="warn">
            {view.t(text.passed)}
          </Status>
        ) : null}
      </span>,
    ],
  };
}

export type DetailGiven = Readonly<{
  view: View;
  asked: Asked;
  state: FormState;
  newId: () => string;
  trouble?: Sentence | undefined;
}>;

const titleOf = (view: View, asked: Asked): Sentence =>
  asked.person ? text.detail(nameOf(view, asked)) : text.detailHidden;

/** One request, with the answer or what can be told after it. */
export const askedOnePage = (given: DetailGiven): string => {
  const { view, asked, state } = given;
  return renderPage(
    <Frame
      view={view}
      title={titleOf(view, asked)}
      state={state}
      back={{ href: '/asked', label: text.back }}
      actions={<StateMark view={view} status={asked.referral.status} />}
    >
      <ErrorSummary view={view} state={state} />
      {given.trouble === undefined ? null : <Notice view={view} kind="warning" title={given.trouble} live />}
      <Panel view={view} title={text.what}>
        <WishFacts view={view} asked={asked} />
      </Panel>
      <Panel view={view} title={text.person}>
        <PersonFacts view={view} asked={asked} />
      </Panel>
      <Panel view={view} title={text.who}>
        <OfficeFacts view={view} asked={asked} more={courseRows(given)} />
      </Panel>
      <Onward {...given} />
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
    <Form view={view} action={`/asked/${asked.referral.id}`} once={newId()}>
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
