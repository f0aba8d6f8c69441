import type { Role } from './kernel/actor.ts';
import type { Sentence } from './kernel/sentence.ts';
import type { NavItem } from './web/view.ts';

type Place = Readonly<{ href: string; label: Sentence }>;

const patients: Place = { href: '/patients', label: { ja: '患者さん', en: 'Patients' } };
const sent: Place = { href: '/referrals', label: { ja: '送った紹介', en: 'Referrals sent' } };
const inbox: Place = { href: '/inbox', label: { ja: '受付箱', en: 'Inbox' } };
const asked: Place = { href: '/asked', label: { ja: '届いた依頼', en: 'Requests' } };
const askedOut: Place = { href: '/requests', label: { ja: '団体への依頼', en: 'Requests to groups' } };
const resources: Place = { href: '/resources', label: { ja: '地域の資源', en: 'Community resources' } };
const figures: Place = { href: '/figures', label: { ja: '統計', en: 'Figures' } };
const accessLog: Place = { href: '/access-log', label: { ja: '閲覧の記録', en: 'Access log' } };
const accounts: Place = { href: '/accounts', label: { ja: '利用者', en: 'Accounts' } };

/** The first place of a role is where its work begins. */
const places: Readonly<Record<Role, readonly Place[]>> = {
  doctor: [patients, sent, resources],
  reception: [patients, sent, resources],
  linkworker: [inbox, askedOut, resources],
  neighbour: [inbox, resources],
  coordinator: [resources, figures],
  resource: [asked, resources],
  insurer: [],
  meeting: [],
  council: [figures],
  admin: [accounts, accessLog],
  patient: [],
  system: [],
};

export const homeOf = (role: Role): string => places[role][0]?.href ?? '/sign-in';

export const navigation = (role: Role, path: string): readonly NavItem[] =>
  places[role].map((place) => ({
    ...place,
    current: path === place.href || path.startsWith(`${place.href}/`),
  }));
