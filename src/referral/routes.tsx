import { Router } from 'express';
import type { Actor } from '../kernel/actor.ts';
import { writeJson } from '../kernel/exact-json.ts';
import { notFound, Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import { displayName } from '../people/record.ts';
import { dangerNeeds } from '../programs/dangers.ts';
import { emptyForm, formAgain, type FormState } from '../web/form.tsx';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { assign } from './assign.ts';
import { readCase, type Case } from './case.ts';
import { casePage } from './case-page.tsx';
import { programOf } from './deadlines.ts';
import { composeLetter } from './letter/compose.ts';
import { gatherLetter } from './letter/gather.ts';
import { inboxPage, sentPage } from './inbox-page.tsx';
import { readInbox, readSent } from './lists.ts';
import { noticeRoutes } from './notices.tsx';
import { needsReason, readHandForm, readMoveForm } from './move-form.ts';
import { move } from './move.ts';
import { passOnRoutes } from './pass-on/routes.tsx';
import { text as passText } from './pass-on/text.ts';
import { sentTabs, tabs } from './queries.ts';
import { readTask } from './record.ts';
import { requestSheetRoutes } from './request-sheet/routes.ts';
import { sendRoutes, type ReferralNeeds } from './send-routes.tsx';
import { faxReferral, printReferral, registerFax, registerReferral } from './sheet.ts';
import { caseText } from './case-text.ts';
import type { ReferralMove } from './workflow.ts';

const clinic = ['doctor', 'reception'] as const;
const office = ['linkworker', 'neighbour'] as const;
const bothSides = [...clinic, ...office] as const;

/** The pages of a referral: sending it, the lists of both sides, and one page for the referral itself. */
export function referralRoutes(needs: ReferralNeeds): Router {
  const { pages, open, programs } = needs;
  const dangers = dangerNeeds(programs);
  const caseOf = (actor: Actor, id: string): Promise<Case> =>
    open(actor, (records) => readCase(records, programs, id));
  const show = (visit: Visit, shown: Case, state: FormState, status = 200, trouble?: Sentence): Reply => {
    const said = saidOf(visit.req.query['said']);
    const view = said && visit.req.method === 'GET' ? { ...visit.view, notice: said } : visit.view;
    const program = programOf(programs, shown.asked?.program);
    const page = casePage({ view, shown, program, state, newId: visit.newId, trouble });
    return html(page, status);
  };

  /** The referral as a sheet, alone or as a fax, noted as printed. */
  const printing =
    (asFax: boolean) =>
    async (visit: Visit): Promise<Reply> => {
      const id = idIn(visit.req);
      const { language, now } = visit.view;
      const { shown, sheetId, coverId } = await open(visit.actor, async (records) => {
        const found = await readCase(records, programs, id);
        if (!found.person) throw notFound();
        records.note('print', 'referral sheet', found.referral.patient, `Task/${id}`);
        const ids = asFax
          ? await registerFax(records, found, language)
          : { sheetId: await registerReferral(records, found, language), coverId: undefined };
        return { shown: found, ...ids };
      });
      const program = programOf(programs, shown.asked?.program);
      const given = { sheetId, language, program, publicUrl: needs.publicUrl, now };
      const bytes = await (coverId === undefined
        ? printReferral(shown, given)
        : faxReferral(shown, given, coverId));
      const name = shown.person ? displayName(shown.person, 'ja') : '';
      return file(bytes, 'application/pdf', `${shown.referral.caseNumber} ${name}.pdf`, { inline: true });
    };

  return Router()
    .use(sendRoutes(needs), noticeRoutes(needs), passOnRoutes(needs), requestSheetRoutes(needs))
    .get(
      '/inbox',
      pages.forRoles(office, async ({ actor, view, req }) => {
        const tab = tabs.find((one) => one === req.query['tab']) ?? 'new';
        const { page, counts, notices } = await open(actor, (records) =>
          readInbox(records, tab, req.query['at']),
        );
        const said = saidOf(req.query['said']);
        return html(
          inboxPage({
            view: said ? { ...view, notice: said } : view,
            tab,
            page,
            counts,
            dangers,
            notices,
            mayPrint: actor.role === 'linkworker',
          }),
        );
      }),
    )
    .get(
      '/referrals',
      pages.forRoles(clinic, async ({ actor, view, req }) => {
        const tab = sentTabs.find((one) => one === req.query['tab']) ?? 'open';
        const asked = req.query['q'];
        const search = typeof asked === 'string' ? asked.trim().slice(0, 60) : '';
        const page = await open(actor, (records) => readSent(records, tab, search, req.query['at']));
        return html(sentPage({ view, tab, search, page }));
      }),
    )
    .get(
      '/referrals/:id',
      pages.forRoles(bothSides, async (visit) => {
        const shown = await caseOf(visit.actor, idIn(visit.req));
        return show(visit, shown, await visit.filled(emptyForm()));
      }),
    )
    .post(
      '/referrals/:id',
      pages.forRoles(bothSides, async (visit) => {
        const id = idIn(visit.req);
        const { actor, req, once } = visit;
        const act = field(req, 'move') === 'assign' ? handing(id, req.body) : moving(id, req.body, needs);
        // What was typed is kept only where something was typed.
        const typed = (issues: FormState['issues']): FormState =>
          act.typed ? formAgain(req.body, issues) : { values: {}, issues };
        if (!act.ok) return show(visit, await caseOf(actor, id), act.state, 422);
        try {
          await open(actor, act.run, { once });
        } catch (error) {
          const again = refusal(error);
          if (!again) throw error;
          const shown = await caseIfThere(visit, id, caseOf);
          if (!shown) throw error;
          return show(visit, shown, typed(again.issues), again.status, again.trouble);
        }
        const still = actor.role !== 'neighbour' || (await caseIfThere(visit, id, caseOf)) !== undefined;
        return seeOther(`${still ? `/referrals/${id}` : '/inbox'}?said=${act.said}`);
      }),
    )
    .get('/referrals/:id/sheet.pdf', pages.forRoles(bothSides, printing(false)))
    .get('/referrals/:id/fax.pdf', pages.forRoles(clinic, printing(true)))
    .get(
      '/referrals/:id/document.json',
      pages.forRoles(bothSides, async (visit) => {
        const id = idIn(visit.req);
        const { now } = visit.view;
        const gathered = await open(visit.actor, async (records) => {
          const { requestId } = readTask(await records.read('Task', id));
          return gatherLetter(records, programs, requestId);
        });
        const bundle = await composeLetter(gathered, { programs, publicUrl: needs.publicUrl, now });
        const { referral, person } = gathered.shown;
        const name = `${referral.caseNumber} ${person ? displayName(person, 'ja') : ''}.json`;
        return file(Buffer.from(writeJson(bundle, 2)), 'application/fhir+json; charset=utf-8', name);
      }),
    );
}

type Said = ReferralMove | 'assign';
type Act =
  | Readonly<{ ok: true; run: Parameters<SliceNeeds['open']>[1]; said: Said; typed: boolean }>
  | Readonly<{ ok: false; state: FormState; typed: boolean }>;

function handing(id: string, body: unknown): Act {
  const read = readHandForm(body);
  if (!read.ok) return { ...read, typed: true };
  return { ok: true, run: (records) => assign(records, { id, ...read.data }), said: 'assign', typed: true };
}

function moving(id: string, body: unknown, { now, programs }: ReferralNeeds): Act {
  const read = readMoveForm(id, body, now());
  if (!read.ok) return { ...read, typed: true };
  const given = read.data;
  return {
    ok: true,
    run: (records) => move(records, programs, given),
    said: given.move,
    typed: needsReason(given.move),
  };
}

/** What can be said on the page itself; anything else has a page of its own. */
function refusal(error: unknown) {
  if (!(error instanceof Refused)) return undefined;
  const { problem } = error;
  if (problem.kind === 'conflict') return { status: 409, trouble: problem.says, issues: [] };
  return problem.kind === 'invalid' ? { status: 422, trouble: undefined, issues: problem.issues } : undefined;
}

/** Undefined when the referral has left this person's hands, as when a colleague was faster. */
async function caseIfThere(
  { actor }: Visit,
  id: string,
  caseOf: (actor: Actor, id: string) => Promise<Case>,
): Promise<Case | undefined> {
  try {
    return await caseOf(actor, id);
  } catch (error) {
    if (error instanceof Refused && error.problem.kind === 'not-found') return undefined;
    throw error;
  }
}

const saidWords: Readonly<Record<Said | 'passed' | 'received', Sentence>> = {
  send: caseText.saidSend,
  accept: caseText.saidAccept,
  decline: caseText.saidDecline,
  start: caseText.saidStart,
  hold: caseText.saidHold,
  resume: caseText.saidResume,
  complete: caseText.saidComplete,
  fail: caseText.saidFail,
  cancel: caseText.saidCancel,
  retract: caseText.saidRetract,
  assign: caseText.saidAssign,
  passed: passText.said,
  received: caseText.saidReceived,
};

const saidOf = (word: unknown): Sentence | undefined =>
  typeof word === 'string' && Object.hasOwn(saidWords, word)
    ? saidWords[word as keyof typeof saidWords]
    : undefined;
