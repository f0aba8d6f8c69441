import type { Chapter, Piece } from '../documents/account.ts';
import { longDay } from '../documents/dates.ts';
import type { Language } from '../kernel/sentence.ts';
import { readTask, type Referral } from '../referral/record.ts';
import { isReport } from '../referral/report.ts';
import { isRequest, sentStatusNames } from '../referral/workflow.ts';
import { readContact, readGoal, readPlan } from '../support/record.ts';
import { chapter, type Telling } from './chapter.ts';
import type { Dossier } from './read.ts';
import { sessionStates, text } from './text.ts';

/** Each referral with how it stands and what happened. */
export function referralChapter({ all, bodies, courses }: Dossier, { language }: Telling): Chapter {
  const referrals = all('Task')
    .filter((task) => !isRequest(task))
    .map(readTask);
  const pieces = referrals.flatMap((one): Piece[] => [
    { kind: 'heading', words: text.referralTo(bodies.get(one.to) ?? '', one.caseNumber)[language] },
    { kind: 'facts', rows: factsOf(one, language) },
    {
      kind: 'table',
      columns: [
        { title: text.when[language], part: 0.24 },
        { title: text.what[language], part: 0.5 },
        { title: text.who[language], part: 0.26 },
      ],
      rows: (courses.get(one.id) ?? []).map((happened) => [
        longDay(happened.at, language),
        [happened.title[language], ...happened.lines].join('\n'),
        happened.by?.[language],
      ]),
    },
  ]);
  return chapter(text.referrals[language], pieces, language);
}

const factsOf = (one: Referral, language: Language): readonly (readonly [string, string | undefined])[] => [
  [text.sentOn[language], longDay(one.authoredOn, language)],
  [text.state[language], sentStatusNames[one.status][language]],
  [text.reason[language], one.reason?.text],
];

/** Goals, plans and what was said, as far as the clinic sees them. */
export function supportChapter({ all }: Dossier, { language }: Telling): Chapter {
  const goals = all('Goal').map(readGoal);
  const plans = all('CarePlan')
    .map(readPlan)
    .filter((plan) => plan.text.trim() !== '');
  const notes = all('Communication')
    .filter((one) => !isReport(one) && one.status !== 'entered-in-error')
    .map(readContact)
    .filter((note) => note.text.trim() !== '');
  const pieces: Piece[] = [];
  if (goals.length > 0)
    pieces.push({
      kind: 'table',
      columns: [
        { title: text.goal[language], part: 0.7 },
        { title: text.due[language], part: 0.3 },
      ],
      rows: goals.map((goal) => [goal.text, goal.due && longDay(goal.due, language)]),
    });
  for (const plan of plans)
    pieces.push({ kind: 'heading', words: text.plan[language] }, { kind: 'words', words: plan.text });
  if (notes.length > 0)
    pieces.push(
      { kind: 'heading', words: text.notes[language] },
      {
        kind: 'table',
        columns: [
          { title: text.when[language], part: 0.3 },
          { title: text.what[language], part: 0.7 },
        ],
        rows: notes.map((note) => [longDay(note.at, language), note.text]),
      },
    );
  return chapter(text.plans[language], pieces, language);
}

/** Sessions in which the person has a place, had one, or took part. */
export function sessionsChapter({ sessions }: Dossier, { language }: Telling): Chapter {
  const rows = sessions.map((one) => [
    longDay(one.starts_at.toISOString(), language),
    [one.title, one.body].filter(Boolean).join('\n'),
    sessionStates[one.called_off ? 'off' : (one.attended ?? one.state)][language],
  ]);
  const columns = [
    { title: text.when[language], part: 0.26 },
    { title: text.session[language], part: 0.48 },
    { title: text.state[language], part: 0.26 },
  ];
  return chapter(
    text.sessions[language],
    rows.length === 0 ? [] : [{ kind: 'table', columns, rows }],
    language,
  );
}
