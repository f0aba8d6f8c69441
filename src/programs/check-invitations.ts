import type { Fault } from './fault.ts';
import type { Program } from './program.ts';

const lacks = (place: string, says: string, wrong: boolean): Fault[] => (wrong ? [{ place, says }] : []);

/** Whoever invites hears of a visit by consent alone, so the consent form has to be able to name the insurer. */
export function checkInvitations({ invitations, consentTerms }: Program): Fault[] {
  if (invitations === undefined) return [];
  const codes = invitations.reasons.map(({ code }) => code);
  const names = invitations.reasons.map(({ name }) => name.ja);
  return [
    ...lacks(
      'consentTerms.recipients',
      'lacks "insurer": the insurer that invites could never be told of a visit (invitations)',
      !consentTerms.recipients.includes('insurer'),
    ),
    ...invitations.reasons.flatMap(({ code, name }, i) => [
      ...lacks(
        `invitations.reasons[${String(i)}].code`,
        `the reason "${code}" is already there`,
        codes.indexOf(code) < i,
      ),
      ...lacks(
        `invitations.reasons[${String(i)}].name`,
        `"${name.ja}" is the name of two reasons; a list could not tell them apart`,
        names.indexOf(name.ja) < i,
      ),
    ]),
  ];
}

/** A sheet that the insurer reads is opened to it by a consent that names it and the sheet. */
export function checkSharedSheet({ sharedSheet, consentTerms }: Program): Fault[] {
  if (sharedSheet === undefined) return [];
  return [
    ...lacks(
      'consentTerms.recipients',
      'lacks "insurer": nobody could share the sheet with the doctor (sharedSheet)',
      !consentTerms.recipients.includes('insurer'),
    ),
    ...lacks(
      'consentTerms.items',
      'lacks "assessment": the sheet could be shown to nobody (sharedSheet)',
      !consentTerms.items.includes('assessment'),
    ),
  ];
}

/** The sheet says nothing that the consent form cannot ask for, and always whom it is about. */
export function checkHandOver({ handOver, consentTerms }: Program): Fault[] {
  if (handOver === undefined) return [];
  return [
    ...lacks(
      'handOver.items',
      'lacks "contact": nobody could tell whom the sheet is about',
      !handOver.items.includes('contact'),
    ),
    ...handOver.items.flatMap((item, i) =>
      lacks(
        `handOver.items[${String(i)}]`,
        `"${item}" is not among consentTerms.items, so no consent could open it`,
        !(consentTerms.items as readonly string[]).includes(item),
      ),
    ),
  ];
}
