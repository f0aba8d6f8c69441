import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import type { Visit } from '../../access/visit.ts';
import { planSheet } from '../../documents/plan-sheet.ts';
import { questionnaireSheet } from '../../documents/questionnaire-sheet.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { file, type Reply } from '../../web/replies.ts';
import { assessmentData } from '../assessment-sheet.ts';
import { planData } from '../plan-sheet.ts';
import { sheetWords } from '../text.ts';
import { text } from '../../documents/text.ts';
import { office, professional, type SupportNeeds } from './part.ts';

/** The sheets of a case that a link worker prints: the assessment, blank or filled in, and so the plan. */
export function sheetRoutes(needs: SupportNeeds): Router {
  const { pages, open, programs } = needs;
  const assessment =
    (blank: boolean) =>
    async (visit: Visit): Promise<Reply> => {
      const { language } = visit.view;
      const id = idIn(visit.req);
      const data = await open(visit.actor, (records) =>
        assessmentData(records, { id, programs, language, blank }),
      );
      return sheet(await questionnaireSheet(data), visit, sheetWords.page, data.caseNumber);
    };
  const plan =
    (blank: boolean) =>
    async (visit: Visit): Promise<Reply> => {
      const { language } = visit.view;
      const id = idIn(visit.req);
      const data = await open(visit.actor, (records) => planData(records, { id, programs, language, blank }));
      return sheet(await planSheet(data), visit, text.planTitle, data.caseNumber);
    };
  return Router()
    .get('/referrals/:id/assessment.pdf', pages.forRoles(office, professional(needs, assessment(false))))
    .get('/referrals/:id/assessment-form.pdf', pages.forRoles(office, professional(needs, assessment(true))))
    .get('/referrals/:id/plan.pdf', pages.forRoles(office, professional(needs, plan(false))))
    .get('/referrals/:id/plan-form.pdf', pages.forRoles(office, professional(needs, plan(true))));
}

const sheet = (bytes: Buffer, { view }: Visit, title: Sentence, caseNumber = ''): Reply =>
  file(bytes, 'application/pdf', `${caseNumber} ${view.t(title)}.pdf`, { inline: true });
