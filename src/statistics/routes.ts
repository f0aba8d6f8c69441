import { Router } from 'express';
import type { SliceNeeds } from '../access/slice.ts';
import { html } from '../web/replies.ts';
import { notFound } from '../kernel/problem.ts';
import { figuresOf } from './figures.ts';
import { figuresPage } from './pages.tsx';

/** Figures, never persons: for the insurer council and for the municipality's coordinator, each for its own area. */
export function statisticsRoutes({ open, pages }: SliceNeeds): Router {
  return Router().get(
    '/figures',
    pages.forRoles(['council', 'coordinator'], async ({ actor, view, req }) => {
      const asked = req.query['year'];
      if (asked !== undefined && !/^\d{4}$/.test(String(asked))) throw notFound();
      const figures = await open(actor, (records) =>
        figuresOf(records, asked === undefined ? undefined : Number(asked)),
      );
      return html(figuresPage(view, figures));
    }),
  );
}
