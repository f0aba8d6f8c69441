import { Router } from 'express';
import type { SliceNeeds } from '../access/slice.ts';
import type { Program } from '../programs/program.ts';
import { html } from '../web/replies.ts';
import { notFound } from '../kernel/problem.ts';
import { figuresOf } from './figures.ts';
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
      const figures = await open(actor, (records) => figuresOf(records, year));
      return html(figuresPage(view, figures, programs));
    }),
  );
}
