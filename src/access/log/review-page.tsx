import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Role } from '../../kernel/actor.ts';
import { roles } from '../../kernel/actor.ts';
import { BarChart } from '../../web/chart.tsx';
import { showDate, showDateTime } from '../../web/dates.ts';
import {
  Button,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Facts, Pager, Panel, Table, type Column, type Row } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import { Filters, hrefOf } from './filters.tsx';
import {
  mostEvents,
  type Chooseable,
  type Narrowed,
  type ReviewCount,
  type ReviewEvent,
  type ReviewLine,
  type SealState,
} from './queries.ts';
import {
  monthAfter,
  monthOf,
  monthsUntil,
  partOfDay,
  partsOfDay,
  strikingIn,
  usualDay,
  type Span,
} from './review.ts';
import { partName, sayEvent, text } from './text.ts';

export type Review = Readonly<{
  span: Span;
  narrowed: Narrowed;
  counts: readonly ReviewCount[];
  lines: readonly ReviewLine[];
  events: readonly ReviewEvent[];
  reviewed: readonly ReviewEvent[];
  choices: readonly Chooseable[];
  seal: SealState | undefined;
}>;
type Props = Readonly<{ view: View; review: Review }>;

/** A month of the access log for the administrator: what stands out, and that it was looked into. */
export function reviewPage(props: Props & Readonly<{ state: FormState; once: string }>): string {
  const { view, review } = props;
  const { span, narrowed } = review;
  const shown = monthsUntil(view.now);
  const turn = (by: number): string | undefined => {
    const month = monthAfter(span.month, by);
    return shown.includes(month) ? hrefOf({ ...narrowed, month }) : undefined;
  };
  const isEmpty = review.counts.length === 0;
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      wide
      state={props.state}
      actions={
        isEmpty ? undefined : (
          <LinkButton kind="secondary" href={hrefOf({ ...narrowed, month: span.month }, '/access-log.csv')}>
            {view.t(text.csv)}
          </LinkButton>
        )
      }
    >
      <ErrorSummary view={view} state={props.state} labels={{ note: text.note }} />
      <Filters view={view} month={span.month} narrowed={narrowed} choices={review.choices} />
      <h2>{showDate(span.month, view.language)}</h2>
      {isEmpty ? (
        <Empty view={view} title={text.nothing} next={view.t(text.nothingNext)} />
      ) : (
        <>
          <Summary view={view} review={review} />
          <Many view={view} review={review} />
          <Unusual view={view} review={review} />
          <Events view={view} review={review} />
        </>
      )}
      {span.month <= monthOf(view.now) ? <Reviewed {...props} /> : null}
      <Pager view={view} previous={turn(-1)} next={turn(1)} />
    </Frame>,
  );
}

const looking = ['read', 'search', 'history', 'write', 'print', 'export'];

function Summary({ view, review }: Props): JSX.Element {
  const total = (...actions: string[]): number =>
    review.counts.filter((one) => actions.includes(one.action)).reduce((sum, one) => sum + one.count, 0);
  const say = (...actions: string[]): string => view.t(text.times(total(...actions)));
  const { seal } = review;
  const bars = partsOfDay.map((part) => {
    const value = review.counts
      .filter((one) => looking.includes(one.action) && partOfDay(one.hour, one.holiday) === part)
      .reduce((sum, one) => sum + one.count, 0);
    return { label: view.t(partName[part]), value, shown: view.t(text.times(value)) };
  });
  return (
    <div class="side-by-side">
      <Panel view={view} title={text.summary}>
        <Facts
          view={view}
          rows={[
            [text.looks, say('read', 'search', 'history', 'write')],
            [text.prints, say('print')],
            [text.exports, say('export')],
            [text.signIns, say('sign-in', 'token')],
            [text.failed, say('sign-in-refused', 'token-refused')],
            [text.refusals, say('refused')],
            [text.emergencies, say('emergency')],
            [
              text.sealed,
              view.t(
                seal
                  ? text.sealedAt(seal.number, showDateTime(seal.sealed_at, view.language))
                  : text.notSealed,
              ),
            ],
          ]}
        />
      </Panel>
      <BarChart
        view={view}
        title={text.byHour}
        itemLabel={text.timeOfDay}
        figureLabel={text.number}
        rows={bars}
      />
    </div>
  );
}

/** A role in words; the log keeps whatever role somebody had. */
const sayRole = (view: View, role: string): string =>
  (roles as readonly string[]).includes(role) ? view.t(roleName(role as Role)) : '—';
const whoColumns: readonly Column[] = [
  { label: text.name },
  { label: text.organization },
  { label: text.role },
];
const whoCells = (view: View, line: Pick<ReviewLine, 'name' | 'organization' | 'role'>): string[] => [
  line.name ?? view.t(text.noName),
  line.organization ?? '—',
  sayRole(view, line.role),
];
const keyOf = (line: ReviewLine): string => line.account ?? line.client ?? '';

/** A table under its heading, or the sentence that there is nothing. */
function List(
  props: Readonly<{
    view: View;
    title: Sentence;
    lead?: Sentence;
    none: Sentence;
    columns: readonly Column[];
    rows: readonly Row[];
    cut?: boolean;
  }>,
): JSX.Element {
  const { view } = props;
  return (
    <Panel view={view} title={props.title}>
      {props.rows.length === 0 ? (
        <p>{view.t(props.none)}</p>
      ) : (
        <>
          {props.lead === undefined ? null : <p>{view.t(props.lead)}</p>}
          <Table view={view} caption={props.title} hideCaption columns={props.columns} rows={props.rows} />
          {props.cut === true ? <p>{view.t(text.onlyNewest(mostEvents))}</p> : null}
        </>
      )}
    </Panel>
  );
}

const Many = ({ view, review }: Props): JSX.Element => (
  <List
    view={view}
    title={text.many}
    lead={text.manyLead}
    none={text.manyNone}
    columns={[
      ...whoColumns,
      { label: text.mostOnDay },
      { label: text.usualDay, kind: 'number' },
      { label: text.wholeMonth, kind: 'number' },
    ]}
    rows={strikingIn(review.lines).map((line) => ({
      key: keyOf(line),
      tone: 'warn' as const,
      cells: [
        ...whoCells(view, line),
        `${view.t(text.people(line.most ?? 0))}（${showDate(line.most_on ?? '', view.language, { year: false })}）`,
        view.t(text.people(usualDay(line, review.lines))),
        view.t(text.people(line.persons)),
      ],
    }))}
  />
);

const Unusual = ({ view, review }: Props): JSX.Element => (
  <List
    view={view}
    title={text.unusual}
    lead={text.unusualLead}
    none={text.unusualNone}
    columns={[
      ...whoColumns,
      { label: text.number, kind: 'number' },
      { label: text.wholeMonth, kind: 'number' },
    ]}
    rows={review.lines
      .filter((line) => line.unusual > 0)
      .toSorted((a, b) => b.unusual - a.unusual)
      .slice(0, mostEvents)
      .map((line) => ({
        key: keyOf(line),
        cells: [
          ...whoCells(view, line),
          `${view.t(text.times(line.unusual))}（${view.t(text.days(line.unusual_days))}）`,
          view.t(text.people(line.persons)),
        ],
      }))}
  />
);

function Events({ view, review }: Props): JSX.Element {
  const when = { label: text.at, kind: 'date' as const };
  const ofKind = (...actions: string[]): ReviewEvent[] =>
    review.events.filter((one) => actions.includes(one.action));
  const at = (one: ReviewEvent): string => showDateTime(one.at, view.language);
  const said = (one: ReviewEvent): string => view.t(sayEvent(one.action, one.what));
  const nameless = (one: ReviewEvent): string =>
    one.name ?? view.t(one.action === 'token-refused' ? text.unknownClient : text.unknownLogin);
  const list = (
    title: Sentence,
    none: Sentence,
    shown: readonly ReviewEvent[],
    columns: readonly Column[],
    cells: (one: ReviewEvent) => readonly string[],
    lead?: Sentence,
  ): JSX.Element => (
    <List
      view={view}
      title={title}
      none={none}
      {...(lead ? { lead } : {})}
      columns={[when, ...columns]}
      cut={shown.length >= mostEvents}
      rows={shown.map((one) => ({ key: one.id, cells: [at(one), ...cells(one)] }))}
    />
  );
  const who: readonly Column[] = [{ label: text.name }, { label: text.organization }];
  return (
    <>
      {list(
        text.emergencies,
        text.emergencyNone,
        ofKind('emergency'),
        [...who, { label: text.reason }],
        (one) => [one.name ?? '—', one.organization ?? '—', one.why],
      )}
      {list(
        text.refusals,
        text.refusalsNone,
        ofKind('refused'),
        [...who, { label: text.what }, { label: text.reason }],
        (one) => [
          one.name ?? sayRole(view, one.role),
          one.organization ?? '—',
          said(one),
          one.why === 'forbidden' || one.why === 'not-found' ? view.t(text[one.why]) : one.why,
        ],
        text.refusalsLead,
      )}
      {list(
        text.failed,
        text.failedNone,
        ofKind('sign-in-refused', 'token-refused'),
        [{ label: text.name }, { label: text.organization }, { label: text.from }],
        (one) => [nameless(one), one.organization ?? '—', one.address ?? '—'],
        text.failedLead,
      )}
      {list(
        text.settings,
        text.settingsNone,
        ofKind('account', 'export'),
        [...who, { label: text.what }],
        (one) => [one.name ?? '—', one.organization ?? '—', said(one)],
      )}
    </>
  );
}

function Reviewed(props: Parameters<typeof reviewPage>[0]): JSX.Element {
  const { view, review, state, once } = props;
  const { month } = review.span;
  return (
    <Panel view={view} title={text.review} id="review">
      {review.reviewed.length === 0 ? (
        <p>{view.t(text.notReviewed)}</p>
      ) : (
        <Facts
          view={view}
          rows={review.reviewed.map((one) => [
            `${one.name ?? view.t(text.noName)} ${showDateTime(one.at, view.language)}`,
            one.why,
          ])}
        />
      )}
      <p>{view.t(text.reviewLead)}</p>
      <Form view={view} action="/access-log/review" once={once}>
        <HiddenFields
          values={{ month, organization: review.narrowed.organization, account: review.narrowed.account }}
        />
        <TextArea view={view} state={state} name="note" label={text.note} rows={3} maxLength={500} required />
        <Button>{view.t(text.reviewed)}</Button>
      </Form>
    </Panel>
  );
}
