import type { Records } from '../fhir/records.ts';
import { readCursor, writeCursor, type Cursor } from './cursor.ts';
import { unseenNotices } from './notice.ts';
import { readTask, urgencies } from './record.ts';
import {
  inboxCounts,
  inboxLines,
  pageSize,
  sentLines,
  type Line,
  type SentLine,
  type SentTab,
  type Tab,
} from './queries.ts';

/** A page of a list and the addresses of the pages beside it. */
export type Page<L> = Readonly<{
  lines: readonly L[];
  previous: string | undefined;
  next: string | undefined;
}>;

/** The inbox of the actor's office at a tab. `at` is the cursor of a page's link. */
export async function readInbox(records: Records, tab: Tab, at: unknown) {
  const cursor = readCursor(at);
  const [lines, counts, notices] = await Promise.all([
    inboxLines(records, tab, cursor),
    inboxCounts(records),
    unseenNotices(records),
  ]);
  const place = tab === 'closed' ? placeByChange : placeByUrgency;
  return { page: pageOf(lines, cursor, place, `/inbox?tab=${tab}`), counts, notices };
}

/** What the actor's clinic has sent. */
export async function readSent(
  records: Records,
  tab: SentTab,
  search: string,
  at: unknown,
): Promise<Page<SentLine>> {
  const cursor = readCursor(at);
  const lines = await sentLines(records, tab, search, cursor);
  const query = new URLSearchParams({ tab, ...(search === '' ? {} : { q: search }) });
  return pageOf(lines, cursor, placeByChange, `/referrals?${String(query)}`);
}

type Place = (line: Line) => Omit<Cursor, 'back'>;

const placeByUrgency: Place = ({ task, due_at: due }) => {
  const { urgency, id } = readTask(task);
  // As the database ranks them: the most urgent is 0.
  return { urgency: urgencies.length - 1 - urgencies.indexOf(urgency), at: due ?? 'infinity', id };
};
const placeByChange: Place = ({ task }) => ({ urgency: 0, at: task.meta.lastUpdated, id: task.id });

function pageOf<L extends Line>(
  found: readonly L[],
  cursor: Cursor | undefined,
  place: Place,
  address: string,
): Page<L> {
  const back = cursor?.back === true;
  const more = found.length > pageSize;
  const shown = found.slice(0, pageSize);
  const lines = back ? shown.toReversed() : shown;
  const [first, last] = [lines[0], lines.at(-1)];
  const to = (line: L | undefined, way: boolean): string | undefined =>
    line === undefined ? undefined : `${address}&at=${writeCursor({ ...place(line), back: way })}`;
  return {
    lines,
    previous: back
      ? more
        ? to(first, true)
        : undefined
      : cursor === undefined
        ? undefined
        : to(first, true),
    next: back || more ? to(last, false) : undefined,
  };
}
