import { greyOnWhite } from '../files/picture.ts';
import type { Language } from '../kernel/sentence.ts';
import { tickList, type Choice } from './choices.ts';
import { endMark, endOf, type ConsentEnd } from './consent-end.ts';
import { longDay, span } from './dates.ts';
import { grid, gridOf } from './grid.ts';
import { titledTable } from './rows.ts';
import { linesOf } from './lines.ts';
import { mm } from './pen.ts';
import { addressOf, numbersOf, personGrid, type Party, type PersonShown } from './party.ts';
import { drawQr } from './answer.ts';
import { signed, toSign, type Say, type Signer } from './signature.ts';
import { frame, heading, drawAlone, paragraph, room, section, type Sheet, type Sketch } from './sheet.ts';
import { consentText } from './consent-text.ts';
import { text } from './text.ts';

export type ConsentFormData = Readonly<{
  /** Of the printed sheet; see `printed.ts`. */
  sheetId: string;
  language: Language;
  title?: string;
  /** The title with its readings, on a sheet whose words have theirs above them. */
  furigana?: string;
  /** Whoever signs is spoken to in easy Japanese. */
  isEasy?: boolean;
  /** What is agreed to, in the form's own words; a plain sentence stands in. */
  intro?: string;
  purpose: string;
  recipients: readonly Choice[];
  items: readonly Choice[];
  /** Days `YYYY-MM-DD`; left out, the period is filled in with a pen. */
  period?: Readonly<{ start?: string; end?: string }>;
  explained?: Readonly<{ by: string; how?: string; on?: string }>;
  patient?: Pick<PersonShown, 'name' | 'kana' | 'birthDate' | 'warning'>;
  /** Left out, the form has lines to sign on. */
  signer?: Signer;
  /** Picture drawn on the screen; only with a signer. One that cannot be read leaves the line to sign on. */
  signature?: Buffer;
  withdraw: Readonly<{ how: string; url?: string }>;
  clinic: Party;
  /** Why it opens nothing any more; left out while it holds. */
  ended?: ConsentEnd;
  program: string;
  version: string;
  printedOn: string;
  notTheProjectsForm: string;
}>;

/** The consent form, blank to be signed on paper or as it was given. */
export const consentForm = async (data: ConsentFormData): Promise<Buffer> =>
  drawAlone(await consentSketch(data));

export async function consentSketch(data: ConsentFormData): Promise<Sketch> {
  const { language, printedOn: on, period, explained, clinic } = data;
  const title = data.title ?? consentText.consentTitle[language];
  const mark = data.ended && endMark(data.ended, language);
  const ink = data.signature && (await greyOnWhite(data.signature));
  const say: Say = ({ easy, ...said }) =>
    data.isEasy === true && easy !== undefined ? easy : said[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [
      text.form(data.program, data.version)[language],
      text.printedOn(longDay(on, language))[language],
    ]);
    if (data.ended) noLonger(sheet, data.ended);
    paragraph(sheet, data.notTheProjectsForm, { style: sheet.styles.small });
    if (data.patient) personGrid(sheet, data.patient, on);
    paragraph(sheet, data.intro ?? say(consentText.consentIntro), { style: sheet.styles.strong });
    section(sheet, say(consentText.purpose));
    paragraph(sheet, data.purpose);
    section(sheet, say(consentText.recipients));
    tickList(sheet, data.recipients);
    section(sheet, say(consentText.items));
    tickList(sheet, data.items);
    section(sheet, say(consentText.period));
    paragraph(sheet, span(period?.start, period?.end, language) ?? say(consentText.blankPeriod));
    withdrawal(sheet, data.withdraw, say(consentText.withdraw));
    if (explained) {
      const table = gridOf(sheet, [
        [
          { label: say(text.explainedBy), value: explained.by },
          { label: say(consentText.explainedOn), value: explained.on && longDay(explained.on, language) },
        ],
        [{ label: say(consentText.explainedHow), value: explained.how }],
      ]);
      titledTable(sheet, say(consentText.explained), table);
    }
    section(
      sheet,
      say(consentText.signature),
      data.signer === undefined ? 150 : data.signer.kind === 'proxy' ? 140 : 95,
    );
    if (data.signer) signed(sheet, data.signer, ink, say);
    else toSign(sheet, explained ? undefined : say(text.explainedBy), say);
    sheet.y += 6;
    const name = [clinic.organization, clinic.department, clinic.person, addressOf(clinic, language)];
    grid(sheet, [
      [
        {
          label: say(consentText.clinic),
          value: [name.filter(Boolean).join('　'), numbersOf(clinic, language)].filter(Boolean).join('\n'),
        },
      ],
    ]);
  };
  const { sheetId, furigana } = data;
  return {
    opening: { language, title, ...(furigana === undefined ? {} : { furigana }), on, mark, sheetId, data },
    draw,
  };
}

/** In a box of its own, so that nobody takes the sheet for one that holds. */
function noLonger(sheet: Sheet, ended: ConsentEnd): void {
  const lines = linesOf(endOf(ended, sheet.language), frame.width - 24, sheet.styles.large.size, 'bold');
  const height = lines.length * sheet.styles.large.leading + 12;
  sheet.pen.box(frame.left, sheet.y, frame.width, height, 2);
  const at = { x: frame.left + 12, y: sheet.y + 6, width: frame.width - 24 };
  sheet.pen.write(sheet.pen.tag(sheet.pen.root, 'P'), lines, at, sheet.styles.large);
  sheet.y += height + 8;
}

function withdrawal(sheet: Sheet, { how, url }: ConsentFormData['withdraw'], name: string): void {
  const side = url ? mm(28) : 0;
  section(sheet, name, side + 10);
  room(sheet, side);
  const top = sheet.y;
  const width = frame.width - (url ? side + 12 : 0);
  paragraph(sheet, how, { width });
  if (!url) return;
  paragraph(sheet, url, { width, style: sheet.styles.small });
  drawQr(sheet, url, frame.right - side, top - 4, side);
  sheet.y = Math.max(sheet.y, top + side);
}
