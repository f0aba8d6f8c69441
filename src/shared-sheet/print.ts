import { account, type Piece } from '../documents/account.ts';
import { longDay } from '../documents/dates.ts';
import { wordsKept } from '../intake/kept-forms.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName } from '../people/record.ts';
import type { SharedSheet } from './read.ts';
import { text } from './text.ts';

/** The sheet on paper, with who wrote which version and the notes beside it. */
export function printSheet(
  { program, person, sheet, versions, remarks }: SharedSheet,
  { language, now, sheetId }: Readonly<{ language: Language; now: Date; sheetId: string }>,
): Promise<Buffer> {
  const words: Piece = {
    kind: 'table',
    columns: [
      { title: text.question[language], part: 0.45 },
      { title: text.answer[language], part: 0.55 },
    ],
    rows: (sheet ? wordsKept(sheet) : []).map(({ question, answer }) => [question, answer]),
  };
  const written: Piece = {
    kind: 'table',
    columns: [
      { title: text.sheet[language], part: 0.2 },
      { title: text.who[language], part: 0.5 },
      { title: text.when[language], part: 0.3 },
    ],
    rows: versions.map((one) => [
      text.version(one.version)[language],
      [one.by.name, one.by.body].filter(Boolean).join('　'),
      longDay(one.at, language),
    ]),
  };
  const noted: Piece = {
    kind: 'table',
    columns: [
      { title: text.who[language], part: 0.3 },
      { title: text.remarks[language], part: 0.7 },
    ],
    rows: remarks.map((one) => [
      [one.writer.name, one.writer.body, longDay(one.at, language)].filter(Boolean).join('\n'),
      one.text,
    ]),
  };
  return account({
    sheetId,
    language,
    title: program.sharedSheet.title[language],
    aside: [program.name[language]],
    on: dayInTokyo(now),
    lead: program.sharedSheet.lead[language],
    person: {
      name: displayName(person, 'ja'),
      kana: [person.familyKana, person.givenKana].filter(Boolean).join(' '),
      birthDate: person.birthDate,
      ...warned(person, language),
    },
    chapters: [
      { title: text.sheet[language], pieces: [words] },
      { title: text.versions[language], pieces: [written] },
      ...(remarks.length === 0 ? [] : [{ title: text.remarks[language], pieces: [noted] }]),
    ],
  });
}
