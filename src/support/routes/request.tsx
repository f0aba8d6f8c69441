import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { readPatient } from '../../people/record.ts';
import { readTask } from '../../referral/record.ts';
import { readableOnly } from '../../referral/expiry.ts';
import { choice, readForm, textField, typedIn } from '../../web/form.tsx';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import { followUp, readOwnRequest, recordAnswer } from '../answer.ts';
import { requestPage } from '../pages/request.tsx';
import { requestsPage } from '../pages/requests.tsx';
import { namesOfPosts, requestLines, requestPageSize, requestTabs } from '../queries.ts';
import { contactKindNames, isContact, readContact } from '../record.ts';
import { readMove } from '../request-move.ts';
import { describeRequests } from '../requests.ts';
import { requestWords as text } from '../request-text.ts';
import { prepareSheet, printSheet } from '../sheet.ts';
import { asLeft, attempt, seenIn, viewAfter, type Again, type SupportNeeds } from './part.ts';

const NoteForm = z.object({
  kind: choice(contactKindNames),
  text: textField({ max: 1000, required: text.followMissing }),
});

/** `/requests` and `/requests/:id` for the office that asked. */
export function requestRoutes(needs: SupportNeeds): Router {
  const { pages, open, publicUrl } = needs;
  const show = async (visit: Visit, { state, trouble }: Again, failed?: 'move' | 'note'): Promise<string> => {
    const { actor, newId } = visit;
    const shown = await open(actor, async (records) => {
      const { task, referral } = await readOwnRequest(records, idIn(visit.req));
      const [one] = await describeRequests(records, [task]);
      const [patient] = await records.readMany('Patient', [referral.patient]);
      const [parent] = await records.readMany('Task', referral.partOf === undefined ? [] : [referral.partOf]);
      const found = await records.find('Communication', [
        ['based-on', referral.requestId],
        ['category', 'contact'],
      ]);
      const notes = found
        .filter((note) => isContact(note) && note.status !== 'entered-in-error')
        .map(readContact);
      const names = await namesOfPosts(
        records,
        notes.map((n) => n.by),
      );
      const expired = await readableOnly(records, referral.patient);
      return {
        one,
        person: patient && readPatient(patient),
        parent: parent && readTask(parent),
        notes,
        names,
        expired,
      };
    });
    if (!shown.one) throw new Error('A request that was read cannot be described.');
    const view = viewAfter(visit, { moved: text.saidMove, noted: text.saidFollow });
    return requestPage({ ...shown, one: shown.one, view, newId, state, trouble, failed });
  };

  const saveMove = (visit: Visit, id: string): Promise<Reply> => {
    const read = readMove(visit.req.body);
    if (!read.ok) return show(visit, { state: read.state }, 'move').then((page) => html(page, 422));
    const given = { id, seen: seenIn(visit), ...read.data };
    return attempt(
      visit,
      () => open(visit.actor, (records) => recordAnswer(records, given), { once: visit.once }),
      () => seeOther(`/requests/${id}?said=moved`),
      (again) => show(visit, again, 'move'),
    );
  };

  const saveNote = (visit: Visit, id: string): Promise<Reply> => {
    const read = readForm(NoteForm, visit.req.body);
    if (!read.ok) return show(visit, { state: read.state }, 'note').then((page) => html(page, 422));
    return attempt(
      visit,
      () => open(visit.actor, (records) => followUp(records, { id, ...read.data }), { once: visit.once }),
      () => seeOther(`/requests/${id}?said=noted`),
      (again) => show(visit, again, 'note'),
    );
  };

  return Router()
    .get(
      '/requests',
      pages.forRoles(['linkworker'], async ({ actor, view, req }) => {
        const tab = requestTabs.find((t) => t === req.query['tab']) ?? 'open';
        const wanted = Number(req.query['page'] ?? 1);
        const page = Number.isInteger(wanted) && wanted > 0 && wanted < 10_000 ? wanted : 1;
        const lines = await open(actor, (records) => requestLines(records, tab, page));
        const more = lines.length > requestPageSize;
        return html(requestsPage({ view, tab, page, more, lines: lines.slice(0, requestPageSize) }));
      }),
    )
    .get(
      '/requests/:id',
      pages.forRoles(['linkworker'], async (visit) => {
        const left = await asLeft(visit);
        return html(await show(visit, left, typedIn(left.state, 'form') === 'note' ? 'note' : 'move'));
      }),
    )
    .post(
      '/requests/:id',
      pages.forRoles(['linkworker'], (visit) => {
        const id = idIn(visit.req);
        return field(visit.req, 'form') === 'note' ? saveNote(visit, id) : saveMove(visit, id);
      }),
    )
    .post(
      '/requests/:id/sheet.pdf',
      pages.forRoles(['linkworker'], (visit) => {
        const given = { id: idIn(visit.req), publicUrl, language: visit.view.language };
        // No key of its own: a second press is a second sheet, with a link of its own.
        return attempt(
          visit,
          async () => {
            const data = await open(visit.actor, (records) => prepareSheet(records, given));
            return { data, bytes: await printSheet(data) };
          },
          ({ data, bytes }) => file(bytes, 'application/pdf', `${data.requestNumber}.pdf`, { inline: true }),
          (again) => show(visit, again),
        );
      }),
    );
}
