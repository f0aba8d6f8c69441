import { z } from 'zod';
import { choice, optionalText, saying } from '../../web/form.tsx';
import type { Issue } from '../../kernel/problem.ts';
import { consentItems, type ConsentItem, type Given } from '../record.ts';
import { text } from './text.ts';

/** What is taken back, as the first page sends it in its address: nothing personal, so it may stand there. */
export type Scope = Readonly<{
  whole: boolean;
  recipients: readonly string[];
  items: readonly ConsentItem[];
}>;

const several = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );

/** Reads the choice; recipients and items that the consent does not name are passed over. */
export function readScope(
  query: Readonly<Record<string, unknown>>,
  given: Given,
): Readonly<{ scope: Scope }> | Readonly<{ issues: readonly Issue[] }> {
  const [which] = several(query['scope']);
  if (which === 'whole') return { scope: { whole: true, recipients: [], items: [] } };
  if (which !== 'part') return { issues: [{ path: 'scope', says: text.scopeMissing }] };
  const named: readonly string[] = [...given.recipients, ...given.recipientIds];
  const recipients = several(query['recipient']).filter((who) => named.includes(who));
  const items = consentItems.filter(
    (item) => several(query['item']).includes(item) && given.items.includes(item),
  );
  return recipients.length + items.length > 0
    ? { scope: { whole: false, recipients, items } }
    : { issues: [{ path: 'recipient', says: text.partMissing }] };
}

/** The same choice as an address, for links back and forms. */
export const scopeQuery = (scope: Scope): string =>
  new URLSearchParams([
    ['scope', scope.whole ? 'whole' : 'part'],
    ...scope.recipients.map((who) => ['recipient', who]),
    ...scope.items.map((item) => ['item', item]),
  ]).toString();

export const withdrawalReasons = ['person', 'proxy', 'mistake', 'other'] as const;
export const withdrawalNames = {
  person: text.byPerson,
  proxy: text.byProxy,
  mistake: text.byMistake,
  other: text.byOther,
} as const;

export const withdrawalSchema = z
  .object({ why: choice(withdrawalReasons, text.whyMissing), note: optionalText(300) })
  .refine((f) => f.why === 'person' || f.why === 'mistake' || (f.note ?? '').trim() !== '', {
    when: () => true,
    path: ['note'],
    message: saying(text.noteMissing),
  });

/** An address's fields, with all values of a name that comes several times. */
export const typedFields = (query: string): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query))
    found.set(name, [...(found.get(name) ?? []), value]);
  return found;
};

/** Whoever holds a consent records that the person takes it back: the clinic that took it, and whom it opened to. */
export const holders = ['doctor', 'reception', 'linkworker', 'neighbour'] as const;
