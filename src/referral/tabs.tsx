import type { JSX } from 'preact';
import type { Role } from '../kernel/actor.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { Tabs } from '../web/parts.tsx';
import type { View } from '../web/view.ts';

/** The parts of a referral, in the order in which the work goes; the address of each is `/referrals/:id/<part>`. */
const parts = {
  overview: { ja: '概要', en: 'Overview' },
  contacts: { ja: '連絡', en: 'Contacts' },
  assessment: { ja: 'アセスメント', en: 'Assessment' },
  goals: { ja: '目標・計画', en: 'Goals and plan' },
  resources: { ja: '資源を探す', en: 'Find resources' },
  requests: { ja: '団体への依頼', en: 'Requests' },
  sessions: { ja: 'つどい', en: 'Sessions' },
  reports: { ja: '医師への返書', en: 'Reports to the doctor' },
} as const satisfies Record<string, Sentence>;
export type CasePart = keyof typeof parts;

/** What each role has a page for; what it may read there is decided by the row rules. */
const partsOf: Readonly<Partial<Record<Role, readonly CasePart[]>>> = {
  linkworker: ['overview', 'contacts', 'assessment', 'goals', 'resources', 'requests', 'sessions', 'reports'],
  neighbour: ['overview', 'contacts', 'sessions'],
  doctor: ['overview', 'reports'],
  reception: ['overview', 'reports'],
};

/** Where the body holds sessions, its menu has them. */
const isThere =
  (view: View) =>
  (part: CasePart): boolean =>
    part !== 'sessions' || view.nav.some(({ href }) => href === '/sessions');

const label: Sentence = { ja: 'この紹介のページ', en: 'Pages of this referral' };

/** The local menu of one referral, the same on every page about it. `id` is that of its Task. */
export function CaseTabs(
  props: Readonly<{
    view: View;
    id: string;
    role: Role;
    current: CasePart;
    /** How many there are of something, shown beside its name. */
    counts?: Readonly<Partial<Record<CasePart, number>>> | undefined;
  }>,
): JSX.Element {
  const { view, id, role, current } = props;
  return (
    <Tabs
      view={view}
      label={label}
      tabs={(partsOf[role] ?? ['overview']).filter(isThere(view)).map((part) => ({
        href: part === 'overview' ? `/referrals/${id}` : `/referrals/${id}/${part}`,
        label: parts[part],
        current: part === current,
        count: props.counts?.[part],
      }))}
    />
  );
}
