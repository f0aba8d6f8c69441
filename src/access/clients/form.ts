import { z } from 'zod';
import { isEmail } from '../../kernel/email.ts';
import { endOfDayInTokyo } from '../../kernel/japan/calendar.ts';
import type { Issue } from '../../kernel/problem.ts';
import type { Role } from '../../kernel/actor.ts';
import {
  choice,
  formAgain,
  optionalDate,
  optionalText,
  readForm,
  saying,
  textField,
  type FormState,
} from '../../web/form.tsx';
import { readKeys, type PublicKey } from './keys.ts';
import { extents, kinds, offersFor, scopesOf, type Extent, type Offer } from './offered.ts';
import { text } from './text.ts';

/** What can be changed later. `ends`: the end of its last day. */
export type Entry = Readonly<{
  name: string;
  purpose: string;
  contact: string;
  scopes: string;
  ends: Date | undefined;
}>;
export type NewClient = Entry &
  Readonly<{ id: string; role: Role; proof: 'secret' | 'keys'; keys: readonly PublicKey[] }>;

type Read<T> = Readonly<{ ok: true; data: T } | { ok: false; state: FormState }>;

const entry = {
  name: textField({ max: 80, required: text.nameMissing, oneLine: true }),
  purpose: textField({ max: 500, required: text.purposeMissing }),
  contact: textField({ max: 200, required: text.contactMissing })
    .transform((s) => s.normalize('NFKC'))
    .refine(isEmail, saying(text.contactWrong)),
  extent: choice(Object.keys(extents) as Extent[], text.extentMissing),
  until: optionalDate(),
};
const EntryForm = z.object(entry);
const newForm = (roles: readonly Role[]) =>
  z.object({
    ...entry,
    id: textField({ max: 60 })
      .transform((s) => s.normalize('NFKC'))
      .refine((s) => /^[a-z0-9][a-z0-9._-]{2,39}$/.test(s), saying(text.idWrong)),
    role: choice(roles, text.roleMissing),
    proof: choice(['keys', 'secret'], text.proofMissing),
    keys: optionalText(20_000),
  });

/** Reads what is registered. A private key that was pasted is in nothing that it returns. */
export function readNewClient(body: unknown, roles: readonly Role[], now: Date): Read<NewClient> {
  const read = readForm(newForm(roles), body);
  const { keys: pasted, proof } = formAgain(body, []).values;
  const keys = proof === 'keys' ? keysIn(typeof pasted === 'string' ? pasted : '') : [];
  const role = read.ok ? read.data.role : undefined;
  const ticked = tickedIn(body, role ? [role] : roles);
  const issues = [
    ...(read.ok ? [] : read.state.issues),
    ...scopeIssues(body, ticked),
    ...('fault' in keys ? [{ path: 'keys', says: keys.fault }] : []),
    ...(read.ok ? endIssues(read.data.until, now) : []),
  ];
  if (!read.ok || issues.length > 0 || 'fault' in keys) return again(body, issues);
  const { extent, until, keys: _pasted, ...rest } = read.data;
  return { ok: true, data: { ...rest, keys, ...asKept(extent, ticked.offers, until) } };
}

/** Reads another entry for a client of that role. */
export function readEntry(body: unknown, role: Role, now: Date): Read<Entry> {
  const read = readForm(EntryForm, body);
  const ticked = tickedIn(body, [role]);
  const issues = [
    ...(read.ok ? [] : read.state.issues),
    ...scopeIssues(body, ticked),
    ...(read.ok ? endIssues(read.data.until, now) : []),
  ];
  if (!read.ok || issues.length > 0) return again(body, issues);
  const { extent, until, ...rest } = read.data;
  return { ok: true, data: { ...rest, ...asKept(extent, ticked.offers, until) } };
}

/** Reads keys that are added to those a client has. */
export function readMoreKeys(body: unknown): Read<readonly PublicKey[]> {
  const { keys: pasted } = formAgain(body, []).values;
  const keys = keysIn(typeof pasted === 'string' ? pasted : '');
  return 'fault' in keys ? again(body, [{ path: 'keys', says: keys.fault }]) : { ok: true, data: keys };
}

/** For how long the present secret stays good beside a new one, in days. */
export const overlaps = ['0', '1', '7', '30'] as const;
export const SecretForm = z.object({ overlap: choice(overlaps) });

const asKept = (extent: Extent, offers: readonly Offer[], until: string | undefined) => ({
  scopes: extents[extent] ?? scopesOf(offers),
  ends: until === undefined ? undefined : endOfDayInTokyo(until),
});

function keysIn(pasted: string): readonly PublicKey[] | Readonly<{ fault: Issue['says'] }> {
  if (pasted === '') return { fault: text.keysMissing };
  if (pasted.length > 20_000) return { fault: text.keysLong };
  const read = readKeys(pasted);
  return 'fault' in read ? read : read.keys;
}

type Ticked = Readonly<{ offers: readonly Offer[]; beyond: readonly string[] }>;

/** What was ticked, as far as one of these roles may; `beyond`: kinds of which it asks more. */
function tickedIn(body: unknown, roles: readonly Role[]): Ticked {
  const { values } = formAgain(body, []);
  const offered = roles.flatMap((role) => offersFor(role));
  const asked = kinds.flatMap((kind) =>
    [Object.hasOwn(values, kind) ? (values[kind] ?? []) : []]
      .flat()
      .flatMap((deed) => (deed === '' ? [] : [{ kind, deed }])),
  );
  const fits = ({ kind, deed }: (typeof asked)[number]): Offer | undefined =>
    offered.find((one) => one.kind === kind && one.deed === deed);
  return {
    offers: asked.flatMap((one) => fits(one) ?? []),
    beyond: [...new Set(asked.flatMap((one) => (fits(one) ? [] : [one.kind])))],
  };
}

function scopeIssues(body: unknown, { offers, beyond }: Ticked): Issue[] {
  if (formAgain(body, []).values['extent'] !== 'chosen') return [];
  if (beyond.length > 0) return beyond.map((path) => ({ path, says: text.beyondRole }));
  return offers.length === 0 ? [{ path: 'extent', says: text.nothingTicked }] : [];
}

const endIssues = (until: string | undefined, now: Date): Issue[] =>
  until !== undefined && endOfDayInTokyo(until) <= now ? [{ path: 'until', says: text.untilPast }] : [];

/** The form as it was filled in; what may be a private key is not written back. */
function again(body: unknown, issues: readonly Issue[]): Readonly<{ ok: false; state: FormState }> {
  const state = formAgain(body, issues);
  const { keys: pasted, ...values } = state.values;
  const read = typeof pasted === 'string' && pasted !== '' ? readKeys(pasted) : undefined;
  const isShown = read !== undefined && !('fault' in read && read.leaked);
  return { ok: false, state: isShown ? state : { ...state, values } };
}
