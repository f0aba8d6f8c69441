import type { Language } from '../kernel/sentence.ts';
import { answerPanel } from './answer.ts';
import { longDay, span } from './dates.ts';
import { grid, gridOf } from './grid.ts';
import { titledTable } from './rows.ts';
import { letterhead } from './letterhead.ts';
import { numbersOf, personTable, type Party, type PersonShown } from './party.ts';
import { points } from './points.ts';
import { heading, drawAlone, paragraph, section, type Sheet, type Sketch } from './sheet.ts';
import { endOf, type ConsentEnd } from './consent-end.ts';
import { text } from './text.ts';

export type ConsentShown = Readonly<{
  givenOn?: string;
  signer?: Readonly<{ name: string; relation?: string }>;
  explainedBy?: string;
  start?: string;
  end?: string;
  recipients: readonly string[];
  items: readonly string[];
  /** Why it opens nothing any more. */
  ended?: ConsentEnd;
}>;

export type ReferralSheetData = Readonly<{
  /** Of the printed sheet; see `printed.ts`. */
  sheetId: string;
  language: Language;
  to: Party;
  from: Party;
  /** Day it is sent, `YYYY-MM-DD`. */
  date: string;
  caseNumber: string;
  patient: PersonShown;
  urgency: 'routine' | 'urgent' | 'asap' | 'stat';
  answerBy?: string;
  /** What to mind before the person is called. */
  caution?: string;
  reason: string;
  /** Each need with the answers that show it. */
  needs: readonly Readonly<{ name: string; why: readonly string[] }>[];
  note?: string;
  consent: ConsentShown;
  /** Where the office answers. */
  answer?: Readonly<{ url: string }>;
}>;

/** The referral as a fax from the clinic to the link workers' office. It is no medical information letter and does not call itself one. */
export const referralSheet = (data: ReferralSheetData): Promise<Buffer> => drawAlone(referralSketch(data));

export function referralSketch(data: ReferralSheetData): Sketch {
  const { language, date, urgency, needs, note, answer } = data;
  const mark = text.caseNumbered(data.caseNumber)[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [mark]);
    letterhead(sheet, { to: data.to, from: data.from, date, addressee: 'office' });
    const pressing = urgency === 'routine' ? sheet.styles.body : sheet.styles.large;
    grid(sheet, [
      [
        { label: text.urgency[language], value: text[urgency][language], style: pressing },
        {
          label: text.answerBy[language],
          value: data.answerBy && longDay(data.answerBy, language),
          style: sheet.styles.strong,
        },
      ],
    ]);
    if (data.caution) paragraph(sheet, data.caution, { style: sheet.styles.strong });
    titledTable(sheet, text.person[language], personTable(sheet, data.patient, date));
    section(sheet, text.reason[language]);
    paragraph(sheet, data.reason);
    if (needs.length > 0) {
      section(sheet, text.needs[language], 60);
      points(
        sheet,
        needs.map(({ name, why }) => ({ main: name, under: why })),
      );
    }
    if (note) {
      section(sheet, text.doctorsNote[language]);
      paragraph(sheet, note);
    }
    consentSummary(sheet, data.consent);
    if (answer)
      answerPanel(sheet, { url: answer.url, says: text.answerHere[language], lines: reachable(data) });
  };
  return {
    opening: { language, title: text.referralTitle[language], on: date, mark, sheetId: data.sheetId, data },
    draw,
  };
}

const reachable = ({ from, language }: ReferralSheetData) => {
  const numbers = numbersOf(from, language);
  return numbers === undefined ? [] : [text.answerByPhone[language], `${from.organization}　${numbers}`];
};

function consentSummary(sheet: Sheet, consent: ConsentShown): void {
  const { language } = sheet;
  const { signer } = consent;
  const between = language === 'ja' ? '、' : ', ';
  const name =
    signer && (signer.relation ? text.proxyOf(signer.name, signer.relation)[language] : signer.name);
  const table = gridOf(
    sheet,
    [
      [
        {
          label: text.consentEnded[language],
          value: consent.ended && endOf(consent.ended, language),
          style: sheet.styles.strong,
        },
      ],
      [
        { label: text.givenOn[language], value: consent.givenOn && longDay(consent.givenOn, language) },
        { label: text.signer[language], value: name },
      ],
      [{ label: text.explainedBy[language], value: consent.explainedBy }],
      [{ label: text.holds[language], value: span(consent.start, consent.end, language) }],
      [{ label: text.mayReceive[language], value: consent.recipients.join(between) }],
      [{ label: text.mayBeGiven[language], value: consent.items.join(between) }],
    ],
    96,
  );
  titledTable(sheet, text.consent[language], table);
}
