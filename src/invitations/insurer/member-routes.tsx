import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import type { Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { choice, emptyForm, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { noteList } from '../log.ts';
import { endPage, isSure } from '../pages/end.tsx';
import { memberPage } from '../pages/member.tsx';
import { memberName } from '../pages/state.tsx';
import { invitingOf, programOfList } from '../programs.ts';
import { readListOf, readMember } from '../queries.ts';
import { beenSchema } from '../been.ts';
import { askAgain, endInvitation, noteAgreed, noteBeen, takeBackBeen } from '../service.ts';
import { text } from '../text.ts';
import { insurer, onList, said, type InvitationNeeds } from './part.ts';

const calls = ['reached', 'no-answer'] as const;

/** `/invitations/:list/members/:id`: what one of them answered on the telephone, and calls. */
export function memberRoutes({ pages, open, programs, newId, now }: InvitationNeeds): Router {
  const read = ({ actor, req }: Visit) =>
    open(actor, async (records) => {
      await invitingOf(records, programs);
      const list = await readListOf(records, idIn(req, 'list'));
      const member = await readMember(records, list.id, idIn(req));
      await noteList(records, 'read', 'an invited member', list.id);
      return { list, program: programOfList(programs, list.program), ...member };
    });
  const show = async (visit: Visit, state: FormState, status = 200): Promise<Reply> =>
    html(memberPage({ view: said(visit.view, visit.req), state, ...(await read(visit)), newId }), status);
  /** What was done with one of them, on a list of the insurer. */
  const acting = (
    work: (records: Records, on: ReturnType<typeof onList>, id: string) => Promise<unknown>,
    then: (list: string, id: string) => string,
  ): RequestHandler =>
    pages.forRoles(insurer, async ({ actor, req, once }) => {
      const [list, id] = [idIn(req, 'list'), idIn(req)];
      await open(
        actor,
        async (records) => {
          await invitingOf(records, programs);
          const kept = await readListOf(records, list);
          await work(records, onList({ list: kept, program: programOfList(programs, kept.program) }), id);
          return null;
        },
        { once },
      );
      return seeOther(then(list, id));
    });
  const been = pages.forRoles(insurer, async (visit) => {
    const { actor, req, once } = visit;
    const form = readForm(beenSchema(now()), req.body);
    if (!form.ok) return show(visit, form.state, 422);
    const [list, id] = [idIn(req, 'list'), idIn(req, 'id')];
    await open(
      actor,
      async (records) => {
        await invitingOf(records, programs);
        const kept = await readListOf(records, list);
        const on = onList({ list: kept, program: programOfList(programs, kept.program) });
        await noteBeen(records, on, id, { ...form.data, by: 'telephone' });
        return null;
      },
      { once },
    );
    return seeOther(`/invitations/${list}/members/${id}?said=agreed`);
  });
  const called = pages.forRoles(insurer, async (visit) => {
    const { actor, req, once } = visit;
    const form = readForm(z.object({ kind: choice(calls, text.calledMissing) }), req.body);
    if (!form.ok) return show(visit, form.state, 422);
    const [list, id] = [idIn(req, 'list'), idIn(req)];
    await open(
      actor,
      async (records) => {
        await invitingOf(records, programs);
        const kept = await readListOf(records, list);
        const on = onList({ list: kept, program: programOfList(programs, kept.program) });
        return askAgain(records, on, [id], form.data.kind);
      },
      { once },
    );
    return seeOther(`/invitations/${list}/members/${id}?said=asked`);
  });

  const end = acting(
    (records, on, id) => endInvitation(records, on.list, id),
    (list) => `/invitations/${list}?said=ended`,
  );
  const askFirst = pages.forRoles(insurer, async (visit) => {
    const { list, member } = await read(visit);
    const keep = `/invitations/${list.id}/members/${member.id}`;
    const view = { ...visit.view, path: keep };
    const asked = { view, name: memberName(view, member), action: `${keep}/ended`, once: newId(), keep };
    return html(endPage(asked));
  });

  return Router()
    .get(
      '/invitations/:list/members/:id',
      pages.forRoles(insurer, (visit) => show(visit, emptyForm())),
    )
    .post('/invitations/:list/members/:id/called', called)
    .post(
      '/invitations/:list/members/:id/agreed',
      acting(
        (records, on, id) => noteAgreed(records, on, id, 'telephone'),
        (list, id) => `/invitations/${list}/members/${id}?said=agreed`,
      ),
    )
    .post('/invitations/:list/members/:id/been', been)
    .post(
      '/invitations/:list/members/:id/not-been',
      acting(takeBackBeen, (list, id) => `/invitations/${list}/members/${id}?said=agreed`),
    )
    .post('/invitations/:list/members/:id/ended', (req, res, next) =>
      (isSure(req.body) ? end : askFirst)(req, res, next),
    );
}
