import type { JSX } from 'preact';
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
import { Buttons, Empty, Facts, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { Filters, hrefOf } from './filters.tsx';
import { Events, Many, Unusual } from './lists.tsx';
import {
  type Chooseable,
  type Narrowed,
  type ReviewCount,
  type ReviewEvent,
  type ReviewLine,
  type SealState,
} from './queries.ts';
import { monthAfter, monthOf, monthsUntil, partOfDay, partsOfDay, type Span } from './review.ts';
import { partName, text } from './text.ts';

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
      <Buttons>
        {(
          [
            [-1, text.previous],
            [1, text.next],
          ] as const
        ).map(([by, label]) => {
          const month = monthAfter(span.month, by);
          return monthsUntil(view.now).includes(month) ? (
            <LinkButton key={by} kind="secondary" href={hrefOf({ ...narrowed, month })}>
              {view.t(label)}
            </LinkButton>
          ) : null;
        })}
      </Buttons>
    </Frame>,
  );
}

const looking = ['read', 'search', 'history', 'write', 'delete', 'print', 'export'];

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
            [text.looks, say('read', 'search', 'history', 'write', 'delete')],
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
