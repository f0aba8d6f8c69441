import { Router } from 'express';
import { attendanceRoutes } from './routes/attendance.tsx';
import { calendarRoutes } from './routes/calendar.tsx';
import { caseRoutes } from './routes/case.tsx';
import { joinRoutes } from './routes/join.tsx';
import { oneRoutes } from './routes/one.tsx';
import type { SessionNeeds } from './routes/part.ts';
import { sheetRoutes } from './routes/sheets.ts';
import { talkRoutes } from './routes/talks.tsx';

/** Sessions with a date and place: the calendar, who takes part, talks with those who drop in, signing up without an account. */
export function sessionRoutes(needs: SessionNeeds): Router {
  return Router()
    .use(sheetRoutes(needs))
    .use(calendarRoutes(needs))
    .use(oneRoutes(needs))
    .use(attendanceRoutes(needs))
    .use(talkRoutes(needs))
    .use(caseRoutes(needs))
    .use(joinRoutes(needs));
}
