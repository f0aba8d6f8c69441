import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { needOf } from '../../programs/needs.ts';
import { showDate } from '../../web/dates.ts';
import { NeedPicture, Status, type ShapeName, type Tone } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { AreaNames } from '../areas.ts';
import { freshnessOf, type Freshness } from '../freshness.ts';
import type { Capacity, Need, Resource } from '../record.ts';
import { capacityNames, text } from '../text.ts';

const looks: Readonly<Record<Capacity, Readonly<{ shape: ShapeName; tone: Tone }>>> = {
  capacity: { shape: 'circle', tone: 'good' },
  waitlist: { shape: 'half', tone: 'warn' },
  'additional-assessment-required': { shape: 'square', tone: 'info' },
  'no-capacity': { shape: 'cross', tone: 'bad' },
};

/** ○ 空きあり, × 満員: in words, shape and colour. */
export const CapacityMark = ({
  view,
  capacity,
}: Readonly<{ view: View; capacity: Capacity }>): JSX.Element => (
  <Status {...looks[capacity]}>{view.t(capacityNames[capacity])}</Status>
);

/** How long ago somebody said that the entry is right. */
const sayFreshness = ({ months }: Freshness): Sentence =>
  months === undefined ? text.never : months === 0 ? text.thisMonth : text.monthsAgo(months);

/** The same with a warning when it is long ago; `withDay` adds the day itself. */
export function FreshnessMark({
  view,
  resource,
  withDay = false,
}: Readonly<{ view: View; resource: Resource; withDay?: boolean }>): JSX.Element {
  const fresh = freshnessOf(resource.assured, view.now);
  const day =
    withDay && resource.assured !== undefined ? `（${showDate(resource.assured, view.language)}）` : '';
  const says = `${view.t(sayFreshness(fresh))}${day}`;
  return fresh.stale ? (
    <span class="state">
      <Status shape="alert" tone="warn">
        {view.t(text.stale)}
      </Status>
      <small>{says}</small>
    </span>
  ) : (
    <span>{says}</span>
  );
}

/** Pictures of needs with their names; `few` names the first ones only. */
export function NeedList(
  props: Readonly<{ view: View; needs: readonly Need[]; few?: number | undefined }>,
): JSX.Element | null {
  const { view, needs } = props;
  if (needs.length === 0) return null;
  const shown = needs.slice(0, props.few ?? needs.length);
  return (
    <ul class="needs">
      {shown.map((need) => {
        const known = needOf(need.code);
        return (
          <li key={need.code} class="with-picture">
            <NeedPicture name={known?.picture ?? 'question'} />
            <span>{known === undefined ? need.code : view.t(known.label)}</span>
          </li>
        );
      })}
      {needs.length > shown.length ? <li>{view.t(text.more(needs.length - shown.length))}</li> : null}
    </ul>
  );
}

/** Names of municipalities, from everywhere when there are none; `few` names the first ones only. */
export function sayAreas(view: View, codes: readonly string[], names: AreaNames, few = Infinity): string {
  if (codes.length === 0) return view.t(text.everywhere);
  const shown = codes.slice(0, few).map((code) => names.get(code) ?? code);
  const joined = shown.join(view.language === 'ja' ? '、' : ', ');
  return codes.length > few ? `${joined}　${view.t(text.more(codes.length - few))}` : joined;
}
