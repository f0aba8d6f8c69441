import { Router } from 'express';
import type { Visit } from '../../access/visit.ts';
import { areaNames } from '../../directory/areas.ts';
import type { Records } from '../../fhir/records.ts';
import { dayInTokyo, startOfDayInTokyo } from '../../kernel/japan/calendar.ts';
import { forbidden, notFound } from '../../kernel/problem.ts';
import { emptyForm, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { newSchema } from '../form.ts';
import { hold } from '../hold.ts';
import { helpers, holders, isHolder } from '../model.ts';
import { formPage } from '../pages/form-page.tsx';
import { listPage } from '../pages/list.tsx';
import { areaOf, readHolder, type Holder } from '../programs.ts';
import { inMonth, placesToChoose } from '../queries.ts';
import { text } from '../text.ts';
import { viewSaid, type SessionNeeds } from './part.ts';

/** A month as it was asked for, else the one that it is. */
export function monthIn(asked: unknown, now: Date): string {
  if (asked === undefined) return dayInTokyo(now).slice(0, 7);
  if (typeof asked !== 'string' || !/^20\d\d-(0[1-9]|1[0-2])$/.test(asked)) throw notFound();
  return asked;
}

/** At the month's end there is still something to come: so many days ahead of today stand on the page of this month. */
const daysAhead = 28;
const aheadOf = (month: string, now: Date): Date | undefined => {
  const today = dayInTokyo(now);
  if (month !== today.slice(0, 7)) return undefined;
  return new Date(startOfDayInTokyo(today).getTime() + (daysAhead + 1) * 86_400_000);
};

/** What the form of a session is drawn and read with. */
export async function readForming(records: Records, holder: Holder) {
  const codes = areaOf(holder.body);
  const names = await areaNames(records);
  const areas = new Map([...names].filter(([code]) => codes.length === 0 || codes.includes(code)));
  return { areas, locations: await placesToChoose(records, codes) };
}

/** `/sessions` and `/sessions/new` */
export function calendarRoutes({ open, pages, programs, now }: SessionNeeds): Router {
  const around = (visit: Visit, asked: unknown) =>
    open(visit.actor, async (records) => {
      const holder = await readHolder(records, programs);
      const program =
        asked === undefined ? holder.programs[0] : holder.programs.find(({ id }) => id === asked);
      if (!program) throw holder.programs.length === 0 ? forbidden(text.noProgram) : notFound();
      return { holder, program, ...(await readForming(records, holder)) };
    });
  const draw = async (visit: Visit, asked: unknown, state: FormState): Promise<string> => {
    const { holder, ...rest } = await around(visit, asked);
    return formPage({ view: visit.view, state, once: visit.newId(), programs: holder.programs, ...rest });
  };

  return Router()
    .get(
      '/sessions',
      pages.forRoles(helpers, async (visit) => {
        const month = monthIn(visit.req.query['month'], now());
        const shown = await open(visit.actor, async (records) => ({
          holder: await readHolder(records, programs),
          found: await inMonth(records, month, aheadOf(month, now())),
        }));
        const n = Number(visit.req.query['made']);
        const view = viewSaid(visit, { made: text.saidMade(Number.isInteger(n) && n > 0 ? n : 1) });
        return html(listPage({ view, month, mayHold: isHolder(visit.actor.role), ...shown }));
      }),
    )
    .get(
      '/sessions/new',
      pages.forRoles(holders, async (visit) => {
        const state = await visit.filled(emptyForm({ repeat: 'none' }));
        return html(await draw(visit, visit.req.query['program'], state));
      }),
    )
    .post(
      '/sessions',
      pages.forRoles(holders, async (visit) => {
        const body = visit.req.body as Readonly<Record<string, unknown>>;
        const asked = body['program'];
        const { program, areas, locations } = await around(visit, asked);
        const read = readForm(newSchema({ program, areas: [...areas.keys()], locations }, now()), body);
        if (!read.ok) return html(await draw(visit, asked, read.state), 422);
        const { draft, spans } = read.data;
        const made = await open(visit.actor, (records) => hold(records, draft, spans), { once: visit.once });
        const month = dayInTokyo(spans[0]?.starts ?? now()).slice(0, 7);
        return seeOther(`/sessions?month=${month}&said=made&made=${String(made.length)}`);
      }),
    );
}
