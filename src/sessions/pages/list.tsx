import type { JSX } from 'preact';
import { showDate } from '../../web/dates.ts';
import { LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Pager } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { isOver, type Counted } from '../model.ts';
import type { Holder, Holding } from '../programs.ts';
import { sayTime, text } from '../text.ts';
import { namesOf, SeatMarks } from './parts.tsx';

type Given = Readonly<{
  view: View;
  holder: Holder;
  month: string;
  found: readonly Counted[];
  mayHold: boolean;
}>;

/** The months before and after, `YYYY-MM`. */
function monthsAround(month: string): readonly [string, string] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const of = (n: number): string => new Date(Date.UTC(year, number - 1 + n, 1)).toISOString().slice(0, 7);
  return [of(-1), of(1)];
}

/** A month of sessions as a list by days: the form that fits a telephone. */
export function listPage({ view, holder, month, found, mayHold }: Given): string {
  const [before, after] = monthsAround(month);
  const over = found.filter((one) => isOver(one, view.now));
  const days = { view, programs: holder.programs, hrefOf: (one: Counted) => `/sessions/${one.id}` };
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={holder.programs.length === 0 ? text.noProgram : text.lead}
      actions={
        holder.programs.length === 0 ? null : (
          <>
            {mayHold ? <LinkButton href="/sessions/new">{view.t(text.add)}</LinkButton> : null}
            <LinkButton href={`/sessions/calendar.pdf?month=${month}`} kind="secondary">
              {view.t(text.print)}
            </LinkButton>
            {holder.programs.some(({ sessions }) => sessions.signUp) ? (
              <LinkButton href={`/join/${holder.body.id}`} kind="quiet">
                {view.t(text.publicPage)}
              </LinkButton>
            ) : null}
          </>
        )
      }
    >
      <Pager
        view={view}
        says={showDate(month, view.language)}
        previous={`/sessions?month=${before}`}
        next={`/sessions?month=${after}`}
        names={{ previous: text.monthBefore, next: text.monthAfter }}
      />
      {found.length === 0 ? (
        <Empty
          view={view}
          title={text.none}
          next={mayHold && holder.programs.length > 0 ? <p>{view.t(text.noneNext)}</p> : null}
        />
      ) : (
        <>
          {over.length === found.length ? null : <h2>{view.t(text.comingTitle)}</h2>}
          <Days {...days} found={found.filter((one) => !isOver(one, view.now))} />
          {over.length === 0 ? null : <h2>{view.t(text.overTitle)}</h2>}
          <Days {...days} found={over} />
        </>
      )}
    </Frame>,
  );
}

/** Sessions by day. */
export function Days(
  props: Readonly<{
    view: View;
    found: readonly Counted[];
    programs: readonly Holding[];
    hrefOf: (one: Counted) => string;
  }>,
): JSX.Element {
  const { view, found, programs, hrefOf } = props;
  const days = [...new Set(found.map((one) => dayInTokyo(one.starts_at)))];
  const today = dayInTokyo(view.now);
  return (
    <>
      {days.map((day) => (
        <section key={day} class="panel framed">
          <h3>
            {showDate(day, view.language, { weekday: true, year: false })}
            {day === today ? ` ${view.t(text.today)}` : ''}
          </h3>
          <ul class="entries">
            {found
              .filter((one) => dayInTokyo(one.starts_at) === day)
              .map((one) => {
                const { kind, led } = namesOf(view, programs, one);
                return (
                  <li key={one.id}>
                    <p class="entry-title">
                      {`${sayTime(one.starts_at)}–${sayTime(one.ends_at)} `}
                      <a class="button quiet" href={hrefOf(one)} lang="ja">
                        {one.title}
                      </a>
                    </p>
                    <p>{[kind, one.place, led].filter(Boolean).join('｜')}</p>
                    <SeatMarks view={view} one={one} />
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </>
  );
}
