import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, type Visit } from '../../access/visit.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { emptyForm, formAgain, typedIn, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { unseenNotices } from '../notice.ts';
import { askedPage } from './asked-list.tsx';
import { askedCheckPage, askedOnePage } from './asked-pages.tsx';
import { describe, readAsked, type Asked } from './asked.ts';
import { answeringOf, readAnswer, readLater } from './form.ts';
import { linkRoutes } from './link-routes.tsx';
import { askedTabs, countAsked, listAsked, pageSize } from './queries.ts';
import { answer, type Answering } from './service.ts';
import { text } from './text.ts';

const group = ['resource'] as const;

/** A group's answer to what offices ask of it: through a one-time link, and with an account. */
export function answerRoutes(needs: SliceNeeds): Router {
  const { open, pages } = needs;
  const read = ({ actor, req }: Visit): Promise<Asked> =>
    open(actor, (records) => readAsked(records, idIn(req)));

  return Router()
    .use(linkRoutes(needs))
    .get(
      '/asked',
      pages.forRoles(group, async ({ actor, view, req }) => {
        const tab = askedTabs.find((one) => one === req.query['tab']) ?? 'new';
        const asked = Number(req.query['page']);
        const page = Number.isInteger(asked) && asked > 1 && asked < 10_000 ? asked : 1;
        const found = await open(actor, async (records) => ({
          counts: await countAsked(records),
          rows: await listAsked(records, tab, page),
          notices: await unseenNotices(records),
        }));
        const lines = found.rows.slice(0, pageSize).map((row) => describe(row, view.now));
        const more = found.rows.length > pageSize;
        return html(askedPage({ view, tab, page, lines, more, ...found }));
      }),
    )
    .get(
      '/asked/:id',
      pages.forRoles(group, async (visit) => {
        const said = visit.req.query['said'];
        const notice = said === 'answer' ? text.said : said === 'move' ? text.saidMove : undefined;
        const view = notice === undefined ? visit.view : { ...visit.view, notice };
        return show({ ...visit, view }, await read(visit), await visit.filled(emptyForm()));
      }),
    )
    .post(
      '/asked/:id/check',
      pages.forRoles(group, async (visit) => {
        const asked = await read(visit);
        const page = `/asked/${asked.referral.id}`;
        if (asked.referral.status !== 'requested') return seeOther(page);
        const answered = readAnswer(visit.req.body);
        if (!answered.ok) return show(visit, asked, answered.state, 422);
        await visit.keep(page);
        return seeOther(`${page}/check`);
      }),
    )
    .get(
      '/asked/:id/check',
      pages.forRoles(group, async (visit) => {
        const asked = await read(visit);
        const page = `/asked/${asked.referral.id}`;
        const typed = await visit.filled(emptyForm(), page);
        const answered = readAnswer(typed.values);
        if (asked.referral.status !== 'requested' || !answered.ok) return seeOther(page);
        const seen = typedIn(typed, 'seen') || asked.referral.version;
        const view = { ...visit.view, path: page };
        return html(askedCheckPage({ view, asked, filled: answered.data, seen, once: visit.newId() }));
      }),
    )
    .post(
      '/asked/:id',
      pages.forRoles(group, async (visit) => {
        const id = idIn(visit.req);
        const isAnswer = field(visit.req, 'answer') !== undefined;
        const given = readGiven(id, isAnswer, visit.req.body);
        if ('state' in given) return show(visit, await read(visit), given.state, 422);
        try {
          const seen = field(visit.req, 'seen');
          await answer(
            open,
            visit.actor,
            { ...given, ...(seen === undefined ? {} : { seen }) },
            { once: visit.once },
          );
          return seeOther(`/asked/${id}?said=${isAnswer ? 'answer' : 'move'}`);
        } catch (error) {
          return again(visit, await read(visit), error);
        }
      }),
    );
}

function readGiven(id: string, isAnswer: boolean, body: unknown): Answering | Readonly<{ state: FormState }> {
  if (!isAnswer) {
    const later = readLater(id, body);
    return later.ok ? later.data : { state: later.state };
  }
  const filled = readAnswer(body);
  return filled.ok ? answeringOf(id, filled.data) : { state: filled.state };
}

/** What was refused, on the page of the request as it is now, with what was typed. */
function again(visit: Visit, asked: Asked, error: unknown): Reply {
  if (error instanceof Refused && error.problem.kind === 'conflict')
    return show(visit, asked, formAgain(visit.req.body, []), 409, error.problem.says);
  if (error instanceof Refused && error.problem.kind === 'invalid')
    return show(visit, asked, formAgain(visit.req.body, error.problem.issues), 422);
  throw error;
}

const show = (visit: Visit, asked: Asked, state: FormState, status = 200, trouble?: Sentence): Reply =>
  html(askedOnePage({ view: visit.view, asked, state, newId: visit.newId, trouble }), status);
