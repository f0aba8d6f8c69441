/** The last day of a consent given today for so many months: one year from 21 November ends on 20 November. */
export function lastDay(today: string, months: number): string {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  const same = new Date(Date.UTC(year, month - 1 + months, 1));
  const length = new Date(Date.UTC(same.getUTCFullYear(), same.getUTCMonth() + 1, 0)).getUTCDate();
  same.setUTCDate(Math.min(day, length) - (day <= length ? 1 : 0));
  return same.toISOString().slice(0, 10);
}
