import { faxRequest, type FaxRequestData } from '../../documents/fax-request.ts';
import { partyOf, type PersonShown } from '../../documents/party.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import type { Language, Sentence } from '../../kernel/sentence.ts';
import { warned } from '../../people/danger/marks.tsx';
import { displayName } from '../../people/record.ts';
import { text as peopleText } from '../../people/text.ts';
import { consentWords } from '../../programs/consent-words.ts';
import { needCodes, needLabel } from '../../programs/needs.ts';
import type { Program } from '../../programs/program.ts';
import { urgencies } from '../record.ts';
import { urgencyText } from '../text.ts';
import type { RequestSheet, SheetPerson } from './read.ts';

type Given = Readonly<{ language: Language; now: Date }>;

export const printRequestSheet = (program: Program, sheet: RequestSheet, given: Given): Promise<Buffer> =>
  faxRequest(requestSheetData(program, sheet, given));

export function requestSheetData(
  program: Program,
  { sheetId, to, from, whom }: RequestSheet,
  { language, now }: Given,
): FaxRequestData {
  const words = consentWords(program);
  const named = (
    list: readonly Readonly<{ code: string; label: Sentence }>[],
    codes: readonly string[] = [],
  ) => list.filter((one) => codes.includes(one.code)).map((one) => one.label[language]);
  return {
    language,
    sheetId,
    program: program.name[language],
    to: to && partyOf(to),
    from: from && partyOf(from),
    ...(whom ? { person: personOf(whom, language) } : {}),
    urgencies: urgencies.map((one) => urgencyText[one][language]),
    needs: needCodes(program).map((code) => needLabel(code)[language]),
    consent: {
      recipients: named(words.recipients, program.received?.recipients),
      items: named(words.items, program.received?.items),
      months: program.consentTerms.months,
      withdraw: program.wording.withdraw[language],
    },
    notTheProjectsForm: program.wording.notTheProjectsForm[language],
    printedOn: dayInTokyo(now),
  };
}

/** Where the address is sealed, neither it nor a number stands on paper that a fax machine holds. */
function personOf({ person, insurance }: SheetPerson, language: Language): PersonShown {
  const address = [person.prefecture, person.municipality, person.line].filter(Boolean).join('');
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ');
  return {
    name: displayName(person, 'ja'),
    ...(kana ? { kana } : {}),
    ...(person.birthDate ? { birthDate: person.birthDate } : {}),
    gender: person.sex,
    ...(person.sealed
      ? {}
      : {
          ...(person.postalCode ? { postalCode: person.postalCode } : {}),
          ...(address ? { address } : {}),
          ...(person.phone ? { phone: person.phone } : {}),
        }),
    ...(insurance && insurance.insurerNumber !== ''
      ? {
          insurer: peopleText.insuranceLine(insurance)[language],
        }
      : {}),
    ...warned(person, language),
  };
}
