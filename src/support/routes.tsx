import { Router } from 'express';
import { assessmentRoutes } from './routes/assessment.tsx';
import { closeRoutes } from './routes/close.tsx';
import { contactRoutes } from './routes/contacts.tsx';
import { goalRoutes } from './routes/goals.tsx';
import type { SupportNeeds } from './routes/part.ts';
import { reportRoutes } from './routes/reports.tsx';
import { requestRoutes } from './routes/request.tsx';
import { caseRequestRoutes } from './routes/requests.tsx';
import { sheetRoutes } from './routes/sheets.ts';
import { resourceRoutes } from './routes/resources.tsx';

export type { SupportNeeds } from './routes/part.ts';

/** The link worker's work on a case: `/referrals/:id/…`, and the requests and reports that come of it. */
export const supportRoutes = (needs: SupportNeeds): Router =>
  Router().use(
    contactRoutes(needs),
    assessmentRoutes(needs),
    goalRoutes(needs),
    resourceRoutes(needs),
    caseRequestRoutes(needs),
    requestRoutes(needs),
    closeRoutes(needs),
    reportRoutes(needs),
    sheetRoutes(needs),
  );
