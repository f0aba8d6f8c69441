/** An entry that nobody has confirmed for this many months is stale: groups move, stop and change their telephone. */
export const staleAfter = 12;

/** Whole months from a day (`YYYY-MM-DD`) to now, by Japanese time; 0 for a day to come. */
export function monthsSince(day: string, now: Date): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const today = new Date(now.getTime() + 9 * 60 * 60 * 1000);
  const months = (today.getUTCFullYear() - year) * 12 + today.getUTCMonth() + 1 - month;
  return Math.max(0, today.getUTCDate() < date ? months - 1 : months);
}

/** How long ago somebody said that an entry is right; without a day nobody ever did. */
export type Freshness = Readonly<{ stale: boolean; months: number | undefined }>;

export function freshnessOf(assured: string | undefined, now: Date): Freshness {
  const months = assured === undefined ? undefined : monthsSince(assured, now);
  return { months, stale: months === undefined || months >= staleAfter };
}

/** Entries assured on this day (`YYYY-MM-DD`, Tokyo) or later are fresh: the first for which `monthsSince` is short of it. */
export function freshSince(now: Date): string {
  const today = new Date(now.getTime() + 9 * 60 * 60 * 1000);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth() - staleAfter];
  const daysThen = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const first = new Date(Date.UTC(year, month, Math.min(today.getUTCDate(), daysThen) + 1));
  return first.toISOString().slice(0, 10);
}
