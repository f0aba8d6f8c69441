import { isLawful, legalBases, readLawful } from '../consent/legal-basis.ts';
import { personShown, provisionChapters } from '../consent/provided/sheet.ts';
import { isInForce, readConsent, type Given } from '../consent/record.ts';
import { itemNames, recipientNames } from '../consent/text.ts';
import { account, type Chapter, type Piece } from '../documents/account.ts';
import { longDay, span } from '../documents/dates.ts';
import { readConcerns } from '../intake/concerns.ts';
import { wordsKept } from '../intake/kept-forms.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { joinSentences } from '../kernel/sentence.ts';
import { displayName, readCoverage, readHelper } from '../people/record.ts';
import { text as peopleText } from '../people/text.ts';
import { needLabel } from '../programs/needs.ts';
import { worded } from '../programs/wording.ts';
import { isReport, readReport, reportKinds, reportSections } from '../referral/report.ts';
import { chapter, type Telling } from './chapter.ts';
import type { Dossier } from './read.ts';
import { referralChapter, sessionsChapter, supportChapter } from './support-chapters.ts';
import { text } from './text.ts';

/** The account of everything held about a person, as a PDF with a bookmark for each chapter. */
export function printDossier(dossier: Dossier, telling: Telling): Promise<Buffer> {
  const { language, now, sheetId } = telling;
  const [coverage] = dossier
    .all('Coverage')
    .filter((one) => one.status === 'active')
    .toReversed();
  const insurance = coverage && readCoverage(coverage);
  return account({
    sheetId,
    language,
    title: text.title[language],
    aside: [dossier.clinic.name],
    on: dayInTokyo(now),
    lead: text.lead[language],
    person: {
      ...personShown(dossier.person),
      ...(insurance
        ? {
            insurer: peopleText.insuranceLine(insurance)[language],
          }
        : {}),
    },
    chapters: [
      detailsChapter(dossier, telling),
      answersChapter(dossier, telling),
      needsChapter(dossier, telling),
      consentChapter(dossier, telling),
      referralChapter(dossier, telling),
      reportsChapter(dossier, telling),
      supportChapter(dossier, telling),
      sessionsChapter(dossier, telling),
      ...provisionChapters(dossier.provision, language),
    ],
  });
}

function detailsChapter({ person, all }: Dossier, { language }: Telling): Chapter {
  const helpers = all('RelatedPerson').map(readHelper);
  const rows = [
    ...(person.email === undefined ? [] : [[text.email[language], person.email] as const]),
    ...(helpers.length === 0
      ? [[text.helper[language], text.noHelper[language]] as const]
      : helpers.map(
          (one) =>
            [
              text.helper[language],
              [displayName(one, 'ja'), one.relationship, one.phone].filter(Boolean).join('　'),
            ] as const,
        )),
  ];
  return chapter(text.details[language], [{ kind: 'facts', rows }], language);
}

/** Every form that was answered, in the words in which it was asked. */
function answersChapter({ all }: Dossier, { language, programs }: Telling): Chapter {
  const forms = programs.flatMap((program) => [program.screening, program.assessment]);
  const titleOf = (canonical: string | undefined): string => {
    const form = forms.find((one) => one?.url === canonical?.split('|')[0]);
    return form ? worded(form, 'title')[language] : text.someForm[language];
  };
  const pieces = all('QuestionnaireResponse').flatMap((response): Piece[] => [
    {
      kind: 'heading',
      words: text.answersOf(
        titleOf(response.questionnaire),
        longDay(response.authored ?? response.meta.lastUpdated, language),
      )[language],
    },
    {
      kind: 'table',
      columns: [
        { title: text.question[language], part: 0.6 },
        { title: text.answer[language], part: 0.4 },
      ],
      rows: wordsKept(response).map(({ question, answer }) => [question, answer]),
    },
  ]);
  return chapter(text.answers[language], pieces, language);
}

function needsChapter({ all }: Dossier, { language, programs }: Telling): Chapter {
  const concerns = readConcerns(all('Condition'), all('Observation'), programs);
  const rows = concerns.map((one) => [
    needLabel(one.need.code)[language],
    one.because.map(({ question, answer }) => `${question[language]} → ${answer[language]}`).join('\n'),
  ]);
  const columns = [
    { title: text.need[language], part: 0.35 },
    { title: text.why[language], part: 0.65 },
  ];
  return chapter(text.needs[language], rows.length === 0 ? [] : [{ kind: 'table', columns, rows }], language);
}

function consentChapter(dossier: Dossier, telling: Telling): Chapter {
  const { language } = telling;
  const pieces = dossier.all('Consent').flatMap((consent): Piece[] => {
    if (!isLawful(consent)) return givenPieces(readConsent(consent), dossier, telling);
    const lawful = readLawful(consent);
    return [
      { kind: 'heading', words: text.lawful[language] },
      {
        kind: 'facts',
        rows: [
          [text.basis[language], legalBases[lawful.basis][language]],
          [text.reason[language], lawful.why],
          [text.period[language], span(lawful.start, lawful.end, language)],
          [text.recipients[language], lawful.to.map((id) => dossier.bodies.get(id) ?? '').join('、')],
          [text.items[language], joinSentences(lawful.items.map((item) => itemNames[item]))[language]],
        ],
      },
    ];
  });
  return chapter(text.consents[language], pieces, language);
}

function givenPieces(given: Given, { bodies }: Dossier, { language, now }: Telling): Piece[] {
  const state = given.withdrawn
    ? text.withdrawn(longDay(given.withdrawn.at, language), given.withdrawn.reason)
    : isInForce(given, dayInTokyo(now))
      ? text.inForce
      : text.past;
  return [
    { kind: 'heading', words: text.consentOn(longDay(given.at, language))[language] },
    {
      kind: 'facts',
      rows: [
        [text.period[language], span(given.from, given.until, language)],
        [text.state[language], state[language]],
        [
          text.recipients[language],
          [
            ...given.recipients.map((kind) => recipientNames[kind][language]),
            ...given.recipientIds.map((id) => bodies.get(id) ?? ''),
          ].join('\n'),
        ],
        [text.items[language], joinSentences(given.items.map((item) => itemNames[item]))[language]],
        [
          text.proxy[language],
          given.proxy && [given.proxy.name, given.proxy.relation, given.proxy.why].filter(Boolean).join('　'),
        ],
      ],
    },
  ];
}

function reportsChapter({ all }: Dossier, { language }: Telling): Chapter {
  const pieces = all('Communication')
    .filter(isReport)
    .map(readReport)
    .flatMap((report): Piece[] => [
      {
        kind: 'heading',
        words: `${report.kind === undefined ? '' : reportKinds[report.kind][language]}　${longDay(report.sent, language)}`,
      },
      {
        kind: 'words',
        words: reportSections.flatMap((part) => report.sections[part]).join('\n'),
      },
    ]);
  return chapter(text.reports[language], pieces, language);
}
