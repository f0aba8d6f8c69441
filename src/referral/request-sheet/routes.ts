import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import type { Visit } from '../../access/visit.ts';
import { notFound } from '../../kernel/problem.ts';
import { displayName } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { chosenProgram } from '../../programs/record.ts';
import { file, type Reply } from '../../web/replies.ts';
import { printRequestSheet } from './print.ts';
import { readRequestSheet, takingPaper } from './read.ts';
import { text } from './text.ts';

/** The request sheet: blank at `/scans/request-sheet.pdf`, for a person at `/patients/:id/request-sheet.pdf`. */
export function requestSheetRoutes({
  pages,
  open,
  programs,
  now,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  const print = async ({ actor, view, req }: Visit, patient?: string): Promise<Reply> => {
    const { language } = view;
    const { program, sheet } = await open(actor, async (records) => {
      const taking = await takingPaper(records, programs);
      if (taking.length === 0) throw notFound();
      const chosen = chosenProgram(taking, req.query['program']);
      const given = { language, ...(patient === undefined ? {} : { patient }) };
      return { program: chosen, sheet: await readRequestSheet(records, chosen, given) };
    });
    const pdf = await printRequestSheet(program, sheet, { language, now: now() });
    const whose = sheet.whom ? ` ${displayName(sheet.whom.person, 'ja')}` : '';
    return file(pdf, 'application/pdf', `${view.t(text.name)}${whose}.pdf`, { inline: true });
  };
  return Router()
    .get(
      '/scans/request-sheet.pdf',
      pages.forRoles(['doctor', 'reception', 'linkworker'], (visit) => print(visit)),
    )
    .get(
      '/patients/:id/request-sheet.pdf',
      pages.forRoles(['doctor', 'reception'], (visit) => print(visit, idIn(visit.req))),
    );
}
