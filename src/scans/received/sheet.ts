import { faxRequest } from '../../documents/fax-request.ts';
import { partyOf } from '../../documents/party.ts';
import { registerSheet } from '../../documents/printed.ts';
import type { Records } from '../../fhir/records.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import type { Language, Sentence } from '../../kernel/sentence.ts';
import { readOrganization, type ReadBody } from '../../people/record.ts';
import { consentWords } from '../../programs/consent-words.ts';
import { needLabel } from '../../programs/needs.ts';
import type { Program } from '../../programs/program.ts';
import { programsOf } from '../../programs/record.ts';
import { urgencies } from '../../referral/record.ts';
import { urgencyText } from '../../referral/text.ts';
import { needsOf } from './form.ts';

/** The kind under which a blank request sheet is known again: it is for anybody, and never files itself. */
export const requestSheet = 'fax-request';

export type BlankSheet = Readonly<{ sheetId: string; to: ReadBody | undefined; from: ReadBody | undefined }>;

/**
 * What a blank sheet is printed with: an office prints it to itself, a clinic from itself to the office of the program that
 * serves the clinic's municipality, or the only one there is.
 */
export async function readBlank(records: Records, program: Program, language: Language): Promise<BlankSheet> {
  const own = readOrganization(await records.read('Organization', records.actor.organization));
  const sheetId = await registerSheet(records, {
    kind: requestSheet,
    form: `${program.consent.url ?? ''}|${program.consent.version ?? ''}`,
    language,
  });
  if (own.kind === 'office') return { sheetId, to: own, from: undefined };
  const offices = (await records.find('Organization', [['type', 'office']], 1000))
    .filter((one) => programsOf([program], one).length > 0)
    .map(readOrganization)
    .filter((one) => one.active);
  const near = offices.filter((one) => one.serves.includes(own.address?.municipalityCode ?? ''));
  const to = near[0] ?? (offices.length === 1 ? offices[0] : undefined);
  return { sheetId, to, from: own };
}

export function printBlank(
  program: Program,
  { sheetId, to, from }: BlankSheet,
  { language, now }: Readonly<{ language: Language; now: Date }>,
): Promise<Buffer> {
  const words = consentWords(program);
  const named = (
    list: readonly Readonly<{ code: string; label: Sentence }>[],
    codes: readonly string[] = [],
  ) => list.filter((one) => codes.includes(one.code)).map((one) => one.label[language]);
  return faxRequest({
    language,
    sheetId,
    program: program.name[language],
    to: to && partyOf(to),
    from: from && partyOf(from),
    urgencies: urgencies.map((one) => urgencyText[one][language]),
    needs: needsOf(program).map((code) => needLabel(code)[language]),
    consent: {
      recipients: named(words.recipients, program.received?.recipients),
      items: named(words.items, program.received?.items),
      months: program.consentTerms.months,
      withdraw: program.wording.withdraw[language],
    },
    notTheProjectsForm: program.wording.notTheProjectsForm[language],
    printedOn: dayInTokyo(now),
  });
}
