import type { PrintedSheet } from '../../documents/printed.ts';
import { roleName } from '../../access/roles.ts';
import { account, type AccountData, type Chapter, type Piece } from '../../documents/account.ts';
import { longDay } from '../../documents/dates.ts';
import { partyOf, type PersonShown } from '../../documents/party.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { joinSentences, type Language } from '../../kernel/sentence.ts';
import { displayName, type ReadBody, type ReadPatient } from '../../people/record.ts';
import { basisWords } from './page.tsx';
import type { Provision, ProvisionRecord, Seen } from './record.ts';
import { text } from './text.ts';

export type Printing = Readonly<{
  person: ReadPatient;
  clinic: ReadBody;
  shown: ProvisionRecord;
  now: Date;
  language: Language;
  /** Of the printed sheet. */
  sheetId: string;
}>;

/** 第三者提供記録: the record of provision as APPI art. 29 asks for it, and who looked. */
export const printProvision = (printing: Printing): Promise<Buffer> => account(provisionData(printing));

/** The record of one person as a printed sheet. */
export const provisionSheet = (patient: string, language: Language): PrintedSheet => ({
  kind: 'provision-record',
  about: { type: 'Patient', id: patient },
  language,
});

export const provisionData = ({ person, clinic, shown, now, language, sheetId }: Printing): AccountData => ({
  sheetId,
  language,
  title: text.title[language],
  aside: [clinic.name],
  on: dayInTokyo(now),
  lead: text.lead[language],
  person: personShown(person),
  chapters: [
    ...provisionChapters(shown, language),
    { title: clinicTitle[language], pieces: [clinicFacts(clinic, language)] },
  ],
});

const clinicTitle = { ja: '提供した機関（お問い合わせ先）', en: 'Who provided it' } as const;

function clinicFacts(clinic: ReadBody, language: Language): Piece {
  const { organization, address, tel } = partyOf(clinic);
  const [name, where, phone] =
    language === 'ja' ? (['名称', '住所', '電話'] as const) : (['Name', 'Address', 'Phone'] as const);
  return {
    kind: 'facts',
    rows: [
      [name, organization],
      [where, address],
      [phone, tel],
    ],
  };
}

export const personShown = (person: ReadPatient): PersonShown => ({
  name: displayName(person, 'ja'),
  kana: [person.familyKana, person.givenKana].filter(Boolean).join(' '),
  birthDate: person.birthDate,
  gender: person.sex,
  ...(person.postalCode ? { postalCode: person.postalCode } : {}),
  address: `${person.prefecture}${person.municipality}${person.line}`,
  ...(person.phone === undefined ? {} : { phone: person.phone }),
});

/** To whom what was given, and who looked, as two chapters of an account. */
export const provisionChapters = ({ provisions, looks }: ProvisionRecord, language: Language): Chapter[] => [
  {
    title: text.provided[language],
    pieces:
      provisions.length === 0
        ? [{ kind: 'words', words: text.none[language] }]
        : [
            {
              kind: 'table',
              columns: [
                { title: text.to[language], part: 0.31 },
                { title: text.when[language], part: 0.28 },
                { title: text.items[language], part: 0.21 },
                { title: text.basis[language], part: 0.2 },
              ],
              rows: provisions.map((one) => provisionRow(one, language)),
            },
            { kind: 'words', words: text.law[language], small: true },
          ],
  },
  {
    title: text.looked[language],
    pieces:
      looks.length === 0
        ? [{ kind: 'words', words: text.nobody[language] }]
        : [
            {
              kind: 'table',
              columns: [
                { title: text.who[language], part: 0.3 },
                { title: text.kind[language], part: 0.24 },
                { title: text.does[language], part: 0.12 },
                { title: text.last[language], part: 0.25 },
                { title: text.times[language], part: 0.09 },
              ],
              // Others first: what one's own clinic looked at says less.
              rows: [...looks.filter((one) => !one.own), ...looks.filter((one) => one.own)].map((one) =>
                lookRow(one, language),
              ),
            },
          ],
  },
];

const provisionRow = (one: Provision, language: Language): string[] => [
  [
    one.to?.name ?? text.unknown[language],
    one.audience[language],
    one.to && partyOf(one.to).address,
    one.to &&
      (one.representative === undefined
        ? text.representativeBlank[language]
        : text.representative(one.representative)[language]),
  ]
    .filter(Boolean)
    .join('\n'),
  [
    text.from(day(one.from, language))[language],
    one.until === undefined ? text.still[language] : text.until(day(one.until, language))[language],
    one.because?.[language],
  ]
    .filter(Boolean)
    .join('\n'),
  joinSentences(one.items)[language],
  basisWords(one.basis, (at) => longDay(at, language))[language],
];

const lookRow = (one: Seen, language: Language): string[] => [
  `${one.name}\n${roleName(one.role)[language]}`,
  one.kind[language],
  one.does[language],
  day(one.last, language),
  text.timesOf(one.times)[language],
];

const day = (at: Date, language: Language): string => longDay(at.toISOString(), language);
