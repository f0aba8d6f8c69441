import type { Counts } from './access/sessions.ts';
import type { Role } from './kernel/actor.ts';
import type { Sentence } from './kernel/sentence.ts';
import type { NavItem } from './web/view.ts';

type Place = Readonly<{ href: string; label: Sentence }>;

const patients: Place = { href: '/patients', label: { ja: '患者さん', en: 'Patients' } };
const sent: Place = { href: '/referrals', label: { ja: '送った紹介', en: 'Referrals sent' } };
const inbox: Place = { href: '/inbox', label: { ja: '受付箱', en: 'Inbox' } };
const scans: Place = { href: '/scans', label: { ja: '届いたFAX・紙', en: 'Faxes and paper' } };
const asked: Place = { href: '/asked', label: { ja: '届いた依頼', en: 'Requests' } };
const askedOut: Place = { href: '/requests', label: { ja: '団体への依頼', en: 'Requests to groups' } };
const resources: Place = { href: '/resources', label: { ja: '地域の資源', en: 'Community resources' } };
const figures: Place = { href: '/figures', label: { ja: '統計', en: 'Figures' } };
const accessLog: Place = { href: '/access-log', label: { ja: '閲覧の記録', en: 'Access log' } };
const exchange: Place = { href: '/exchange', label: { ja: '外部との連携', en: 'Connections' } };
const programs: Place = { href: '/programs', label: { ja: '連携するシステム', en: 'Connected systems' } };
const forms: Place = { href: '/forms', label: { ja: '様式', en: 'Forms' } };
const accounts: Place = { href: '/accounts', label: { ja: '利用者', en: 'Accounts' } };

const elsewhere: Place = {
  href: '/deliveries',
  label: { ja: 'ほかの機関への届け', en: 'Sent to other bodies' },
};
const sessions: Place = { href: '/sessions', label: { ja: 'つどい', en: 'Sessions' } };
const shared: Place = { href: '/shared', label: { ja: '共有された方', en: 'Shared with us' } };
const reviews: Place = { href: '/reviews', label: { ja: '閲覧の確認', en: 'Reviews of access' } };
const invitations: Place = { href: '/invitations', label: { ja: '受診のご案内', en: 'Invitations' } };
const invited: Place = { href: '/invited', label: { ja: '受診案内で来た方', en: 'Came by invitation' } };
const emergency: Place = { href: '/emergency', label: { ja: '緊急のとき', en: 'Emergency' } };

/** The first place of a role is where its work begins. */
const places: Readonly<Record<Role, readonly Place[]>> = {
  doctor: [patients, sent, scans, resources, reviews, emergency],
  reception: [patients, sent, scans, resources],
  linkworker: [inbox, askedOut, scans, resources, reviews, emergency],
  neighbour: [inbox, resources],
  coordinator: [resources, figures],
  resource: [asked, resources],
  insurer: [shared],
  meeting: [shared],
  council: [figures],
  admin: [accounts, programs, forms, accessLog, reviews, exchange],
  patient: [],
  system: [],
};

export const homeOf = (role: Role): string => places[role][0]?.href ?? '/sign-in';

/** Roles that send and take; the place stands in their menu when their body works with servers of others. */
const sides: readonly Role[] = ['doctor', 'reception', 'linkworker', 'resource'];

/** Roles for which persons are seldom shared: the place stands in their menu when there is somebody. */
const seldomShared: readonly Role[] = ['doctor', 'reception', 'linkworker', 'resource'];

/** Where somebody invites, and where those who were invited come: of bodies that run such a program. */
const inviting: Readonly<Partial<Record<Role, readonly Place[]>>> = {
  insurer: [invitations, scans],
  doctor: [invited],
  reception: [invited],
};

/** Roles with a calendar of sessions, where their body runs a program that has them. */
const holding: readonly Role[] = ['linkworker', 'neighbour', 'coordinator', 'resource'];

/** What the programs of somebody's body add to the menu. */
type Runs = Readonly<{ invites: boolean; holdsSessions: boolean }>;

export const navigation = (
  role: Role,
  path: string,
  counts: Counts | undefined,
  runs: Runs = { invites: false, holdsSessions: false },
): readonly NavItem[] =>
  [
    ...places[role],
    ...(runs.invites ? (inviting[role] ?? []) : []),
    ...(runs.holdsSessions && holding.includes(role) ? [sessions] : []),
    ...((counts?.shared ?? 0) > 0 && seldomShared.includes(role) ? [shared] : []),
    ...(counts?.elsewhere !== undefined && sides.includes(role) ? [elsewhere] : []),
  ].map((place) => ({
    ...place,
    current: path === place.href || path.startsWith(`${place.href}/`),
    ...(place === reviews && counts !== undefined && counts.reviews > 0 ? { count: counts.reviews } : {}),
    ...(place === elsewhere && (counts?.elsewhere ?? 0) > 0 ? { count: counts?.elsewhere ?? 0 } : {}),
  }));
