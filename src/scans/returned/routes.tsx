import { Router } from 'express';
import { z } from 'zod';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { beenSchema } from '../../invitations/been.ts';
import { noteList } from '../../invitations/log.ts';
import { programOfList } from '../../invitations/programs.ts';
import { readListOf, readMember } from '../../invitations/queries.ts';
import { endInvitation, noteAgreed, noteBeen } from '../../invitations/service.ts';
import { invalid, notFound, Refused } from '../../kernel/problem.ts';
import { tick, walkIn } from '../../sessions/attend.ts';
import { waysOf } from '../../sessions/model.ts';
import { placesOf, readGathering } from '../../sessions/queries.ts';
import {
  choice,
  emptyForm,
  formAgain,
  optionalText,
  readForm,
  typedIn,
  type FormState,
} from '../../web/form.tsx';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { attachPage, markTyped, type Back } from './attach.ts';
import { choicesOf, fieldOf, listPage, pagesField, shownField, walkInNames } from './list-page.tsx';
import { holdWaiting, pagesOfList, pictureOf, readSlip, waitingPaper } from './queries.ts';
import { slipAnswers, slipPage } from './slip-page.tsx';
import { text } from './text.ts';

const insurer = ['insurer'] as const;
const office = ['linkworker'] as const;

/** A page of the tray, drawn again with what is wrong. */
type ShowPage = (visit: Visit, state: FormState, status: number) => Promise<Reply>;

/** `/scans/slips`, `/scans/lists`: what came back and belongs into no record, typed in beside its picture. */
export function returnedRoutes({ pages, open, programs, now }: ScanNeeds, showPage: ShowPage): Router {
  const showSlip = async (visit: Visit, state: FormState, status = 200): Promise<Reply> => {
    const shown = await open(visit.actor, async (records) => {
      const slip = await readSlip(records, visit.req.params['id']);
      await noteList(records, 'read', 'an invited member', slip.list);
      return { slip, ...(await readMember(records, slip.list, slip.invitation)) };
    });
    return html(slipPage({ view: visit.view, state, once: visit.newId(), ...shown }), status);
  };
  const Answer = () => beenSchema(now()).extend({ answer: choice(slipAnswers, text.answerMissing) });
  const recordSlip = async (visit: Visit): Promise<Reply> => {
    const { actor, req, once } = visit;
    const read = readForm(Answer(), req.body);
    if (!read.ok) return showSlip(visit, read.state, 422);
    const { answer, ...been } = read.data;
    const next = await open(
      actor,
      async (records) => {
        const slip = await readSlip(records, req.params['id'], true);
        if (slip.done) return `/scans/slips/${slip.id}`;
        const program = programOfList(programs, (await readListOf(records, slip.list)).program);
        if (!program) throw notFound();
        const on = { list: slip.list, invitations: program.invitations };
        await markTyped(records, [slip.id]);
        if (answer === 'yes') await noteAgreed(records, on, slip.invitation, 'slip');
        else if (answer === 'been') await noteBeen(records, on, slip.invitation, { ...been, by: 'slip' });
        else await endInvitation(records, slip.list, slip.invitation);
        return onward(records, answer === 'no' ? 'ended' : 'recorded');
      },
      { once },
    );
    return seeOther(next);
  };
  /** Back to the tray, where the next slip stands. */
  const onward = async (records: Records, said: string): Promise<string> => {
    const next = (await waitingPaper(records)).find(({ gathering }) => gathering === null);
    return `/scans?said=${said}${next === undefined ? '' : '#returned'}`;
  };

  const showList = async (visit: Visit, state?: FormState): Promise<Reply> => {
    const shown = await open(visit.actor, async (records) => {
      const one = await readGathering(records, visit.req.params['id']);
      const found = await pagesOfList(records, one.id);
      if (found.length === 0) throw notFound();
      return { one, pages: found, places: await placesOf(records, one.id) };
    });
    const untouched = shown.places.filter(
      (place) => state === undefined || typedIn(state, fieldOf(place)) === typedIn(state, shownField(place)),
    );
    const ticked = Object.fromEntries(untouched.map((place) => [fieldOf(place), place.attended ?? '']));
    const again = { ...(state ?? emptyForm()), values: { ...state?.values, ...ticked } };
    const drawn = listPage({ view: visit.view, state: again, once: visit.newId(), ...shown });
    return html(drawn, state === undefined ? 200 : 422);
  };
  const recordList = async (visit: Visit): Promise<Reply> => {
    const { actor, req, once } = visit;
    const walkIns = readForm(
      z.object(Object.fromEntries(walkInNames.map((name) => [name, optionalText(60)]))),
      req.body,
    );
    if (!walkIns.ok) return showList(visit, formAgain(req.body, walkIns.state.issues));
    try {
      await open(
        actor,
        async (records) => {
          const one = await readGathering(records, req.params['id']);
          const shown = (field(req, pagesField) ?? '').split(' ').filter(isId);
          const waiting = await holdWaiting(records, one.id, shown);
          if (waiting.length === 0) throw invalid({ path: '', says: text.typedMeanwhile });
          for (const place of await placesOf(records, one.id)) {
            const typed = field(req, fieldOf(place));
            // What somebody left as they saw it says nothing: it may have been put right meanwhile.
            if (typed === (field(req, shownField(place)) ?? '')) continue;
            const as = choicesOf(one).find((value) => value === typed);
            if (as !== undefined) await tick(records, one.id, place.id, as);
          }
          const way = waysOf(one)[0] ?? 'site';
          for (const name of Object.values(walkIns.data))
            if (name !== undefined) await walkIn(records, one.id, name, way);
          await markTyped(records, waiting);
          return null;
        },
        { once },
      );
    } catch (error) {
      if (error instanceof Refused && error.problem.kind === 'invalid')
        return showList(visit, formAgain(req.body, error.problem.issues));
      throw error;
    }
    return seeOther('/scans?said=listed');
  };

  const byHand = async (visit: Visit, back: Back['back'], name: string): Promise<Reply> => {
    const { actor, req, once } = visit;
    const [page, id] = [req.params['id'], field(req, name)];
    if (!isId(page)) throw notFound();
    if (!isId(id)) return showPage(visit, formAgain(req.body, [{ path: name, says: text.chooseFirst }]), 422);
    try {
      await open(actor, (records) => attachPage(records, page, { back, id }), { once });
    } catch (error) {
      if (error instanceof Refused && error.problem.kind === 'conflict') return seeOther('/scans?said=gone');
      throw error;
    }
    return seeOther(back === 'invitation' ? `/scans/slips/${page}` : `/scans/lists/${id}`);
  };

  return Router()
    .get(
      '/scans/returned/:id/picture',
      pages.forRoles([...insurer, ...office], async ({ actor, req }) => {
        const png = await open(actor, (records) => pictureOf(records, req.params['id']));
        return file(png, 'image/png', 'page.png', { inline: true });
      }),
    )
    .get(
      '/scans/slips/:id',
      pages.forRoles(insurer, (visit) => showSlip(visit, emptyForm())),
    )
    .post('/scans/slips/:id', pages.forRoles(insurer, recordSlip))
    .get(
      '/scans/lists/:id',
      pages.forRoles(office, (visit) => showList(visit)),
    )
    .post('/scans/lists/:id', pages.forRoles(office, recordList))
    .post(
      '/scans/pages/:id/slip',
      pages.forRoles(insurer, (visit) => byHand(visit, 'invitation', 'invitation')),
    )
    .post(
      '/scans/pages/:id/list',
      pages.forRoles(office, (visit) => byHand(visit, 'gathering', 'session')),
    );
}
