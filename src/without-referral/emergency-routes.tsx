import { Router } from 'express';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import type { Visit } from '../access/visit.ts';
import { notFound } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../web/form.tsx';
import { html, seeOther, type Reply } from '../web/replies.ts';
import { emergencyNow, openInEmergency } from './emergency.ts';
import { emergencyOpenPage, emergencyPage } from './emergency-pages.tsx';
import { emergencySchema } from './form.ts';
import { readOpened } from './opened.ts';
import { text } from './text.ts';

const professionals = ['doctor', 'linkworker'] as const;

/** `/emergency`: who and why; `/emergency/:id`: the person, for a few hours. */
export function emergencyRoutes(needs: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  const { pages, open, programs, publicUrl } = needs;
  const ask = ({ view, newId }: Visit, state: FormState, none: boolean, status: 200 | 422): Reply =>
    html(emergencyPage({ view, state, once: newId(), none }), status);

  return Router()
    .get(
      '/emergency',
      pages.forRoles(professionals, (visit) => Promise.resolve(ask(visit, emptyForm(), false, 200))),
    )
    .post(
      '/emergency',
      pages.forRoles(professionals, async (visit) => {
        const { actor, req, once } = visit;
        const form = readForm(emergencySchema, req.body);
        if (!form.ok) return ask(visit, form.state, false, 422);
        const found = await open(
          actor,
          async (records) => (await openInEmergency(records, form.data, publicUrl)) ?? null,
          { once },
        );
        return found === null
          ? ask(visit, formAgain(req.body, []), true, 200)
          : seeOther(`/emergency/${found}`);
      }),
    )
    .get(
      '/emergency/:id',
      pages.forRoles(professionals, async ({ actor, view, req }) => {
        const id = idIn(req);
        const shown = await open(actor, async (records) => {
          const access = await emergencyNow(records, id);
          if (access === undefined) throw notFound(text.over);
          return { access, opened: await readOpened(records, programs, id) };
        });
        return html(emergencyOpenPage({ view, ...shown }));
      }),
    );
}
