import type { Language } from '../kernel/sentence.ts';
import { grid } from './grid.ts';
import { letterhead } from './letterhead.ts';
import type { Party } from './party.ts';
import { heading, paragraph, section, type Sketch } from './sheet.ts';

export type FaxCoverData = Readonly<{
  language: Language;
  sheetId: string;
  to: Party;
  from: Party;
  date: string;
  caseNumber: string;
  /** What follows: the name of the report. */
  subject: string;
  /** Pages in all, this one included. */
  pages: number;
}>;

/** 送付状: lies on top of a machine that anybody may walk past, so it names a number and no person. */
export function faxCover(data: FaxCoverData): Sketch {
  const { language } = data;
  const title = words.title[language];
  return {
    opening: { language, title, on: data.date, mark: undefined, sheetId: data.sheetId, data },
    draw: (sheet) => {
      heading(sheet, []);
      letterhead(sheet, {
        to: data.to,
        from: data.from,
        date: data.date,
        addressee: 'doctor',
        inAll: data.pages,
      });
      section(sheet, words.what[language]);
      grid(sheet, [
        [{ label: words.subject[language], value: data.subject }],
        [{ label: words.number[language], value: data.caseNumber, style: sheet.styles.large }],
      ]);
      paragraph(sheet, words.ask[language], { after: 0 });
    },
  };
}

const of = (ja: string, en: string): Record<Language, string> => ({ ja, en });
const words = {
  title: of('FAX送付状', 'Fax cover sheet'),
  what: of('お送りするもの', 'What follows'),
  subject: of('件名', 'Subject'),
  number: of('案件番号', 'Case number'),
  ask: of(
    'お心当たりがないとき、枚数が足りないときは、お手数ですが上の電話番号までお知らせください。個人のことが書かれています。ほかの方の目に触れないようにお取り扱いください。',
    'Should this not be for you, or pages be missing, please call the number above. It holds personal data: keep it from the eyes of others.',
  ),
} as const;
