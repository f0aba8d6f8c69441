import type { ConsentItem, RecipientKind } from '../../../src/consent/record.ts';

/** A body of the tests, by the part it plays; `other…` are of the same kind and have nothing to do with the person. */
export const bodyNames = [
  'clinic',
  'otherClinic',
  'office',
  'otherOffice',
  'resource',
  'otherResource',
  'insurer',
  'otherInsurer',
  'meeting',
  'otherMeeting',
  'municipality',
  'council',
] as const;
export type BodyName = (typeof bodyNames)[number];

/** `current`: holds today; `lapsed`: ran out ten days ago; `over`: ran out forty days ago. */
export type Period = 'current' | 'lapsed' | 'over';
/** A kind of recipient, or a body by itself. */
export type Named = RecipientKind | `the ${BodyName}`;

/** One consent, or one disclosure that rests on law, as people talk of it. */
export type Said = Readonly<{
  basis: 'agreed' | 'law';
  status: 'active' | 'inactive' | 'entered-in-error';
  period: Period;
  to: readonly Named[];
  items: readonly ConsentItem[];
  /** Opened by name beyond what the recipient's kind gets. */
  also: readonly Readonly<{ to: Named; items: readonly ConsentItem[] }>[];
  takenBack: readonly Readonly<{ to?: Named; item?: ConsentItem }>[];
}>;

/** All that decides who sees a person. */
export type State = Readonly<{
  consents: readonly Said[];
  /** Whether what the referral and the requests rest on goes on, or was called off, or was not sent yet. */
  referral: 'open' | 'called off' | 'draft';
  requests: 'open' | 'called off' | 'draft';
  /** Who has the referral in hand. */
  inHand: 'nobody' | 'neighbour';
  emergency: 'never' | 'now' | 'over';
  limited: boolean;
  sealed: boolean;
  /** What was there before it came to this. */
  before?: readonly Said[];
  /** The time of what was opened has passed and nothing was done about it yet. */
  unattended: boolean;
}>;

export const allItems: readonly ConsentItem[] = ['contact', 'answers', 'assessment', 'plan', 'medical-note'];
const everybody: readonly Named[] = ['office', 'resident', 'resource', 'insurer', 'meeting'];

const said = (given: Partial<Said> = {}): Said => ({
  basis: 'agreed',
  status: 'active',
  period: 'current',
  to: everybody,
  items: allItems,
  also: [],
  takenBack: [],
  ...given,
});
const state = (given: Partial<State> = {}): State => ({
  consents: [said()],
  referral: 'open',
  requests: 'open',
  inHand: 'nobody',
  emergency: 'never',
  limited: false,
  sealed: false,
  unattended: false,
  ...given,
});
const after = (now: Partial<Said>, before: Partial<Said> = {}): State =>
  state({ consents: [said({ ...before, ...now })], before: [said(before)] });
const law = (given: Partial<Said> = {}): Said =>
  said({
    basis: 'law',
    to: ['the otherOffice', 'the otherMeeting', 'the otherInsurer', 'the otherResource'],
    ...given,
  });

const toOne = Object.fromEntries(
  everybody.map((to) => [`names only: ${to}`, state({ consents: [said({ to: [to] })] })]),
);
const ofOne = Object.fromEntries(
  allItems.map((item) => [`opens only: ${item}`, state({ consents: [said({ items: [item] })] })]),
);
const lessOne = Object.fromEntries(
  allItems.map((item) => [`taken back: ${item}`, after({ takenBack: [{ item }] })]),
);
const fromOne = Object.fromEntries(
  everybody.map((to) => [`taken back from: ${to}`, after({ takenBack: [{ to }] })]),
);

/** Every state a consent can be in, with all that hangs on it: one person stands in each. */
export const states: Readonly<Record<string, State>> = {
  'no consent': state({ consents: [] }),
  'names everybody and everything': state(),
  ...toOne,
  ...ofOne,
  'names one office and one group': state({
    consents: [said({ to: ['the office', 'the otherOffice', 'the resource'] })],
  }),
  'opens answers to the group by name': state({
    consents: [said({ also: [{ to: 'resource', items: ['answers'] }] })],
  }),
  'opens the plan to residents by name': state({
    consents: [said({ items: ['contact'], also: [{ to: 'resident', items: ['plan'] }] })],
  }),
  ...fromOne,
  ...lessOne,
  'taken back: answers, from the office': after({ takenBack: [{ to: 'office', item: 'answers' }] }),
  withdrawn: after({ status: 'inactive' }),
  'entered in error': after({ status: 'entered-in-error' }),
  'ran out ten days ago': after({ period: 'lapsed' }),
  'ran out forty days ago': after({ period: 'over' }),
  'ran out, and nobody has seen to it': state({ unattended: true }),
  'given anew after it had run out': state({ consents: [said({ period: 'over' }), said()] }),
  'given anew with less, while the first can be read': state({
    consents: [said({ period: 'lapsed' }), said({ items: ['contact'] })],
  }),
  'in the hands of one resident': state({ inHand: 'neighbour' }),
  'referral called off': state({ referral: 'called off' }),
  'requests called off': state({ requests: 'called off' }),
  'referral not sent yet': state({ referral: 'draft', requests: 'draft' }),
  'opened in an emergency': state({ consents: [], emergency: 'now' }),
  'emergency over': state({ consents: [], emergency: 'over' }),
  'opened by law': state({ consents: [law()] }),
  'contact and answers opened by law': state({ consents: [law({ items: ['contact', 'answers'] })] }),
  'opening by law over': state({ consents: [law({ period: 'over' })] }),
  'opening by law ended': state({ consents: [law({ status: 'inactive' })], before: [law()] }),
  'must not be contacted': state({ limited: true }),
  'address sealed': state({ sealed: true }),
};
