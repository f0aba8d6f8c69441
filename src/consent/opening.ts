import type { OrganizationKind } from '../fhir/codes.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { consentItems, type ConsentItem, type Given, type RecipientKind } from './records/model.ts';

/** Which residents' and groups' sight a consent widens beyond how to reach the person only where it says so by name. */
const narrow: readonly RecipientKind[] = ['resident', 'resource'];

/** Somebody a consent may name: a body with its kind, or the residents who help at an office. */
export type Recipient = Readonly<{ id?: string | undefined; kind: RecipientKind | undefined }>;

/** The recipient kind under which consents speak of a body of that kind; undefined for bodies that none names. */
export const recipientKindOf = (kind: OrganizationKind | undefined): RecipientKind | undefined =>
  kind === 'office' || kind === 'resource' || kind === 'insurer' || kind === 'meeting' ? kind : undefined;

/**
 * What a consent opens to a recipient, leaving the period aside: the recipients × items it names, what it adds by name,
 * less the parts that were taken back. Residents and groups get how to reach the person, and more only by name. The row
 * rules of the database say the same (`consent_openings` and `refresh_sights`); a test holds the two together.
 */
export function openedTo(given: Given, recipient: Recipient): ConsentItem[] {
  if (given.status !== 'active') return [];
  const isMe = (who: string): boolean => who === recipient.kind || who === recipient.id;
  const isNarrow = recipient.kind !== undefined && narrow.includes(recipient.kind);
  const general = [...given.recipients, ...given.recipientIds].some(isMe)
    ? given.items.filter((item) => !isNarrow || item === 'contact')
    : [];
  const added = given.also.filter((one) => isMe(one.recipient)).flatMap((one) => one.items);
  const denied = (item: ConsentItem): boolean =>
    given.takenBack.some(
      (part) =>
        (part.recipient === undefined || isMe(part.recipient)) &&
        (part.item === undefined || part.item === item),
    );
  return consentItems.filter((item) => (general.includes(item) || added.includes(item)) && !denied(item));
}

/** What of a consent still stands: the recipients that it opens anything to, and the items that it opens to any of them. */
export function standingOf(given: Given): Pick<Given, 'recipients' | 'recipientIds' | 'items'> {
  const opens = new Map<string, readonly ConsentItem[]>([
    ...given.recipients.map((kind) => [kind, openedTo(given, { kind })] as const),
    ...given.recipientIds.map((id) => [id, openedTo(given, { id, kind: undefined })] as const),
  ]);
  const isOpen = (who: string): boolean => (opens.get(who) ?? []).length > 0;
  return {
    recipients: given.recipients.filter(isOpen),
    recipientIds: given.recipientIds.filter(isOpen),
    items: consentItems.filter((item) => [...opens.values()].some((items) => items.includes(item))),
  };
}

/** Whether a consent holds on that day (`YYYY-MM-DD`, Tokyo), the last day included. */
export const isInForce = (consent: Pick<Given, 'status' | 'until'>, today: string): boolean =>
  consent.status === 'active' && consent.until >= today;

/** Whether a consent lets a body of that kind see the person on that day (`YYYY-MM-DD`, Tokyo). */
export const opensTo = (
  given: Given,
  body: { id: string; kind: OrganizationKind | undefined },
  today: string,
): boolean =>
  isInForce(given, today) &&
  given.from <= today &&
  openedTo(given, { id: body.id, kind: recipientKindOf(body.kind) }).length > 0;

/** Whether residents who help at an office may be given the person. */
export const opensToResidents = (given: Given, today: string): boolean =>
  isInForce(given, today) && openedTo(given, { kind: 'resident' }).length > 0;

/** Why a consent opens nothing any more, and the day it was taken back or the last day it held; undefined while it holds. */
export function endOfConsent(
  { status, withdrawn, until }: Pick<Given, 'status' | 'withdrawn' | 'until'>,
  today: string,
): Readonly<{ kind: 'withdrawn' | 'expired'; on?: string }> | undefined {
  if (status !== 'active') {
    const at = new Date(withdrawn?.at ?? '');
    return { kind: 'withdrawn', ...(Number.isNaN(at.getTime()) ? {} : { on: dayInTokyo(at) }) };
  }
  return until < today ? { kind: 'expired', on: until } : undefined;
}
