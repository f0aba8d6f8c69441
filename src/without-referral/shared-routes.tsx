import { Router } from 'express';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { notFound } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { ownPrograms } from '../programs/record.ts';
import { html } from '../web/replies.ts';
import { readOpened } from './opened.ts';
import { sharedLines } from './queries.ts';
import { sharedPage, sharedPersonPage } from './shared-pages.tsx';

/** Everybody to whose body somebody may be opened without a referral. */
const receivers = ['insurer', 'meeting', 'doctor', 'reception', 'linkworker', 'resource'] as const;

/** `/shared`: persons opened to the body without a referral, each to be read. */
export function sharedRoutes(needs: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  const { pages, open, programs } = needs;
  return Router()
    .get(
      '/shared',
      pages.forRoles(receivers, async ({ actor, view }) =>
        html(sharedPage({ view, lines: await open(actor, (records) => sharedLines(records)) })),
      ),
    )
    .get(
      '/shared/:id',
      pages.forRoles(receivers, async ({ actor, view, req }) => {
        const id = idIn(req);
        const shown = await open(actor, async (records) => {
          const lines = await sharedLines(records, id);
          if (lines.length === 0) throw notFound();
          // The insurer's way to the sheet that it shares with the doctor.
          const sheet =
            actor.role === 'insurer'
              ? (await ownPrograms(records, programs)).find((one) => one.sharedSheet)?.sharedSheet?.title
              : undefined;
          return { lines, opened: await readOpened(records, programs, id), sheet };
        });
        return html(sharedPersonPage({ view, ...shown }));
      }),
    );
}
