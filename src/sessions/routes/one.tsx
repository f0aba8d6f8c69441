import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { emptyForm, formAgain, readForm, textField, typedIn, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { changeSchema, guestSchema, valuesOf } from '../form.ts';
import { callOff, change } from '../hold.ts';
import { helpers, holders, isHolder, waysOf } from '../model.ts';
import { formPage } from '../pages/form-page.tsx';
import { offPage, onePage } from '../pages/one.tsx';
import { readHolder } from '../programs.ts';
import { linkOf, phonesOf, placesOf, readGathering, readPlace } from '../queries.ts';
import { giveUp, take } from '../take.ts';
import { text } from '../text.ts';
import { readForming } from './calendar.tsx';
import { calledFor, calling, viewSaid, type SessionNeeds } from './part.ts';

const said = {
  changed: text.saidChanged,
  off: text.saidOff,
  booked: text.saidTaken,
  waiting: text.saidWaiting,
  'taken-off': text.saidTakenOff,
} as const;

const Because = z.object({ because: textField({ max: 200, oneLine: true, required: text.offWhyMissing }) });

/** `/sessions/:id`: what it is, who comes, changing it and calling it off. */
export function oneRoutes({ open, pages, programs, now, tell }: SessionNeeds): Router {
  const draw = async (visit: Visit, state: FormState, trouble?: Sentence): Promise<string> => {
    const mayHold = isHolder(visit.actor.role);
    const shown = await open(visit.actor, async (records) => {
      const one = await readGathering(records, idIn(visit.req));
      const places = await placesOf(records, one.id);
      const ids = calledFor(visit.req);
      const got = places.filter((place) => place.state === 'booked' && ids.includes(place.id));
      return {
        one,
        programs: (await readHolder(records, programs)).programs,
        link: await linkOf(records, one.id),
        places,
        toCall: got.length > 0 && mayHold ? await phonesOf(records, got) : got,
      };
    });
    return onePage({ view: viewSaid(visit, said), state, newId: visit.newId, mayHold, trouble, ...shown });
  };

  const edit = async (visit: Visit, given?: FormState, trouble?: Sentence): Promise<string> => {
    const shown = await open(visit.actor, async (records) => {
      const one = await readGathering(records, idIn(visit.req));
      const holder = await readHolder(records, programs);
      const program = holder.programs.find(({ id }) => id === one.program);
      if (!program || one.status === 'cancelled') throw notFound();
      const url = await linkOf(records, one.id);
      return { one, url, program, programs: holder.programs, ...(await readForming(records, holder)) };
    });
    const { url, ...rest } = shown;
    const state = given ?? (await visit.filled(emptyForm(valuesOf(shown.one, url))));
    return formPage({ view: visit.view, state, once: visit.newId(), trouble, ...rest });
  };

  /** The page once more with what was refused: at its field, or above it when somebody else was faster. */
  const again = async (
    error: unknown,
    body: unknown,
    page: (state: FormState, trouble?: Sentence) => Promise<string>,
  ): Promise<Reply> => {
    if (error instanceof Refused && error.problem.kind === 'invalid')
      return html(await page(formAgain(body, error.problem.issues)), 422);
    if (error instanceof Refused && error.problem.kind === 'conflict')
      return html(await page(formAgain(body, []), error.problem.says), 409);
    throw error;
  };

  return Router()
    .get(
      '/sessions/:id',
      pages.forRoles(helpers, async (visit) => html(await draw(visit, emptyForm()))),
    )
    .get(
      '/sessions/:id/edit',
      pages.forRoles(holders, async (visit) => html(await edit(visit))),
    )
    .post(
      '/sessions/:id/edit',
      pages.forRoles(holders, async (visit) => {
        const { req, actor, once } = visit;
        const id = idIn(req);
        const around = await open(actor, async (records) => {
          const one = await readGathering(records, id);
          const holder = await readHolder(records, programs);
          const program = holder.programs.find((each) => each.id === one.program);
          if (!program) throw notFound();
          return { program, ...(await readForming(records, holder)) };
        });
        const read = readForm(changeSchema({ ...around, areas: [...around.areas.keys()] }, now()), req.body);
        if (!read.ok) return html(await edit(visit, read.state), 422);
        const seen = Number(typedIn(formAgain(req.body, []), 'seen'));
        try {
          const toCall = await open(
            actor,
            (records) => change(records, id, Number.isInteger(seen) ? seen : 0, read.data, tell),
            { once },
          );
          return seeOther(`/sessions/${id}?said=changed${calling(toCall)}`);
        } catch (error) {
          return again(error, req.body, (state, trouble) => edit(visit, state, trouble));
        }
      }),
    )
    .get(
      '/sessions/:id/cancel',
      pages.forRoles(holders, async (visit) => {
        const one = await open(visit.actor, (records) => readGathering(records, idIn(visit.req)));
        const state = await visit.filled(emptyForm());
        return html(offPage({ view: visit.view, state, one, once: visit.newId() }));
      }),
    )
    .post(
      '/sessions/:id/cancel',
      pages.forRoles(holders, async ({ req, actor, once, view, newId }) => {
        const id = idIn(req);
        const read = readForm(Because, req.body);
        if (!read.ok) {
          const one = await open(actor, (records) => readGathering(records, id));
          return html(offPage({ view, state: read.state, one, once: newId() }), 422);
        }
        await open(actor, (records) => callOff(records, id, read.data.because, tell).then(() => null), {
          once,
        });
        return seeOther(`/sessions/${id}?said=off`);
      }),
    )
    .post(
      '/sessions/:id/places',
      pages.forRoles(helpers, async (visit) => {
        const { req, actor, once, view } = visit;
        const id = idIn(req);
        const one = await open(actor, (records) => readGathering(records, id));
        const read = readForm(guestSchema(waysOf(one)), req.body);
        if (!read.ok) return html(await draw(visit, read.state), 422);
        try {
          const taken = await open(
            actor,
            (records) => take(records, id, { ...read.data, language: view.language }, tell),
            { once },
          );
          return seeOther(`/sessions/${id}?said=${taken.state}`);
        } catch (error) {
          return again(error, req.body, (state, trouble) => draw(visit, state, trouble));
        }
      }),
    )
    .post(
      '/sessions/:id/places/cancel',
      pages.forRoles(helpers, async ({ req, actor, once }) => {
        const id = idIn(req);
        const toCall = await open(
          actor,
          async (records) => {
            const place = await readPlace(records, field(req, 'place'));
            if (place.gathering_id !== id) throw notFound();
            return giveUp(records, place, tell);
          },
          { once },
        );
        return seeOther(`/sessions/${id}?said=taken-off${calling(toCall)}`);
      }),
    );
}
