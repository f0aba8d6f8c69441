import { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Seal } from '../access/seal.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import type { Records } from '../fhir/records.ts';
import { isId } from '../fhir/references.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { conflict, notFound, Refused, type Issue } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { csv } from '../web/csv.ts';
import { choice, emptyForm, formAgain, readForm, textField, type FormState } from '../web/form.tsx';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { uploadIn, uploads } from '../web/upload.ts';
import { exampleRows } from './file/example.ts';
import { columnNames, columns } from './file/columns.ts';
import { largestList, readList } from './file/read.ts';
import { text as fileText } from './file/text.ts';
import { printLetters, readInsurer } from './letters.ts';
import { noteList } from './log.ts';
import { followUpPage } from './pages/follow-up.tsx';
import { listPage } from './pages/list.tsx';
import { listsPage } from './pages/lists.tsx';
import { memberPage } from './pages/member.tsx';
import { previewPage } from './pages/preview.tsx';
import { uploadPage } from './pages/upload.tsx';
import { invitingOf, programOfList, type Inviting } from './programs.ts';
import {
  listsOf,
  membersDue,
  membersLike,
  membersOn,
  pageSize,
  readListOf,
  readMember,
  visitsOf,
} from './queries.ts';
import { closeList, openList } from './sealed.ts';
import {
  alreadyInvited,
  askAgain,
  endInvitation,
  keepList,
  markSent,
  monthsAfter,
  noteAgreed,
} from './service.ts';
import { text } from './text.ts';

export type InvitationNeeds = SliceNeeds & Readonly<{ programs: readonly Program[]; seal: Seal }>;

const insurer = ['insurer'] as const;
const calls = ['reached', 'no-answer'] as const;

/** `/invitations`: an insurer's lists of members who are invited, and all that is done with them. */
export function insurerRoutes(needs: InvitationNeeds): Router {
  return Router().use(uploadRoutes(needs), listRoutes(needs), memberRoutes(needs));
}

function uploadRoutes({ pages, open, programs, seal, now }: InvitationNeeds): Router {
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
    .post('/invitations/preview', listUpload, pages.forRoles(insurer, preview))
    .post('/invitations', pages.forRoles(insurer, keep));
}

function listRoutes({ pages, open, programs, publicUrl, now }: InvitationNeeds): Router {
  /** A list with its program; the pages are not there for an insurer that runs none. */
  const found = async (records: Records, req: Request) => {
    await invitingOf(records, programs);
    const list = await readListOf(records, idIn(req, 'list'));
    return { list, program: programOfList(programs, list.program) };
  };
  const letters = (visit: Visit, isReminder: boolean): Promise<Reply> =>
    open(visit.actor, async (records) => {
      const { list, program } = await found(records, visit.req);
      const members = isReminder
        ? await membersDue(records, list.id)
        : (await membersOn(records, list.id, pageIn(visit.req))).slice(0, pageSize);
      if (!program || members.length === 0) throw notFound();
      await noteList(records, 'print', isReminder ? 'reminders' : 'invitation letters', list.id);
      return { list, program, members, insurer: await readInsurer(records) };
    }).then(async ({ list, ...given }) => {
      const { language } = visit.view;
      const pdf = await printLetters({ ...given, language, publicUrl, now: now(), isReminder });
      return file(pdf, 'application/pdf', `${list.title}.pdf`, { inline: true });
    });

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

function memberRoutes({ pages, open, programs, newId }: InvitationNeeds): Router {
  const show = async ({ actor, view, req }: Visit, state: FormState, status = 200): Promise<Reply> => {
    const shown = await open(actor, async (records) => {
      await invitingOf(records, programs);
      const list = await readListOf(records, idIn(req, 'list'));
      const member = await readMember(records, list.id, idIn(req, 'id'));
      await noteList(records, 'read', 'an invited member', list.id);
      return { list, program: programOfList(programs, list.program), ...member };
    });
    return html(memberPage({ view: said(view, req), state, ...shown, newId }), status);
  };
  /** What was done with one of them, on a list of the insurer. */
  const acting = (
    work: (records: Records, on: ReturnType<typeof onList>, id: string) => Promise<unknown>,
    then: (list: string, id: string) => string,
  ): RequestHandler =>
    pages.forRoles(insurer, async ({ actor, req, once }) => {
      const [list, id] = [idIn(req, 'list'), idIn(req, 'id')];
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
  const called = pages.forRoles(insurer, async (visit) => {
    const { actor, req, once } = visit;
    const form = readForm(z.object({ kind: choice(calls, text.calledMissing) }), req.body);
    if (!form.ok) return show(visit, form.state, 422);
    const [list, id] = [idIn(req, 'list'), idIn(req, 'id')];
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

  return Router()
    .get(
      '/invitations/:list/members/:id',
      pages.forRoles(insurer, (visit) => show(visit, emptyForm())),
    )
    .post('/invitations/:list/members/:id/called', called)
    .post(
      '/invitations/:list/members/:id/agreed',
      acting(noteAgreed, (list, id) => `/invitations/${list}/members/${id}?said=agreed`),
    )
    .post(
      '/invitations/:list/members/:id/ended',
      acting(
        (records, on, id) => endInvitation(records, on.list, id),
        (list) => `/invitations/${list}?said=ended`,
      ),
    );
}

/** A list that something is done with; one whose program is there no more can only be read and emptied. */
const onList = ({ list, program }: { list: { id: string }; program: Inviting | undefined }) => {
  if (!program) throw notFound();
  return { list: list.id, invitations: program.invitations };
};

const sayings: ReadonlyMap<string, Sentence> = new Map([
  ['kept', text.saidKept],
  ['sent', text.saidSent],
  ['asked', text.saidAsked],
  ['agreed', text.saidYesNoted],
  ['ended', text.saidEnded],
]);
function said<V extends object>(view: V, req: Request): V & { notice?: Sentence } {
  const notice = req.method === 'GET' ? sayings.get(textOf(req.query['said'])) : undefined;
  return notice ? { ...view, notice } : view;
}
/** What was sent is no page of its own: another language leads back to where it was sent from. */
const at = <V extends object>(view: V, path: string): V & { path: string } => ({ ...view, path });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const pageIn = (req: Request): number =>
  Math.min(Math.max(Math.trunc(Number(req.query['page'])) || 1, 1), 100);
function idIn(req: Request, name: string): string {
  const id = textOf(req.params[name]);
  if (!isId(id)) throw notFound();
  return id;
}
/** The members that a form names, at most a page of them. */
const idsIn = (req: Request): string[] =>
  (field(req, 'ids') ?? '').split(' ').filter(isId).slice(0, pageSize);

type WithRefusal = Request & { refusedUpload?: readonly Issue[] };
const readUpload = uploads(largestList);
/** What is wrong with the file as such is said on the form, beside everything else. */
const listUpload: RequestHandler = (req, res, next) => {
  readUpload(req, res, (error?: unknown) => {
    if (error instanceof Refused && error.problem.kind === 'invalid') {
      (req as WithRefusal).refusedUpload = error.problem.issues;
      next();
    } else next(error);
  });
};
const refusedUpload = (req: WithRefusal): readonly Issue[] => req.refusedUpload ?? [];
