import { type Language, of } from '../kernel/sentence.ts';
import { tickList } from './choices.ts';
import { mm } from './pen.ts';
import { birthDay } from './dates.ts';
import { gridOf } from './grid.ts';
import { addressOf, numbersOf, warned, type Party, type PersonShown } from './party.ts';
import { drawTable } from './rows.ts';
import { nameRuby } from './ruby.ts';
import {
  drawAlone,
  frame,
  heading,
  paragraph,
  room,
  section,
  space,
  type Sheet,
  type Sketch,
} from './sheet.ts';
import { text } from './text.ts';

export type FaxRequestData = Readonly<{
  language: Language;
  sheetId: string;
  program: string;
  /** The office that it goes to, with its fax number; a line to write on when left out. */
  to: Party | undefined;
  /** The clinic, when it is the one that prints it. */
  from: Party | undefined;
  /** What is known of the person; written by hand when left out. */
  person?: PersonShown;
  urgencies: readonly string[];
  needs: readonly string[];
  /** Whom the consent on the sheet names, and what may be told. */
  consent: Readonly<{
    recipients: readonly string[];
    items: readonly string[];
    months: number;
    withdraw: string;
  }>;
  notTheProjectsForm: string;
  printedOn: string;
}>;

/** 相談依頼票: what a clinic fills in by hand, wholly or where the person is printed already, and faxes: signed consent and all on one page. */
export const faxRequest = (data: FaxRequestData): Promise<Buffer> => drawAlone(faxRequestSketch(data));

export function faxRequestSketch(data: FaxRequestData): Sketch {
  const { language, consent } = data;
  const title = words.title[language];
  const open = (label: string): { label: string; chosen: false } => ({ label, chosen: false });
  const draw = (sheet: Sheet): void => {
    heading(sheet, [data.program]);
    paragraph(sheet, data.notTheProjectsForm, { style: sheet.styles.small, after: 2 });
    sides(sheet, data);
    section(sheet, words.person[language], 80);
    if (data.person) known(sheet, data.person, data.printedOn);
    else {
      writeIn(sheet, [words.name[language], words.kana[language]]);
      writeIn(sheet, [words.birth[language], words.phone[language]]);
      writeIn(sheet, [words.address[language]]);
    }
    section(sheet, words.urgency[language]);
    tickList(sheet, data.urgencies.map(open));
    section(sheet, words.needs[language]);
    tickList(sheet, data.needs.map(open));
    section(sheet, words.asked[language], mm(24));
    lines(sheet, data.person ? 2 : 3);
    section(sheet, words.consent[language], 130);
    paragraph(
      sheet,
      words.agree(consent.recipients.join('、'), consent.items.join('、'), consent.months)[language],
    );
    paragraph(sheet, consent.withdraw, { style: sheet.styles.small });
    writeIn(sheet, [words.signature[language], words.day[language]]);
    writeIn(sheet, [words.proxy[language], words.explained[language]]);
  };
  return { opening: { language, title, on: data.printedOn, sheetId: data.sheetId, data }, draw };
}

function sides(sheet: Sheet, data: FaxRequestData): void {
  const { to, from, language } = data;
  const says = (party: Party | undefined, label: string): void => {
    if (party === undefined) writeIn(sheet, [label]);
    else {
      paragraph(sheet, `${label}　${party.organization}`, { style: sheet.styles.strong, after: 0 });
      const numbers = numbersOf(party, language);
      if (numbers !== undefined) paragraph(sheet, numbers, { style: sheet.styles.large, after: 2 });
    }
  };
  if (data.person && to && from) beside(sheet, data, [to, from]);
  else {
    says(to, text.to[language]);
    space(sheet, 4);
    says(from, text.from[language]);
  }
  writeIn(sheet, [words.doctor[language], words.sentOn[language]]);
}

/** Both sides next to each other; the numbers of whoever it goes to stand out. */
function beside(sheet: Sheet, { language }: FaxRequestData, [to, from]: readonly [Party, Party]): void {
  const { styles } = sheet;
  const width = (frame.width - 16) / 2;
  const top = sheet.y;
  const ends = [to, from].map((party, i) => {
    sheet.y = top;
    const at = { x: frame.left + i * (width + 16), width, after: 0 };
    const label = (i === 0 ? text.to : text.from)[language];
    paragraph(sheet, `${label}　${party.organization}`, { ...at, style: styles.strong });
    for (const number of [
      party.fax && text.fax(party.fax)[language],
      party.tel && text.tel(party.tel)[language],
    ])
      if (number)
        paragraph(sheet, number, {
          ...at,
          style: i === 0 && number.includes('FAX') ? styles.large : styles.body,
        });
    return sheet.y;
  });
  sheet.y = Math.max(...ends) + 2;
}

const cell = mm(10.5);

/** Labels beside each other, each with room to write down to a line. */
function writeIn(sheet: Sheet, labels: readonly string[]): void {
  room(sheet, cell);
  const width = (frame.width - 16 * (labels.length - 1)) / labels.length;
  labels.forEach((label, i) => {
    const x = frame.left + i * (width + 16);
    const { pen, y, styles } = sheet;
    pen.write(pen.tag(pen.root, 'P'), [label], { x, y: y + 1, width }, { ...styles.label, leading: 13 });
    pen.rule(x, y + cell, width);
  });
  sheet.y += cell;
}

/** Close together: the sheet stays one page, which a fax does not tear apart. */
function known(sheet: Sheet, person: PersonShown, on: string): void {
  const { language, styles } = sheet;
  if (person.warning) warned(sheet, person.warning);
  const { gender } = person;
  const value = {
    birth: person.birthDate && birthDay(person.birthDate, on, language),
    gender: gender === undefined || gender === 'unknown' ? undefined : text[gender][language],
  };
  drawTable(
    sheet,
    gridOf(sheet, [
      [
        {
          label: words.name[language],
          value: person.name,
          style: styles.large,
          part: 6,
          ruby: nameRuby(person.name, person.kana),
        },
        { label: words.kana[language], value: person.kana, part: 5 },
      ],
      [
        { label: words.birth[language], value: value.birth, part: 7 },
        { label: text.gender[language], value: value.gender, part: 4 },
      ],
      [{ label: words.address[language], value: addressOf(person, language) }],
      [
        { label: words.phone[language], value: person.phone, part: 5 },
        { label: text.insurer[language], value: person.insurer, part: 7 },
      ],
    ]),
  );
}

function lines(sheet: Sheet, count: number): void {
  for (let i = 0; i < count; i++) {
    room(sheet, mm(8));
    sheet.y += mm(8);
    sheet.pen.rule(frame.left, sheet.y, frame.width);
  }
}

const words = {
  title: of('相談依頼票', 'Consultation request'),
  person: of('ご本人', 'The person'),
  name: of('お名前', 'Name'),
  kana: of('フリガナ', 'Name in kana'),
  birth: of('生年月日', 'Date of birth'),
  phone: of('電話番号', 'Telephone'),
  address: of('住所', 'Address'),
  urgency: of('急ぎ具合', 'Urgency'),
  needs: of('困りごと（あてはまるものに印）', 'Needs (tick what fits)'),
  asked: of('依頼の内容', 'What is asked'),
  consent: of('ご本人の同意', 'The person’s consent'),
  agree: (recipients: string, items: string, months: number) =>
    of(
      `私は、この相談のために、${recipients}が、${items}を知ることに同意します。期限は、同意の日から${String(months)}か月です。`,
      `For this consultation I agree that ${recipients} may know: ${items}. This holds for ${String(months)} months from the day below.`,
    ),
  signature: of('署名', 'Signature'),
  day: of('同意の日', 'Day of the consent'),
  proxy: of('代わりに署名した人・続柄', 'Signed for the person by, relation'),
  explained: of('説明した人', 'Explained by'),
  doctor: of('医師・担当者', 'Doctor or contact'),
  sentOn: of('送信日', 'Sent on'),
} as const;
