import { consentWords } from '../programs/consent-words.ts';
import type { Program } from '../programs/program.ts';
import { needLabel } from '../programs/needs.ts';
import { referralSheet, type ReferralSheetData } from '../documents/referral-sheet.ts';
import { registerSheet } from '../documents/printed.ts';
import type { Records } from '../fhir/records.ts';
import type { Party } from '../documents/party.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName, type ReadBody } from '../people/record.ts';
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

/** Notes in the transaction in which it is read that the sheet of a referral is printed. */
export const registerReferral = (records: Records, { referral }: Case, language: Language): Promise<string> =>
  registerSheet(records, {
    kind: 'referral',
    about: { type: 'ServiceRequest', id: referral.requestId },
    language,
  });

/** The referral as a sheet to print or fax: what the reader of the page may see, and no more. */
export const printReferral = (shown: Case, given: Given): Promise<Buffer> =>
  referralSheet(sheetOf(shown, given));

export function sheetOf(shown: Case, given: Given): ReferralSheetData {
  const { language, program, publicUrl, now, sheetId } = given;
  const { referral, person, asked, consent, note, sender, receiver } = shown;
  const caution =
    person &&
    cautionOf(
      program,
      person,
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

const partyOf = (body: ReadBody | undefined): Party => ({
  organization: body?.name ?? '',
  ...(body?.address?.postalCode ? { postalCode: body.address.postalCode } : {}),
  ...(body?.address
    ? { address: `${body.address.prefecture}${body.address.municipality}${body.address.line}` }
    : {}),
  ...(body?.phone ? { tel: body.phone } : {}),
  ...(body?.fax ? { fax: body.fax } : {}),
});

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
