import { Router } from 'express';
import { z } from 'zod';
import { field, type Visit } from '../../access/visit.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { conflict, notFound } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { csv } from '../../web/csv.ts';
import { choice, emptyForm, formAgain, readForm, textField, type FormState } from '../../web/form.tsx';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import { refusedUpload, uploadIn, uploadsToForm } from '../../web/upload.ts';
import { columnNames, columns } from '../file/columns.ts';
import { exampleRows } from '../file/example.ts';
import { largestList, readList } from '../file/read.ts';
import { text as fileText } from '../file/text.ts';
import { listsPage } from '../pages/lists.tsx';
import { previewPage } from '../pages/preview.tsx';
import { uploadPage } from '../pages/upload.tsx';
import { invitingOf } from '../programs.ts';
import { listsOf } from '../queries.ts';
import { closeList, openList } from '../sealed.ts';
import { alreadyInvited, keepList, monthsAfter } from '../service.ts';
import { text } from '../text.ts';
import { at, insurer, type InvitationNeeds } from './part.ts';

/** `/invitations` and the way a list comes in: chosen, looked at, kept. */
export function uploadRoutes({ pages, open, programs, seal, now }: InvitationNeeds): Router {
  const preview = async (visit: Visit): Promise<Reply> => {
    const { actor, view, req, newId } = visit;
    const offered = await open(actor, (records) => invitingOf(records, programs));
    const form = readForm(
      z.object({
        program: choice(
          offered.map(({ id }) => id),
          text.programMissing,
        ),
        title: textField({ max: 100, oneLine: true, required: text.nameMissing }),
      }),
      req.body,
    );
    const upload = uploadIn(req, 'list');
    const refused = refusedUpload(req);
    const issues = [
      ...(form.ok ? [] : form.state.issues),
      ...(refused.length > 0 ? refused : upload ? [] : [{ path: 'list', says: fileText.missing }]),
    ];
    const again = (state: FormState, faults: readonly Sentence[] = []): Reply =>
      html(uploadPage({ view: at(view, '/invitations/new'), state, programs: offered, faults }), 422);
    if (!form.ok || issues.length > 0 || !upload) return again(formAgain(req.body, issues));
    const program = offered.find(({ id }) => id === form.data.program);
    if (!program) throw notFound();
    const read = readList(upload.bytes, { now: now(), reasons: program.invitations.reasons });
    if ('faults' in read) return again(formAgain(req.body, []), read.faults);
    const { members } = read;
    const { title } = form.data;
    return html(
      previewPage({
        view: at(view, '/invitations/new'),
        title,
        program,
        members,
        known: await open(actor, (records) => alreadyInvited(records, members)),
        endsOn: monthsAfter(dayInTokyo(now()), program.invitations.keepMonths),
        sealed: closeList(seal, actor, { program: program.id, title, members }, now()),
        once: newId(),
      }),
    );
  };

  const keep = async ({ actor, req, once }: Visit): Promise<Reply> => {
    const list = openList(seal, actor, field(req, 'sealed') ?? '', now());
    if (!list) throw conflict(text.previewOver.ja, text.previewOver.en);
    const id = await open(
      actor,
      async (records) => {
        const program = (await invitingOf(records, programs)).find((one) => one.id === list.program);
        if (!program) throw notFound();
        return keepList(records, { ...list, program });
      },
      { once },
    );
    return seeOther(`/invitations/${id}?said=kept`);
  };

  return Router()
    .get(
      '/invitations',
      pages.forRoles(insurer, async ({ actor, view }) => {
        const lists = await open(actor, async (records) => {
          await invitingOf(records, programs);
          return listsOf(records);
        });
        return html(listsPage({ view, lists }));
      }),
    )
    .get(
      '/invitations/new',
      pages.forRoles(insurer, async ({ actor, view }) => {
        const offered = await open(actor, (records) => invitingOf(records, programs));
        return html(uploadPage({ view, state: emptyForm(), programs: offered }));
      }),
    )
    .get(
      '/invitations/example.csv',
      pages.forRoles(insurer, async ({ actor, view }) => {
        const offered = await open(actor, (records) => invitingOf(records, programs));
        const head = columns.map((column) => columnNames[column][0]);
        const bytes = csv(head, exampleRows(offered[0]?.invitations.reasons ?? []));
        return file(bytes, 'text/csv; charset=utf-8', `${view.t(text.example)}.csv`);
      }),
    )
    .post('/invitations/preview', pages.forRoles(insurer, preview, listUpload))
    .post('/invitations', pages.forRoles(insurer, keep));
}

/** What is wrong with the file as such is said on the form, beside everything else. */
const listUpload = uploadsToForm(largestList);
