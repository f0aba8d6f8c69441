import type { Language } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { grid, gridOf } from './grid.ts';
import { listingOf } from './listing.ts';
import { numbersOf, personGrid, type Party, type PersonShown } from './party.ts';
import { mm } from './pen.ts';
import { titledTable } from './rows.ts';
import { toSign } from './signature.ts';
import { drawAlone, heading, paragraph, ruledLines, section, type Sheet, type Sketch } from './sheet.ts';
import { text } from './text.ts';

export type PlanSheetData = Readonly<{
  sheetId: string;
  language: Language;
  caseNumber: string;
  /** `YYYY-MM-DD` */
  printedOn: string;
  program: string;
  person: Pick<PersonShown, 'name' | 'kana' | 'birthDate' | 'warning'>;
  office: Party;
  linkWorker: Readonly<{ name: string; tel?: string; fax?: string }>;
  /** Has room to write goals, groups and the plan by hand. */
  blank?: boolean;
  /** The plan in words, as the doctor is told. */
  words?: string;
  goals: readonly Readonly<{ text: string; due?: string; state: string; needs: readonly string[] }>[];
  /** Kinds of resource, each with what there is of it. */
  resources: readonly Readonly<{ kind: string; hint: string; names: readonly string[] }>[];
  asked: readonly Readonly<{ name: string; purpose: string; state: string }>[];
}>;

/** 支援計画書: what a person and their link worker agreed on, to read together and to sign. */
export const planSheet = (data: PlanSheetData): Promise<Buffer> => drawAlone(planSketch(data));

export function planSketch(data: PlanSheetData): Sketch {
  const { language, printedOn: on, goals, resources, asked, linkWorker } = data;
  const mark = text.caseNumbered(data.caseNumber)[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [data.program, text.printedOn(longDay(on, language))[language], mark]);
    personGrid(sheet, data.person, on);
    titled(
      sheet,
      text.goals[language],
      [text.goal, text.goalBy, text.state, text.needs],
      [0.42, 0.2, 0.18, 0.2],
      data.blank
        ? emptyRows(4, 4)
        : goals.map((goal) => [
            goal.text,
            goal.due && longDay(goal.due, language),
            goal.state,
            goal.needs.join(language === 'ja' ? '、' : ', '),
          ]),
    );
    if (resources.length > 0)
      titledTable(
        sheet,
        text.threeKinds[language],
        gridOf(
          sheet,
          resources.map(({ kind, hint, names }) => [
            {
              label: kind,
              value: data.blank
                ? empty
                : names.length > 0
                  ? names.join('\n')
                  : text.nothingYet(hint)[language],
            },
          ]),
          110,
        ),
      );
    titled(
      sheet,
      text.askedGroups[language],
      [text.resource, text.resourceFor, text.state],
      [0.34, 0.42, 0.24],
      data.blank ? emptyRows(3, 3) : asked.map((one) => [one.name, one.purpose, one.state]),
    );
    if (data.blank) {
      section(sheet, text.planWords[language], mm(30));
      ruledLines(sheet, 3);
    } else if (data.words) {
      section(sheet, text.planWords[language]);
      paragraph(sheet, data.words);
    }
    grid(sheet, [
      [
        {
          label: text.linkWorker[language],
          value: [data.office.organization, linkWorker.name, numbersOf(linkWorker, language)]
            .filter(Boolean)
            .join('　'),
        },
      ],
    ]);
    section(sheet, text.agreed[language], 150);
    paragraph(sheet, text.agreedWords[language]);
    toSign(sheet, text.explainedBy[language]);
  };
  return {
    opening: { sheetId: data.sheetId, language, title: text.planTitle[language], on, mark, data },
    draw,
  };
}

/** Room as high as two lines: nothing is drawn, and yet it is no column to leave out. */
const empty = '\u200B\n';
const emptyRows = (rows: number, columns: number): string[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => empty));

function titled(
  sheet: Sheet,
  title: string,
  columns: readonly Readonly<{ ja: string; en: string }>[],
  parts: readonly number[],
  rows: readonly (readonly (string | undefined)[])[],
): void {
  if (rows.length === 0) return;
  const headed = columns.map((column, i) => ({ title: column[sheet.language], part: parts[i] ?? 0 }));
  titledTable(sheet, title, listingOf(sheet, headed, rows));
}
