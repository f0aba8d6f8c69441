import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { notFound } from '../../kernel/problem.ts';
import { file, html, seeOther } from '../../web/replies.ts';
import { faxesOf, markFaxed } from '../fax.ts';
import { faxWords } from '../fax-text.ts';
import { registerSheet, registerSheets } from '../../documents/printed.ts';
import { letterSheet, letterSheets, printFax, printLetter } from '../letter.ts';
import { reportPage, reportsPage } from '../pages/reports.tsx';
import { readOneReport, readReports } from '../reports.ts';
import { emptyForm } from '../../web/form.tsx';
import { readCase } from '../case.ts';
import { notForYouPage } from '../pages/frame.tsx';
import { closeWords } from '../end-text.ts';
import { viewAfter, type SupportNeeds } from './part.ts';

const readers = ['doctor', 'reception', 'linkworker'] as const;

/** `/referrals/:id/reports` and `/reports/:id` for both sides of a referral. */
export function reportRoutes(needs: SupportNeeds): Router {
  const { pages, open } = needs;
  return Router()
    .get(
      '/referrals/:id/reports',
      pages.forRoles([...readers, 'neighbour'], async (visit) => {
        const { actor, newId } = visit;
        const id = idIn(visit.req);
        const view = viewAfter(visit, { closed: closeWords.said });
        if (actor.role === 'neighbour') {
          const one = await open(actor, (records) => readCase(records, id));
          return html(notForYouPage({ view, one, newId, role: actor.role, state: emptyForm() }), 403);
        }
        const shown = await open(actor, (records) => readReports(records, id));
        return html(reportsPage({ view, role: actor.role, shown }));
      }),
    )
    .get(
      '/reports/:id',
      pages.forRoles(readers, async (visit) => {
        const { actor, newId } = visit;
        const { shown, faxes } = await open(actor, async (records) => ({
          shown: await readOneReport(records, idIn(visit.req)),
          faxes: await faxesOf(records, idIn(visit.req)),
        }));
        const view = viewAfter(visit, { faxed: faxWords.said });
        const isOurs = shown.report.from === actor.organization;
        return html(reportPage({ view, role: actor.role, shown, faxes, isOurs, once: newId() }));
      }),
    )
    .get(
      '/reports/:id/fax.pdf',
      pages.forRoles(['linkworker'], async (visit) => {
        const id = idIn(visit.req);
        const { language } = visit.view;
        const shown = await open(visit.actor, async (records) => {
          const one = await readOneReport(records, id);
          if (one.report.from !== visit.actor.organization) throw notFound();
          records.note('print', 'report by fax', one.report.patient, `Communication/${id}`);
          const [sheetId = '', coverId = ''] = await registerSheets(records, letterSheets(id, language));
          return { ...one, sheetId, coverId };
        });
        const bytes = await printFax({ language, ...shown });
        const number = shown.referral?.caseNumber ?? 'report';
        return file(bytes, 'application/pdf', `${number} FAX.pdf`, { inline: true });
      }),
    )
    .post(
      '/reports/:id/faxed',
      pages.forRoles(['linkworker'], async (visit) => {
        const id = idIn(visit.req);
        await open(visit.actor, (records) => markFaxed(records, id), { once: visit.once });
        return seeOther(`/reports/${id}?said=faxed`);
      }),
    )
    .get(
      '/reports/:id/letter.pdf',
      pages.forRoles(readers, async (visit) => {
        const id = idIn(visit.req);
        const { language } = visit.view;
        const shown = await open(visit.actor, async (records) => {
          const one = await readOneReport(records, id);
          records.note('print', 'report', one.report.patient, `Communication/${id}`);
          return { ...one, sheetId: await registerSheet(records, letterSheet(id, language)) };
        });
        const bytes = await printLetter({ language, ...shown });
        const number = shown.referral?.caseNumber ?? 'report';
        return file(bytes, 'application/pdf', `${number} ${shown.report.kind ?? ''}.pdf`, { inline: true });
      }),
    );
}
