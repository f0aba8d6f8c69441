import type { JSX } from 'preact';
import { roles, type Role } from '../../kernel/actor.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { showDate, showDateTime } from '../../web/dates.ts';
import { Panel, Table, type Column, type Row } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import { mostEvents, type ReviewEvent, type ReviewLine } from './queries.ts';
import type { Review } from './review-page.tsx';
import { strikingIn, usualDay } from './review.ts';
import { sayEvent, text } from './text.ts';

type Props = Readonly<{ view: View; review: Pick<Review, 'lines' | 'events'> }>;

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

/** Who opened far more persons on a day than usual. */
export const Many = ({ view, review }: Props): JSX.Element => (
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
        view.t(
          text.with(
            view.t(text.people(line.most ?? 0)),
            showDate(line.most_on ?? '', view.language, { year: false }),
          ),
        ),
        view.t(text.people(usualDay(line, review.lines))),
        view.t(text.people(line.persons)),
      ],
    }))}
  />
);

/** Who looked outside working hours. */
export const Unusual = ({ view, review }: Props): JSX.Element => (
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
          view.t(text.with(view.t(text.times(line.unusual)), view.t(text.days(line.unusual_days)))),
          view.t(text.people(line.persons)),
        ],
      }))}
  />
);

/** Emergencies, refusals, failed sign-ins, changes of accounts, one by one. */
export function Events({ view, review }: Props): JSX.Element {
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
