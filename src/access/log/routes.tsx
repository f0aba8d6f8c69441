import { Router } from 'express';
import { z } from 'zod';
import { isId } from '../../fhir/references.ts';
import type { Records } from '../../fhir/records.ts';
import { notFound } from '../../kernel/problem.ts';
import { emptyForm, readForm, textField, type FormState } from '../../web/form.tsx';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import { noteWith } from '../events.ts';
import type { SliceNeeds } from '../slice.ts';
import type { Visit } from '../visit.ts';
import { useAsCsv } from './export.ts';
import { hrefOf } from './filters.tsx';
import { countLog, listChoices, listEvents, listUse, sealState, type Narrowed } from './queries.ts';
import { reviewPage, type Review } from './review-page.tsx';
import { monthOf, spanOf } from './review.ts';
import { text } from './text.ts';

const admin = ['admin'] as const;
/** What a review lists one by one. */
const listed = ['emergency', 'refused', 'sign-in-refused', 'token-refused', 'account', 'export'];

/** The monthly review of the access log. Reading it is itself in the log, and so is that it was reviewed. */
export function accessLogRoutes({ open, pages, now }: SliceNeeds): Router {
  const show = async (visit: Visit, asked: Asked, state: FormState, status = 200): Promise<Reply> => {
    const { actor, req, newId } = visit;
    const review = await open(actor, (records) => readReview(records, asked));
    const isDone = req.method === 'GET' && req.query['said'] === 'reviewed';
    const view = {
      ...visit.view,
      ...(isDone ? { notice: text.saidReviewed } : {}),
      ...(req.method === 'GET' ? {} : { path: hrefOf(asked) }),
    };
    return html(reviewPage({ view, review, state, once: newId() }), status);
  };
  return Router()
    .get(
      '/access-log',
      pages.forRoles(admin, (visit) => show(visit, askedIn(visit.req.query, now()), emptyForm())),
    )
    .get(
      '/access-log.csv',
      pages.forRoles(admin, async ({ actor, view, req }) => {
        const asked = askedIn(req.query, now());
        const lines = await open(actor, async (records) => {
          await noteWith(records, { action: 'export', what: `access log ${asked.month}` });
          return listUse(records, spanOf(asked.month), asked);
        });
        return file(useAsCsv(view, lines), 'text/csv; charset=utf-8', `access-log-${asked.month}.csv`);
      }),
    )
    .post(
      '/access-log/review',
      pages.forRoles(admin, async (visit) => {
        const { actor, req, once } = visit;
        const asked = askedIn(req.body as Record<string, unknown>, now());
        const form = readForm(Note, req.body);
        if (!form.ok) return show(visit, asked, form.state, 422);
        const why = form.data.note;
        await open(actor, (records) => noteWith(records, { action: 'reviewed', what: asked.month, why }), {
          once,
        });
        return seeOther(`${hrefOf(asked)}&said=reviewed#review`);
      }),
    );
}

const Note = z.object({ note: textField({ max: 500, required: text.noteMissing }) });

type Asked = Narrowed & Readonly<{ month: string }>;

/** The month and filters asked for; this month where none is. Refuses what is no month, no id. */
function askedIn(given: Readonly<Record<string, unknown>>, now: Date): Asked {
  const id = (name: 'organization' | 'account'): Partial<Narrowed> => {
    const value = given[name];
    if (value === undefined || value === '') return {};
    if (typeof value !== 'string' || !isId(value)) throw notFound();
    return { [name]: value };
  };
  const month = given['month'] ?? monthOf(now);
  if (typeof month !== 'string' || !/^20\d\d-(?:0[1-9]|1[0-2])$/.test(month)) throw notFound();
  return { month, ...id('organization'), ...id('account') };
}

/** A month may be reviewed whenever it suits. */
const ever = new Date('9999-12-31T00:00:00Z');

async function readReview(records: Records, asked: Asked): Promise<Review> {
  const span = spanOf(asked.month);
  await noteWith(records, { action: 'log-read', what: `review ${asked.month}` });
  const counts = await countLog(records, span, asked);
  const reviews = await listEvents(records, { since: span.since, until: ever }, {}, ['reviewed']);
  return {
    span,
    narrowed: asked,
    counts,
    lines: await listUse(records, span, asked),
    events: await listEvents(records, span, asked, listed),
    reviewed: reviews.filter((one) => one.what === asked.month),
    choices: await listChoices(records),
    seal: await sealState(records),
  };
}
