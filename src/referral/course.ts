import type { Communication, Goal, Task } from '@medplum/fhirtypes';
import { codesOf, systems } from '../fhir/codes.ts';
import { asIs, type Sentence } from '../kernel/sentence.ts';
import { readPost } from '../people/record.ts';
import type { Stored } from '../fhir/types.ts';
import type { Tone } from '../web/parts.tsx';
import type { HappenedRow } from './case-queries.ts';
import { readTask, type Referral } from './record.ts';
import { isReport, readReport, reportName } from './report.ts';
import { courseText as text } from './text.ts';
import { steps, type Status } from './workflow.ts';

/** One thing that happened, as the timeline shows it. */
export type Happened = Readonly<{
  /** ISO instant. */
  at: string;
  title: Sentence;
  /** Words that were written then. */
  lines: readonly string[];
  /** Who: the person where the reader may know it, else the body. */
  by: Sentence | undefined;
  tone: Tone;
  /** Id of the report, for a link. */
  report?: string;
}>;

export type Names = Readonly<{
  sender: string;
  receiver: string;
  /** The name of somebody who holds a post in the office. */
  post: (id: string) => string | undefined;
}>;

type Told = Pick<Happened, 'title'> & Partial<Happened>;

/** What happened, newest first; changes that mean nothing to a reader fall away. */
export function readCourse(rows: readonly HappenedRow[], names: Names): Happened[] {
  const begun = rows.filter(({ kind, previous }) => kind === 'referral' && previous === null);
  const first = begun.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
  // Where it was passed on it was sent once; that it went on says the change at the office that had it.
  const told = rows.filter((row) => !begun.includes(row) || row === first);
  const all = told.flatMap((row) =>
    tell(row, names).map((one) => ({
      at: row.at.toISOString(),
      lines: [],
      tone: 'neutral' as const,
      by: writerOf(row),
      ...one,
    })),
  );
  // A contact may be written down a day after it was.
  return all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function writerOf({ writer, writing_body: body }: HappenedRow): Sentence | undefined {
  const name = writer === null ? undefined : readPost(writer).name;
  if (name === undefined) return body === null ? undefined : asIs(body);
  return body === null ? asIs(name) : { ja: `${name}（${body}）`, en: `${name} (${body})` };
}

function tell(row: HappenedRow, names: Names): Told[] {
  switch (row.kind) {
    case 'referral':
      return tellReferral(row, names);
    case 'request':
      return tellRequest(row);
    case 'communication':
      return [tellCommunication(row.content as Stored<Communication>, row, names)];
    case 'goal':
      return tellGoal(row.content as Stored<Goal>, row.previous as Stored<Goal> | null);
  }
}

const statusWords: Readonly<Record<Status, readonly [Sentence, Tone]>> = {
  draft: [text.drafted, 'neutral'],
  requested: [text.sent, 'info'],
  accepted: [text.accepted, 'good'],
  rejected: [text.rejected, 'warn'],
  'in-progress': [text.inProgress, 'info'],
  'on-hold': [text.onHold, 'warn'],
  completed: [text.completed, 'good'],
  failed: [text.failed, 'warn'],
  cancelled: [text.cancelled, 'neutral'],
  'entered-in-error': [text.mistake, 'neutral'],
};

function tellReferral(row: HappenedRow, names: Names): Told[] {
  const now = readTask(row.content as Stored<Task>);
  const before = row.previous === null ? undefined : readTask(row.previous as Stored<Task>);
  const sides = asIs(now.status === 'requested' || now.status === 'draft' ? names.sender : names.receiver);
  const by = writerOf(row) ?? (before === undefined ? asIs(names.sender) : sides);
  const told: Told[] = [];
  if (before?.status !== now.status) {
    const [named, tone] = statusWords[now.status];
    const title = now.status === 'cancelled' && now.reason?.code === 'passed-on' ? text.passedOn : named;
    told.push({
      title: before?.status === 'on-hold' && now.status === 'in-progress' ? text.resumed : title,
      tone,
      by,
      lines: [...reasonLines(now), ...now.outcomes.slice(before?.outcomes.length ?? 0).map((o) => o.text)],
    });
  } else if (before.step !== now.step) told.push({ title: stepTitle(now), by });
  // Whoever accepts it has it; that needs no second line.
  if (before?.status === now.status && before.assignee !== now.assignee && now.assignee !== undefined) {
    const name = names.post(now.assignee);
    told.push({ title: name === undefined ? text.assignedSomebody : text.assigned(name), by });
  }
  return told;
}

const stepTitle = ({ step }: Referral): Sentence => ({
  ja: text.step(steps[step].ja).ja,
  en: text.step(steps[step].en).en,
});

const reasonLines = ({ reason }: Referral): string[] =>
  reason === undefined || reason.text === '' ? [] : [reason.text];

function tellRequest(row: HappenedRow): Told[] {
  const now = readTask(row.content as Stored<Task>);
  const before = row.previous === null ? undefined : readTask(row.previous as Stored<Task>);
  if (before?.status === now.status) return [];
  const name = row.body;
  const words: Readonly<Record<Status, readonly [(body: string) => Sentence, Tone]>> = {
    draft: [text.asked, 'neutral'],
    requested: [text.asked, 'neutral'],
    accepted: [text.welcomed, 'good'],
    rejected: [text.refused, 'warn'],
    'in-progress': [text.begun, 'good'],
    'on-hold': [text.paused, 'warn'],
    completed: [text.finished, 'good'],
    failed: [text.stopped, 'warn'],
    cancelled: [text.calledOff, 'neutral'],
    'entered-in-error': [text.calledOff, 'neutral'],
  };
  const [says, tone] = words[now.status];
  return [
    {
      title: name === null ? { ja: says(text.somebody.ja).ja, en: says(text.somebody.en).en } : says(name),
      tone,
      lines: [
        ...reasonLines(now),
        ...now.outcomes.slice(before?.outcomes.length ?? 0).map((o) => o.text),
        ...now.notes.slice(before?.notes.length ?? 0),
      ],
    },
  ];
}

const contactWords: Readonly<Record<string, readonly [Sentence, Tone]>> = {
  tried: [text.tried, 'neutral'],
  reached: [text.reached, 'info'],
  visited: [text.visited, 'info'],
  'no-answer': [text.noAnswer, 'neutral'],
  'window-reply': [text.windowReply, 'info'],
};

function tellCommunication(communication: Stored<Communication>, row: HappenedRow, names: Names): Told {
  const sent = communication.sent ?? row.at.toISOString();
  const by = writerOf(row) ?? asIs(names.receiver);
  if (isReport(communication)) {
    const report = readReport(communication);
    return {
      at: sent,
      by,
      tone: 'info',
      report: report.id,
      lines: report.sections.decision,
      title: reportName(report.kind),
    };
  }
  const lines = (communication.payload ?? []).flatMap((p) => p.contentString ?? []);
  const { category = [], reasonCode = [], medium = [], topic } = communication;
  const code = codesOf(
    [...category, ...reasonCode, ...medium, ...(topic ? [topic] : [])],
    systems.contact,
  )[0];
  const [title, tone] = contactWords[code ?? ''] ?? [
    codesOf(category, systems.communication).includes('message') ? text.message : text.contact,
    'neutral' as const,
  ];
  return { at: sent, by, tone, title, lines };
}

/** A goal that was set, and one that was reached; changes of its words stay on the page of goals. */
function tellGoal(goal: Stored<Goal>, before: Stored<Goal> | null): Told[] {
  const reached = goal.lifecycleStatus === 'completed';
  if (before !== null && (!reached || before.lifecycleStatus === 'completed')) return [];
  return [
    {
      title: before !== null && reached ? text.goalReached : text.goal,
      tone: before !== null && reached ? 'good' : 'neutral',
      lines: goal.description.text === undefined ? [] : [goal.description.text],
    },
  ];
}
