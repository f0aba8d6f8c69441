import { Router } from 'express';
import { idIn } from '../access/request.ts';
import { looksPerPage, whoLooked } from '../access/log/queries.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { html } from '../web/replies.ts';
import { looksPage } from './looks-page.tsx';
import { readPatient } from './record.ts';

/** Who looked at a person's records: for the doctor of the clinic that keeps the person, to tell the person who asks. */
export function looksRoutes({ open, pages }: SliceNeeds): Router {
  return Router().get(
    '/patients/:id/access',
    pages.forRoles(['doctor'], async ({ actor, view, req }) => {
      const asked = req.query['before'];
      const before = typeof asked === 'string' && /^\d{1,18}$/.test(asked) ? asked : undefined;
      const { person, looks } = await open(actor, async (records) => {
        const found = readPatient(await records.read('Patient', idIn(req)));
        return { person: found, looks: await whoLooked(records, found.id, { before }) };
      });
      const next = looks.length > looksPerPage ? looks[looksPerPage - 1]?.id : undefined;
      return html(
        looksPage({ view, person, looks: looks.slice(0, looksPerPage), next, first: before === undefined }),
      );
    }),
  );
}
