import type { JSX } from 'preact';
import { Status } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { isOver, leftOf, waysOf, type Counted } from '../model.ts';
import type { Holding } from '../programs.ts';
import { text, wherePlaces } from '../text.ts';

/** How it stands: called off, over, or how many places are left for each way. */
export function SeatMarks({ view, one }: Readonly<{ view: View; one: Counted }>): JSX.Element {
  if (one.status === 'cancelled')
    return (
      <Status shape="cross" tone="bad">
        {view.t(text.cancelled)}
      </Status>
    );
  if (isOver(one, view.now)) {
    const there = (one.counts.site?.attended ?? 0) + (one.counts.online?.attended ?? 0);
    return (
      <Status shape="square" tone="neutral">
        {view.t(text.over)}
        {there > 0 ? `（${view.t(text.attendedNumber(there))}）` : ''}
      </Status>
    );
  }
  return (
    <span class="seats">
      {waysOf(one).map((way) => {
        const left = leftOf(one, way);
        const waiting = one.counts[way]?.waiting ?? 0;
        return (
          <Status key={way} shape={left > 0 ? 'circle' : 'full'} tone={left > 0 ? 'good' : 'warn'}>
            {view.t(left > 0 ? text.left(wherePlaces[way], left) : text.fullWay(wherePlaces[way], waiting))}
          </Status>
        );
      })}
      {one.drop_in ? (
        <Status shape="check" tone="info">
          {view.t(text.dropIn)}
        </Status>
      ) : null}
    </span>
  );
}

/** Kind and leader in the words of the program; codes that it does not know any more are left out. */
export function namesOf(view: View, programs: readonly Holding[], one: Counted) {
  const program = programs.find(({ id }) => id === one.program);
  const kind = program?.sessions.kinds.find(({ code }) => code === one.kind)?.name;
  const who = program?.linkWorkers.find((worker) => worker.kind === one.leader_kind)?.who;
  const leader = [one.leader, who && view.t(who)].flatMap((name) => (name ? [name] : []));
  return {
    program,
    kind: kind && view.t(kind),
    /** The name alone where there is one: for lists. */
    led: leader[0],
    leader: leader.length < 2 ? leader[0] : `${leader[0] ?? ''}（${leader[1] ?? ''}）`,
  };
}
