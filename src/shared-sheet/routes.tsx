import { Router, type Request } from 'express';
import { z } from 'zod';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import { readAnswers } from '../intake/answers.ts';
import { notFound, Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { displayName } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { emptyForm, formAgain, readForm, textField, typedIn, type FormState } from '../web/form.tsx';
import { registerSheet } from '../documents/printed.ts';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { editPage, sheetPage } from './pages.tsx';
import { printSheet } from './print.ts';
import { readSharedSheet } from './read.ts';
import { saveSheet, sendRemark } from './service.ts';
import { text } from './text.ts';

const sides = [
  { roles: ['doctor', 'reception'], at: '/patients/:id/sheet' },
  { roles: ['insurer'], at: '/shared/:id/sheet' },
] as const;
const writers = ['doctor'] as const;
const sayings: ReadonlyMap<unknown, Sentence> = new Map([
  ['saved', text.saidSaved],
  ['sent', text.saidSent],
]);

/** The assessment sheet that the doctor writes and the insurer reads, where the person agreed; and notes between them. */
export function sharedSheetRoutes({
  pages,
  open,
  programs,
  now,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  const router = Router();
  const read = ({ actor, view, req }: Visit, version?: string) =>
    open(actor, (records) =>
      readSharedSheet(records, programs, idIn(req), { language: view.language, version }),
    );
  const show = async (visit: Visit, base: string, state: FormState, status = 200): Promise<Reply> => {
    const { actor, view, req, newId } = visit;
    const version = req.method === 'GET' ? versionIn(req) : undefined;
    const shared = await read(visit, version);
    const notice = req.method === 'GET' ? sayings.get(req.query['said']) : undefined;
    const mayWrite = (writers as readonly string[]).includes(actor.role);
    const shownView = notice ? { ...view, notice } : view;
    return html(sheetPage({ view: shownView, state, shared, base, mayWrite, once: newId() }), status);
  };

  for (const { roles, at } of sides) {
    const baseOf = (req: Request): string => at.replace(':id', idIn(req));
    router
      .get(
        at,
        pages.forRoles(roles, async (visit) =>
          show(visit, baseOf(visit.req), await visit.filled(emptyForm())),
        ),
      )
      .get(
        `${at}.pdf`,
        pages.forRoles(roles, async (visit) => {
          const { actor, view, req } = visit;
          const shared = await open(actor, async (records) => {
            const found = await readSharedSheet(records, programs, idIn(req), { language: view.language });
            if (!found.sheet) throw notFound();
            records.note('print', 'shared sheet', found.person.id, `QuestionnaireResponse/${found.sheet.id}`);
            const { id, questionnaire = '' } = found.sheet;
            const about = { type: 'QuestionnaireResponse', id } as const;
            const printed = { kind: 'shared-sheet', about, form: questionnaire, language: view.language };
            return { ...found, sheetId: await registerSheet(records, printed) };
          });
          const { sheetId } = shared;
          const pdf = await printSheet(shared, { language: view.language, now: now(), sheetId });
          const name = `${view.t(shared.program.sharedSheet.title)} ${displayName(shared.person, 'ja')}.pdf`;
          return file(pdf, 'application/pdf', name, { inline: true });
        }),
      )
      .post(
        `${at}/remarks`,
        pages.forRoles(roles, async (visit) => {
          const { actor, view, req, once } = visit;
          const form = readForm(
            z.object({ text: textField({ max: 1000, required: text.remarkMissing }) }),
            req.body,
          );
          if (!form.ok) return show(visit, baseOf(req), form.state, 422);
          const to = field(req, 'to') ?? '';
          const { language } = view;
          await open(
            actor,
            async (records) => {
              await sendRemark(records, programs, { patient: idIn(req), to, text: form.data.text, language });
              return null;
            },
            { once },
          );
          return seeOther(`${baseOf(req)}?said=sent#remarks`);
        }),
      );
  }

  const [{ at: doctors }] = sides;
  const edit = async (
    visit: Visit,
    state: FormState,
    given: Readonly<{ trouble?: Sentence; status?: number; isTyped?: boolean }> = {},
  ): Promise<Reply> => {
    const { view, req, newId } = visit;
    const shared = await read(visit);
    const isLeft = state.left !== undefined || given.isTyped === true;
    const body = isLeft ? state.values : undefined;
    return html(
      editPage({
        view,
        state,
        shared,
        base: doctors.replace(':id', idIn(req)),
        // What was typed against an older version must not overwrite what somebody else wrote since.
        seen:
          isLeft && given.trouble === undefined
            ? typedIn(state, 'seen')
            : (shared.sheet?.meta.versionId ?? ''),
        typed: body && {
          answers: readAnswers(shared.program.assessment, body, { before: shared.answers }).answers,
          body,
        },
        trouble: given.trouble,
        once: newId(),
      }),
      given.status ?? 200,
    );
  };
  const save = async (visit: Visit): Promise<Reply> => {
    const { actor, view, req, once } = visit;
    const body = (req.body ?? {}) as Readonly<Record<string, unknown>>;
    const { program, answers: before } = await read(visit);
    const { answers, issues } = readAnswers(program.assessment, body, { before });
    if (issues.length > 0) return edit(visit, formAgain(body, issues), { status: 422, isTyped: true });
    const given = { patient: idIn(req), answers, seen: field(req, 'seen') ?? '', language: view.language };
    try {
      await open(actor, (records) => saveSheet(records, programs, given).then(() => null), { once });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { problem } = error;
      if (problem.kind === 'invalid')
        return edit(visit, formAgain(body, problem.issues), { status: 422, isTyped: true });
      if (problem.kind === 'conflict')
        return edit(visit, formAgain(body, []), { status: 409, isTyped: true, trouble: problem.says });
      throw error;
    }
    return seeOther(`${doctors.replace(':id', idIn(req))}?said=saved`);
  };
  return router
    .get(
      `${doctors}/edit`,
      pages.forRoles(writers, async (visit) => edit(visit, await visit.filled(emptyForm()))),
    )
    .post(doctors, pages.forRoles(writers, save));
}

const versionIn = (req: Request): string | undefined => {
  const asked = req.query['version'];
  return typeof asked === 'string' && /^\d{1,6}$/.test(asked) ? asked : undefined;
};
