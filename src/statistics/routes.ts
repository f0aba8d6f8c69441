import { Router, type Request } from 'express';
import type { SliceNeeds } from '../access/slice.ts';
import { figuresReport } from '../documents/figures-report.ts';
import type { Records } from '../fhir/records.ts';
import type { Program } from '../programs/program.ts';
import { file, html } from '../web/replies.ts';
import { notFound } from '../kernel/problem.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { figuresOf } from './figures.ts';
import { gatheringFigures } from './gatherings.ts';
import { figuresPage } from './pages.tsx';
import { reportData } from './report-sheet.ts';
import { text } from './text.ts';
import type { Told } from './traits.ts';

const readers = ['council', 'coordinator'] as const;

/** Figures, never persons: for the insurer council and for the municipality's coordinator, each for its own area. */
export const statisticsRoutes = ({
  open,
  pages,
  programs,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router =>
  Router()
    .get(
      '/figures',
      pages.forRoles(readers, async ({ actor, view, req }) => {
        const year = yearIn(req);
        return html(figuresPage(view, await open(actor, (records) => toldOf(records, programs, year))));
      }),
    )
    .get(
      '/figures/report.pdf',
      pages.forRoles(readers, async ({ actor, view, req, session }) => {
        const year = yearIn(req);
        const told = await open(actor, (records) => toldOf(records, programs, year));
        if (!told) throw notFound();
        const organization = session.organizationName;
        const data = reportData({ told, organization, now: view.now, language: view.language });
        const name = `${view.t(text.title)} ${String(told.figures.fiscalYear)}.pdf`;
        return file(await figuresReport(data), 'application/pdf', name, { inline: true });
      }),
    );

async function toldOf(
  records: Records,
  programs: readonly Program[],
  year: number | undefined,
): Promise<Told | undefined> {
  const figures = await figuresOf(records, year);
  if (!figures) return undefined;
  const today = dayInTokyo(records.now);
  const gatherings = await gatheringFigures(records, figures.fiscalYear, programs, today);
  return { figures, gatherings, programs };
}

function yearIn(req: Request): number | undefined {
  const asked = req.query['year'];
  if (asked !== undefined && !(typeof asked === 'string' && /^\d{4}$/.test(asked))) throw notFound();
  return asked === undefined ? undefined : Number(asked);
}
