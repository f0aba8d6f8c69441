import { Router, type Request } from 'express';
import { idIn, textOf } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { notFound } from '../../kernel/problem.ts';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import { printLetters, readInsurer, registerSlips } from '../letters.ts';
import { noteList } from '../log.ts';
import { followUpPage } from '../pages/follow-up.tsx';
import { listPage } from '../pages/list.tsx';
import { invitingOf, programOfList } from '../programs.ts';
import { membersDue, membersLike, membersOn, pageSize, readListOf, visitsOf } from '../queries.ts';
import { askAgain, markSent } from '../service.ts';
import { idsIn, insurer, onList, pageIn, said, type InvitationNeeds } from './part.ts';

/** `/invitations/:list`: who is on it, their letters, and whom to ask again. */
export function listRoutes({ pages, open, programs, publicUrl, now }: InvitationNeeds): Router {
  /** A list with its program; the pages are not there for an insurer that runs none. */
  const found = async (records: Records, req: Request) => {
    await invitingOf(records, programs);
    const list = await readListOf(records, idIn(req, 'list'));
    return { list, program: programOfList(programs, list.program) };
  };
  const letters = (visit: Visit, isReminder: boolean): Promise<Reply> => {
    const { language } = visit.view;
    return open(visit.actor, async (records) => {
      const { list, program } = await found(records, visit.req);
      const members = isReminder
        ? await membersDue(records, list.id)
        : (await membersOn(records, list.id, pageIn(visit.req)))
            .slice(0, pageSize)
            .filter((one) => visit.req.query['unsent'] === undefined || one.sent_on === null);
      if (!program || members.length === 0) throw notFound();
      await noteList(records, 'print', isReminder ? 'reminders' : 'invitation letters', list.id);
      const slips = await registerSlips(records, members, language);
      return { list, program, members, slips, insurer: await readInsurer(records) };
    }).then(async ({ list, ...given }) => {
      const pdf = await printLetters({ ...given, language, publicUrl, now: now(), isReminder });
      return file(pdf, 'application/pdf', `${list.title}.pdf`, { inline: true });
    });
  };

  return Router()
    .get(
      '/invitations/:list',
      pages.forRoles(insurer, async ({ actor, view, req, newId }) => {
        const page = pageIn(req);
        const typed = textOf(req.query['q']).trim().slice(0, 50);
        const shown = await open(actor, async (records) => {
          const { list, program } = await found(records, req);
          const members = await (typed === ''
            ? membersOn(records, list.id, page)
            : membersLike(records, list.id, typed));
          await noteList(records, 'read', 'invited members', list.id);
          return { list, program, members, visits: await visitsOf(records, list.id) };
        });
        return html(listPage({ view: said(view, req), ...shown, page, typed, once: newId() }));
      }),
    )
    .get(
      '/invitations/:list/letters.pdf',
      pages.forRoles(insurer, (visit) => letters(visit, false)),
    )
    .get(
      '/invitations/:list/reminders.pdf',
      pages.forRoles(insurer, (visit) => letters(visit, true)),
    )
    .get(
      '/invitations/:list/follow-up',
      pages.forRoles(insurer, async ({ actor, view, req, newId }) => {
        const shown = await open(actor, async (records) => {
          const { list, program } = await found(records, req);
          if (!program) throw notFound();
          await noteList(records, 'read', 'invited members to ask again', list.id);
          return { list, program, members: await membersDue(records, list.id) };
        });
        return html(followUpPage({ view: said(view, req), ...shown, once: newId() }));
      }),
    )
    .post(
      '/invitations/:list/sent',
      pages.forRoles(insurer, async ({ actor, req, once }) => {
        const id = idIn(req, 'list');
        await open(
          actor,
          async (records) => {
            const on = onList(await found(records, req));
            return markSent(records, on, idsIn(req));
          },
          { once },
        );
        const page = Number(field(req, 'at')) || 1;
        return seeOther(`/invitations/${id}?page=${String(page)}&said=sent`);
      }),
    )
    .post(
      '/invitations/:list/reminded',
      pages.forRoles(insurer, async ({ actor, req, once }) => {
        const id = idIn(req, 'list');
        await open(
          actor,
          async (records) => askAgain(records, onList(await found(records, req)), idsIn(req), 'reminder'),
          { once },
        );
        return seeOther(`/invitations/${id}/follow-up?said=asked`);
      }),
    );
}
