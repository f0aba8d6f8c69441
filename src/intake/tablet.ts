import { Router, type Request } from 'express';
import { findLink, type Link } from '../access/links.ts';
import { field, type OpenVisit } from '../access/visit.ts';
import { notFound, Refused } from '../kernel/problem.ts';
import { readOrganization } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { html, seeOther, type Reply } from '../web/replies.ts';
import { atOnceAfter } from './at-once.tsx';
import { changeRows, checkAnswers, fieldName, readAnswers, type Answers } from './answers.ts';
import { readDraft, saveDraft } from './drafts.ts';
import { questionsIn, readQuestionnaire, type FormModel } from './form.ts';
import { programAsking } from '../programs/record.ts';
import { sectionsAsked } from './pages.tsx';
import { sentWith } from './queries.ts';
import type { IntakeNeeds } from './needs.ts';
import { checkPage, sectionPage, sectionPath as pathOf, thanksPage, welcomePage } from './tablet-pages.tsx';
import { bearerOf, programOf, sendAnswers } from './tablet-service.ts';

/** A person answers with a one-time link, without an account: a page a section, kept on the server, then sent. */
export function tabletRoutes(needs: IntakeNeeds): Router {
  const { pages, database, open, now, newId, programs } = needs;

  const find = async ({ view, req }: OpenVisit): Promise<Opened> => {
    const secret = textOf(req.params['secret']);
    const link = await findLink(database, secret, 'answer-questionnaire', now());
    const program = programOf(programs, link);
    const model = readQuestionnaire(program.screening, view.language);
    const answers = await readDraft(database, link);
    return {
      link,
      program,
      model,
      answers: answers ?? {},
      begun: answers !== undefined,
      base: `/a/${secret}`,
    };
  };
  const keep = (link: Link, answers: Answers): Promise<void> =>
    saveDraft(database, link, answers, { id: newId(), now: now() });

  const answerSection = async (visit: OpenVisit): Promise<Reply> => {
    const { view, req } = visit;
    const { link, program, model, answers: before, base } = await find(visit);
    const { section, at, asked } = sectionIn(req, model, before);
    const body = bodyOf(req);
    const fromCheck = field(req, 'from') === 'check';
    const part = { section: section.linkId, before };
    const moved = changeRows(program.screening, body, part);
    if (moved) {
      const action = pathOf(base, section.linkId);
      const last = at === asked.length - 1;
      return html(
        sectionPage({ view, program, model, section, issues: [], ...moved, action, fromCheck, last }),
      );
    }
    const { answers, issues } = readAnswers(program.screening, body, part);
    if (field(req, 'go') === 'back') {
      // Going back loses nothing that can be kept; what cannot is asked again later.
      await keep(
        link,
        without(
          answers,
          issues.map((one) => one.path),
        ),
      );
      const earlier = asked[at - 1];
      return seeOther(earlier ? pathOf(base, earlier.linkId) : base);
    }
    if (issues.length > 0) {
      const action = pathOf(base, section.linkId);
      const last = at === asked.length - 1;
      return html(
        sectionPage({ view, program, model, section, answers, issues, typed: body, action, fromCheck, last }),
        422,
      );
    }
    await keep(link, answers);
    const later = sectionsAsked(model, answers);
    const next = later[later.findIndex((one) => one.linkId === section.linkId) + 1];
    return seeOther(fromCheck || !next ? `${base}/check` : pathOf(base, next.linkId));
  };

  const send = async (visit: OpenVisit): Promise<Reply> => {
    const secret = textOf(visit.req.params['secret']);
    const wasSent = async (): Promise<boolean> => (await sentWith(database, secret)) !== undefined;
    const done = seeOther(`/a/${secret}/done`);
    if (await wasSent()) return done;
    try {
      const unready = await sendOnce(visit);
      // Sent at the same moment from another window, draft and all: it is sent, and that is all a person wants to know.
      return unready === undefined || (await wasSent()) ? done : unready;
    } catch (error) {
      if (error instanceof Refused && error.problem.kind === 'gone' && (await wasSent())) return done;
      throw error;
    }
  };

  /** The check page again while something is missing; undefined once the answers are sent. */
  const sendOnce = async (visit: OpenVisit): Promise<Reply | undefined> => {
    const { view, req, once } = visit;
    const { link, program, model, answers, base } = await find(visit);
    const issues = checkAnswers(program.screening, answers);
    if (issues.length > 0) return html(checkPage({ view, model, answers, issues, base, once: newId() }), 422);
    const given = { answers, language: view.language };
    await open(
      bearerOf(link, req),
      (records) => sendAnswers(records, program, link, given).then(() => null),
      { once },
    );
    return undefined;
  };

  return Router()
    .get(
      '/a/:secret',
      pages.forAnyone(async (visit) => {
        const { link, program, model, answers, begun, base } = await find(visit);
        const clinic = await open(bearerOf(link, visit.req), (records) =>
          records.read('Organization', link.organization),
        );
        const [first] = sectionsAsked(model, answers);
        const start = begun ? goOnAt(program, model, answers) : first?.linkId;
        return html(
          welcomePage({
            view: visit.view,
            program,
            model,
            clinic: readOrganization(clinic).name,
            start: start === undefined ? `${base}/check` : pathOf(base, start),
            begun,
          }),
        );
      }),
    )
    .post(
      '/a/:secret/hand-over',
      pages.forAnyone(async ({ req }) => {
        const headers = await pages.leave(req);
        return seeOther(`/a/${textOf(req.params['secret'])}`, headers);
      }),
    )
    .get(
      '/a/:secret/check',
      pages.forAnyone(async (visit) => {
        const { program, model, answers, base } = await find(visit);
        const issues = checkAnswers(program.screening, answers);
        const atOnce = atOnceAfter(program, sectionsAsked(model, answers).at(-1), answers);
        return html(checkPage({ view: visit.view, model, answers, atOnce, issues, base, once: newId() }));
      }),
    )
    .post('/a/:secret/send', pages.forAnyone(send))
    .get(
      '/a/:secret/done',
      pages.forAnyone(async (visit) => {
        const sent = await sentWith(database, textOf(visit.req.params['secret']));
        if (sent === undefined) {
          const { base } = await find(visit);
          return seeOther(base);
        }
        return html(thanksPage(visit.view, programAsking(programs, sent)));
      }),
    )
    .get(
      '/a/:secret/sections/:section',
      pages.forAnyone(async (visit) => {
        const { program, model, answers, base } = await find(visit);
        const { section, at, asked } = sectionIn(visit.req, model, answers);
        return html(
          sectionPage({
            view: visit.view,
            program,
            atOnce: atOnceAfter(program, asked[at - 1], answers),
            model,
            section,
            answers,
            issues: [],
            action: pathOf(base, section.linkId),
            fromCheck: visit.req.query['from'] === 'check',
            last: at === asked.length - 1,
          }),
        );
      }),
    )
    .post('/a/:secret/sections/:section', pages.forAnyone(answerSection));
}

type Opened = Readonly<{
  link: Link;
  program: Program;
  model: FormModel;
  answers: Answers;
  begun: boolean;
  base: string;
}>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const bodyOf = (req: Request): Readonly<Record<string, unknown>> =>
  typeof req.body === 'object' && req.body !== null ? (req.body as Record<string, unknown>) : {};

/** The section of the address among those that are asked; `not-found` for any other. */
function sectionIn(req: Request, model: FormModel, answers: Answers) {
  const asked = sectionsAsked(model, answers);
  const at = asked.findIndex((one) => one.linkId === req.params['section']);
  const section = asked[at];
  if (!section) throw notFound();
  return { section, at, asked };
}

const without = (answers: Answers, paths: readonly string[]): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([linkId]) => !paths.includes(fieldName(linkId))));

/** The first section with nothing answered or something required missing; undefined when all is there. */
function goOnAt(program: Program, model: FormModel, answers: Answers): string | undefined {
  const missing = checkAnswers(program.screening, answers).map((one) => one.path);
  return sectionsAsked(model, answers).find((section) => {
    const names = questionsIn([section]).map((question) => question.linkId);
    return (
      !names.some((name) => Object.hasOwn(answers, name)) ||
      names.some((name) => missing.includes(fieldName(name)))
    );
  })?.linkId;
}
