import { consentWords } from '../programs/consent-words.ts';
import type { Program } from '../programs/program.ts';
import { needLabel } from '../programs/needs.ts';
import { fax, type FaxHead } from '../documents/fax-cover.ts';
import { registerSheet, registerSheets, type PrintedSheet } from '../documents/printed.ts';
import { referralSheet, referralSketch, type ReferralSheetData } from '../documents/referral-sheet.ts';
import type { Records } from '../fhir/records.ts';
import { partyOf } from '../documents/party.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName } from '../people/record.ts';
import { endOfConsent } from '../consent/record.ts';
import type { Case } from './case.ts';
import { cautionOf } from './caution.ts';
import { caseText } from './case-text.ts';

type Given = Readonly<{
  language: Language;
  program: Program;
  publicUrl: string;
  now: Date;
  /** Of the printed sheet. */
  sheetId: string;
}>;

const printed = (kind: 'referral' | 'fax-cover', { referral }: Case, language: Language): PrintedSheet => ({
  kind,
  about: { type: 'ServiceRequest', id: referral.requestId },
  language,
});

/** Notes in the transaction in which it is read that the sheet of a referral is printed. */
export const registerReferral = (records: Records, shown: Case, language: Language): Promise<string> =>
  registerSheet(records, printed('referral', shown, language));

/** The same for the sheet with its cover; the ids of the sheet and of the cover. */
export async function registerFax(
  records: Records,
  shown: Case,
  language: Language,
): Promise<{ sheetId: string; coverId: string }> {
  const kinds = ['referral', 'fax-cover'] as const;
  const [sheetId = '', coverId = ''] = await registerSheets(
    records,
    kinds.map((kind) => printed(kind, shown, language)),
  );
  return { sheetId, coverId };
}

/** The referral as a sheet to print or fax: what the reader of the page may see, and no more. */
export const printReferral = (shown: Case, given: Given): Promise<Buffer> =>
  referralSheet(sheetOf(shown, given));

/** The same as a fax: a cover that says nothing about the person, then the sheet. */
export function faxReferral(shown: Case, given: Given, coverId: string): Promise<Buffer> {
  const data = sheetOf(shown, given);
  return fax(faxHeadOf(data, coverId), referralSketch(data));
}

export const faxHeadOf = (
  { language, to, from, date, caseNumber }: ReferralSheetData,
  sheetId: string,
): FaxHead => ({ sheetId, language, to, from, date, caseNumber, addressee: 'office' });

export function sheetOf(shown: Case, given: Given): ReferralSheetData {
  const { language, program, publicUrl, now, sheetId } = given;
  const { referral, person, asked, consent, note, sender, receiver } = shown;
  const caution =
    person &&
    cautionOf(
      program,
      shown,
      shown.needs.map((one) => one.need),
    );
  const kana = [person?.familyKana, person?.givenKana].filter(Boolean).join(' ');
  const address = [person?.prefecture, person?.municipality, person?.line].filter(Boolean).join('');
  return {
    sheetId,
    language,
    to: partyOf(receiver),
    from: { ...partyOf(sender), ...(shown.sentBy === undefined ? {} : { person: shown.sentBy }) },
    date: dayInTokyo(new Date(referral.authoredOn)),
    caseNumber: referral.caseNumber,
    patient: {
      name: person ? displayName(person, 'ja') : '',
      ...(kana ? { kana } : {}),
      ...(person?.birthDate ? { birthDate: person.birthDate } : {}),
      ...(person ? { gender: person.sex } : {}),
      ...(person?.postalCode ? { postalCode: person.postalCode } : {}),
      ...(address ? { address } : {}),
      ...(person?.phone ? { phone: person.phone } : {}),
      ...warned(person, language),
    },
    urgency: referral.urgency,
    ...(referral.due === undefined ? {} : { answerBy: dayInTokyo(new Date(referral.due)) }),
    ...(caution === undefined ? {} : { caution: caution[language] }),
    reason: [
      asked?.reason ?? '',
      ...(asked?.outside === undefined ? [] : [`${caseText.outside[language]}：${asked.outside}`]),
    ].join('\n'),
    needs: shown.needs.map(({ need, because }) => ({
      name: needLabel(need.code)[language],
      why: because.map(({ question, answer }) => `${question[language]} → ${answer[language]}`),
    })),
    ...(note === undefined ? {} : { note }),
    consent: consentShown(consent, shown, { program, language, today: dayInTokyo(now) }),
    answer: { url: `${publicUrl}/referrals/${referral.id}` },
  };
}

function consentShown(
  consent: Case['consent'],
  { receiver, person }: Case,
  { program, language, today }: Readonly<{ program: Program; language: Language; today: string }>,
): ReferralSheetData['consent'] {
  if (consent === undefined) return { recipients: [], items: [] };
  const words = consentWords(program);
  const labels = (
    choices: readonly Readonly<{ code: string; label: Readonly<Record<Language, string>> }>[],
    codes: readonly string[],
  ): string[] => choices.flatMap((c) => (codes.includes(c.code) ? [c.label[language]] : []));
  const ended = endOfConsent(consent, today);
  const named = consent.recipientIds.includes(receiver?.id ?? '') ? [receiver?.name ?? ''] : [];
  return {
    ...(consent.at ? { givenOn: dayInTokyo(new Date(consent.at)) } : {}),
    ...(consent.proxy
      ? { signer: { name: consent.proxy.name, relation: consent.proxy.relation } }
      : person
        ? { signer: { name: displayName(person, 'ja') } }
        : {}),
    ...(ended ? { ended } : {}),
    ...(consent.from ? { start: consent.from } : {}),
    ...(consent.until ? { end: consent.until } : {}),
    recipients: [...named, ...labels(words.recipients, consent.recipients)],
    items: labels(words.items, consent.items),
  };
}
