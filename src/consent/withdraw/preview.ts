import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import type { Records } from '../../fhir/records.ts';
import { readOrganization } from '../../people/record.ts';
import { consentsOf, referralsOn, seenUnder } from '../queries.ts';
import { isInForce, openedTo, opensTo, readConsent, type ConsentItem, type Given } from '../record.ts';
import { partsTaken } from '../service.ts';
import type { Scope } from './form.ts';

export type Effect = Readonly<{
  name: string;
  kind: string;
  /** Sees nothing any more under this consent. */
  isClosed: boolean;
  loses: readonly ConsentItem[];
}>;

/** What taking this much of a consent back will do, and to whom, as far as the actor may know. */
export type Preview = Readonly<{
  effects: readonly Effect[];
  /** Offices whose referral ends. */
  ending: readonly Readonly<{ id: string; office: string }>[];
  /** Other consents of the person in force. */
  others: number;
}>;

export async function previewOf(
  records: Records,
  given: Given & Readonly<{ id: string }>,
  scope: Scope,
): Promise<Preview> {
  const today = dayInTokyo(records.now);
  const less = narrowedBy(given, scope);
  const others = (await consentsOf(records, given.patient))
    .map(readConsent)
    .filter((one) => one.id !== given.id && isInForce(one, today));
  const referrals = await referralsOn(records, given);
  const effects = (await seenUnder(records, given.id)).map(({ id, name, kind }) => {
    const recipient = { id, kind };
    const after = openedTo(less, recipient);
    return {
      name,
      kind,
      isClosed: after.length === 0,
      loses: openedTo(given, recipient).filter((item) => !after.includes(item)),
    };
  });
  const isSame = ({ isClosed, loses }: Effect): boolean => !isClosed && loses.length === 0;
  return {
    // For whom it changes something comes first.
    effects: [...effects.filter((one) => !isSame(one)), ...effects.filter(isSame)],
    ending: referrals.flatMap(({ id, office }) => {
      const body = office && readOrganization(office);
      if (!body || [less, ...others].some((one) => opensTo(one, body, today))) return [];
      return [{ id, office: body.name }];
    }),
    others: others.length,
  };
}

/** The consent as it would be. */
const narrowedBy = (given: Given, scope: Scope): Given =>
  scope.whole
    ? { ...given, status: 'inactive' }
    : { ...given, takenBack: [...given.takenBack, ...partsTaken({ parts: scope, reason: '' }, '')] };
