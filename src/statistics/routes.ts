import { Router } from 'express';
import type { SliceNeeds } from '../access/slice.ts';
import type { Program } from '../programs/program.ts';
import { html } from '../web/replies.ts';
import { notFound } from '../kernel/problem.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { figuresOf } from './figures.ts';
import { gatheringFigures } from './gatherings.ts';
import { figuresPage } from './pages.tsx';

/** Figures, never persons: for the insurer council and for the municipality's coordinator, each for its own area. */
export function statisticsRoutes({
  open,
  pages,
  programs,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  return Router().get(
    '/figures',
    pages.forRoles(['council', 'coordinator'], async ({ actor, view, req }) => {
      const asked = req.query['year'];
      if (asked !== undefined && !(typeof asked === 'string' && /^\d{4}$/.test(asked))) throw notFound();
      const year = asked === undefined ? undefined : Number(asked);
      const shown = await open(actor, async (records) => {
        const figures = await figuresOf(records, year);
        const today = dayInTokyo(records.now);
        const gatherings = figures && (await gatheringFigures(records, figures.fiscalYear, programs, today));
        return { figures, gatherings };
      });
      return html(figuresPage(view, shown.figures, programs, shown.gatherings));
    }),
  );
}
