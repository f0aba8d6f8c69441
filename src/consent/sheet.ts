import { consentForm, type ConsentFormData } from '../documents/consent-form.ts';
import type { About, PrintedSheet } from '../documents/printed.ts';
import { withFurigana } from '../documents/furigana.ts';
import { partyOf } from '../documents/party.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { isLanguage, type Language, type Sentence } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName, type ReadBody, type ReadPatient } from '../people/record.ts';
import { consentWords } from '../programs/consent-words.ts';
import type { Program } from '../programs/program.ts';
import type { FormVariant } from '../programs/variants.ts';
import { endOfConsent, type Given } from './record.ts';
import { howNames } from './text.ts';

export type Printing = Readonly<{
  program: Program;
  /** Left out, of a blank form: the name is written with a pen. */
  person?: ReadPatient;
  clinic: ReadBody;
  now: Date;
  language: Language;
  /** In which of its languages the form is printed, and whether with readings; left out, in the page's. */
  variant?: FormVariant;
  /** Of the printed sheet. */
  sheetId: string;
  /** Left out, the form is blank. */
  consent?: Given;
  explainer?: string | undefined;
}>;

/** The consent form: blank to be signed on paper, or as it was given. */
export const printConsent = (printing: Printing): Promise<Buffer> => consentForm(consentData(printing));

export function consentData(printing: Printing): ConsentFormData {
  const { program, person, clinic, now, language, consent } = printing;
  const { tongue, furigana } = printing.variant ?? { tongue: language, furigana: false };
  const isEasy = !isLanguage(tongue);
  const words = consentWords(program, tongue);
  const plain = (sentence: Sentence): string =>
    isEasy ? (sentence.easy ?? sentence.ja) : sentence[language];
  const say = (sentence: Sentence): string =>
    furigana ? withFurigana(sentence.readings, plain(sentence)) : plain(sentence);
  const drawn = consent?.evidence.kind === 'drawn' ? Buffer.from(consent.evidence.png, 'base64') : undefined;
  const ended = consent && endOfConsent(consent, dayInTokyo(now));
  const chosen =
    (question: 'recipients' | 'items', codes: readonly string[] = []) =>
    (choice: (typeof words.items)[number]) => ({
      label: say(choice.label),
      chosen: codes.includes(choice.code),
      box: { question, option: choice.code },
    });
  return {
    sheetId: printing.sheetId,
    language,
    title: plain(words.title),
    ...(furigana ? { furigana: say(words.title) } : {}),
    isEasy,
    intro: say(words.intro),
    purpose: say(words.purpose),
    recipients: words.recipients.map(chosen('recipients', consent?.recipients)),
    items: words.items.map(chosen('items', consent?.items)),
    ...(consent ? { period: { start: consent.from, end: consent.until } } : {}),
    ...(ended ? { ended } : {}),
    ...(consent ? { explained: explainedIn(printing, consent) } : {}),
    ...(person
      ? {
          patient: {
            name: displayName(person, 'ja'),
            kana: [person.familyKana, person.givenKana].filter(Boolean).join(' '),
            birthDate: person.birthDate,
            ...warned(person, language),
          },
        }
      : {}),
    ...(consent && person && consent.evidence.kind !== 'paper' ? { signer: signerOf(consent, person) } : {}),
    ...(drawn ? { signature: drawn } : {}),
    withdraw: { how: say(program.wording.withdraw) },
    clinic: partyOf(clinic),
    program: program.name[language],
    version: program.consent.version ?? '',
    printedOn: dayInTokyo(now),
    notTheProjectsForm: say(program.wording.notTheProjectsForm),
  };
}

/** The consent form as a printed sheet: of a person who has yet to sign it, of a consent, or for anybody. */
export const consentSheet = (
  { consent }: Program,
  about: About | undefined,
  language: string,
): PrintedSheet => ({
  kind: 'consent',
  ...(about === undefined ? {} : { about }),
  form: `${consent.url ?? ''}|${consent.version ?? ''}`,
  language,
});

const explainedIn = ({ explainer, language }: Printing, consent: Given) => ({
  by: explainer ?? '',
  how: howNames[consent.explainedHow][language],
  on: dayOf(consent),
});

const dayOf = (consent: Given): string => dayInTokyo(new Date(consent.at));

function signerOf(consent: Given, person: ReadPatient) {
  const on = dayOf(consent);
  return consent.proxy
    ? ({
        kind: 'proxy',
        name: consent.proxy.name,
        relation: consent.proxy.relation,
        reason: consent.proxy.why,
        on,
      } as const)
    : ({ kind: 'person', name: displayName(person, 'ja'), on } as const);
}
