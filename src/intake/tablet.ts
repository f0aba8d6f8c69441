import { Router, type Request } from 'express';
import { textOf } from '../access/request.ts';
import { field, type OpenVisit } from '../access/visit.ts';
import { notFound, Refused, type Issue } from '../kernel/problem.ts';
import { readOrganization } from '../people/record.ts';
import { programAsking } from '../programs/record.ts';
import { showDateTime } from '../web/dates.ts';
import { html, json, seeOther, type Reply } from '../web/replies.ts';
import { changeRows, checkAnswers, fieldName, readAnswers, type Answers } from './answers.ts';
import { beginsWith } from './begin.ts';
import { wished } from './comforts.tsx';
import { answerFiles, receiveFiles } from './files/receive.ts';
import { fileReply, heldBytes } from './files/serve.ts';
import { filesText } from './files/text.ts';
import { questionsIn } from './form.ts';
import { keptKey } from './kept-key.ts';
import type { IntakeNeeds } from './needs.ts';
import { sentWith } from './queries.ts';
import { stepAfter, stepsOf, type Step } from './steps.ts';
import { elsewherePage, retiredPage, wholePage } from './tablet-more-pages.tsx';
import { keepable, openings, type Opened } from './tablet-open.ts';
import { checkPage, stepPage, stepPath, thanksPage, welcomePage } from './tablet-pages.tsx';
import { whoHolds, sendAnswers } from './tablet-service.ts';
import { viewIn } from '../programs/speaking.ts';
import { bodyOf } from './tongue.ts';

/** A person answers with a one-time link, without an account: page by page, kept on the server, then sent. */
export function tabletRoutes(needs: IntakeNeeds): Router {
  const { pages, database, open, newId, programs, publicUrl, secret: serviceSecret } = needs;
  const { find, keep, unaskedOf } = openings(needs);

  const drawStep = (opened: Opened, req: Request, given: Partial<Drawn> = {}): Reply => {
    const { step, at, steps } = stepIn(req, opened, given.answers);
    const fromCheck = given.fromCheck ?? req.query['from'] === 'check';
    const drawn = { answers: opened.answers, issues: [], ...given, fromCheck };
    return html(
      stepPage({ opened, step, steps, last: at === steps.length - 1, ...drawn }),
      drawn.issues.length > 0 ? 422 : 200,
    );
  };

  /** Files that come with a page lie with the link from now on, whatever else is wrong with the page. */
  const receive = ({ model, link }: Opened, req: Request) =>
    receiveFiles(open, whoHolds(link, req), req, {
      model,
      holder: { patient: link.patient ?? '', link },
    });

  const answerStep = async (visit: OpenVisit): Promise<Reply> => {
    const { req } = visit;
    const opened = await find(visit);
    const { form, answers: before, base, wishes } = opened;
    const { step, at, steps } = stepIn(req, opened);
    const refused = await receive(opened, req);
    const body = bodyOf(req);
    const fromCheck = field(req, 'from') === 'check';
    const part = {
      section: step.section.linkId,
      before,
      ...(step.only === undefined ? {} : { only: step.only }),
    };
    const moved = changeRows(form, body, part);
    if (moved) return drawStep(opened, req, { ...moved, issues: refused, fromCheck });
    const read = readAnswers(form, body, part, refused);
    const wish = wished(opened.asked.form, wishes, body);
    if (wish) {
      // As with going back, nothing is lost that can be kept; what was typed is on the page again.
      await keep(opened, keepable(read), { from: req, wishes: wish });
      const now = await find(visit);
      return wish.single === wishes.single
        ? drawStep(now, req, { answers: read.answers, typed: body, fromCheck })
        : seeOther(stepPath(base, nearest(now, step)));
    }
    if (field(req, 'go') === 'back') {
      await keep(opened, keepable(read), { from: req });
      const earlier = steps[at - 1];
      return seeOther(earlier ? stepPath(base, earlier) : base);
    }
    if (isRetired(opened)) {
      await keep(opened, keepable(read), { from: req });
      return html(retiredPage(opened), 409);
    }
    if (read.issues.length > 0)
      return drawStep(opened, req, { answers: read.answers, issues: read.issues, typed: body, fromCheck });
    await keep(opened, read.answers, { from: req });
    const later = stepsOf(opened.model, read.answers, wishes.single === true);
    const next = stepAfter(later, step, read.answers);
    return seeOther(fromCheck || !next ? `${base}/check` : stepPath(base, next));
  };

  const files = { opens: find, read: answerFiles };

  /** All questions at once: what was answered while there was no connection. */
  const answerWhole = async (visit: OpenVisit): Promise<Reply> => {
    const { req } = visit;
    const opened = await find(visit);
    const { form, base, wishes } = opened;
    const refused = await receive(opened, req);
    const body = bodyOf(req);
    const part = { before: await unaskedOf(visit, opened) };
    const moved = changeRows(form, body, part);
    if (moved) return html(wholePage({ opened, issues: refused, ...moved }), refused.length > 0 ? 422 : 200);
    const read = readAnswers(form, body, part, refused);
    const wish = wished(opened.asked.form, wishes, body);
    if (read.issues.length > 0 || wish) {
      // Kept by the browser, too, until all of it can be taken: only then is its id noted.
      await keep(opened, keepable(read), { wishes: wish ?? wishes });
      const now = wish ? await find(visit) : opened;
      const { answers, issues } = read;
      return html(
        wholePage({ opened: now, answers, issues: wish ? [] : issues, typed: body }),
        wish ? 200 : 422,
      );
    }
    await keep(opened, read.answers, { from: req });
    return isRetired(opened) ? html(retiredPage(opened), 409) : seeOther(`${base}/check`);
  };

  const send = async (visit: OpenVisit): Promise<Reply> => {
    const secret = textOf(visit.req.params['secret']);
    const wasSent = async (): Promise<boolean> => (await sentWith(database, secret)) !== undefined;
    let wishes: Opened['wishes'] = {};
    const done = (): Reply => {
      const asked = new URLSearchParams();
      if (wishes.tongue !== undefined) asked.set('words', wishes.tongue);
      if (wishes.furigana === true) asked.set('furigana', 'on');
      return seeOther(`/a/${secret}/done${asked.size === 0 ? '' : `?${asked.toString()}`}`);
    };
    if (await wasSent()) return done();
    try {
      const opened = await find(visit);
      ({ wishes } = opened);
      const unready = await sendOnce(visit, opened);
      // Sent at the same moment from another window, draft and all: it is sent, and that is all a person wants to know.
      return unready === undefined || (await wasSent()) ? done() : unready;
    } catch (error) {
      if (error instanceof Refused && error.problem.kind === 'gone' && (await wasSent())) return done();
      throw error;
    }
  };

  /** The check page again while something is missing; undefined once the answers are sent. */
  const sendOnce = async (visit: OpenVisit, opened: Opened): Promise<Reply | undefined> => {
    const { req, once } = visit;
    const { link, asked, form, answers, tongue } = opened;
    if (isRetired(opened)) return html(retiredPage(opened), 409);
    const issues = checkAnswers(form, answers);
    if (issues.length > 0) return html(checkPage({ opened, issues, once: newId() }), 422);
    try {
      await open(
        whoHolds(link, req),
        (records) => sendAnswers(records, asked, link, { answers, language: tongue }).then(() => null),
        { once },
      );
    } catch (error) {
      // Taken out of use between our look and the writing.
      if (error instanceof Refused && error.problem.kind === 'invalid' && isRetired(await find(visit)))
        return html(retiredPage(opened), 409);
      throw error;
    }
    return undefined;
  };

  return Router()
    .get(
      '/a/:secret',
      pages.forAnyone(async (visit) => {
        const opened = await find(visit);
        const clinic = await open(whoHolds(opened.link, visit.req), (records) =>
          records.read('Organization', opened.link.organization),
        );
        const steps = stepsOf(opened.model, opened.answers, opened.wishes.single === true);
        const start = opened.begun ? goOnAt(opened, steps) : steps[0];
        return html(
          welcomePage({
            opened,
            clinic: readOrganization(clinic).name,
            pages: steps.length,
            start: start === undefined ? `${opened.base}/check` : stepPath(opened.base, start),
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
    .post(
      '/a/:secret/wishes',
      pages.forAnyone(async (visit) => {
        const opened = await find(visit);
        const wish = wished(opened.asked.form, opened.wishes, bodyOf(visit.req));
        if (wish) await keep(opened, opened.begun ? opened.answers : undefined, { wishes: wish });
        return seeOther(`${opened.base}${field(visit.req, 'at') === 'check' ? '/check' : ''}`);
      }),
    )
    .get(
      '/a/:secret/elsewhere',
      pages.forAnyone(async (visit) => {
        const opened = await find(visit);
        const until = showDateTime(opened.link.expires, opened.view.language);
        return html(elsewherePage({ opened, address: `${publicUrl}${opened.base}`, until }));
      }),
    )
    .get(
      '/a/:secret/key',
      pages.forAnyone(async (visit) => {
        const { link, taken } = await find(visit);
        return json({ key: keptKey(serviceSecret, link).toString('base64'), taken });
      }),
    )
    .get(
      '/a/:secret/all',
      pages.forAnyone(async (visit) => {
        const opened = await find(visit);
        return html(wholePage({ opened, answers: opened.answers, issues: [] }));
      }),
    )
    .post('/a/:secret/all', pages.forAnyone(answerWhole, files))
    .get(
      '/a/:secret/files/:file',
      pages.forAnyone(async (visit) => {
        const { req, view } = visit;
        const { link } = await find(visit);
        const holder = { patient: link.patient ?? '', link };
        const bytes = await open(whoHolds(link, req), (records) =>
          heldBytes(records, holder, req.params['file']),
        );
        return fileReply(req, bytes, view.t(filesText.nameless));
      }),
    )
    .get(
      '/a/:secret/check',
      pages.forAnyone(async (visit) => {
        const opened = await find(visit);
        const issues = checkAnswers(opened.form, opened.answers);
        return html(checkPage({ opened, issues, once: newId() }));
      }),
    )
    .post('/a/:secret/send', pages.forAnyone(send))
    .get(
      '/a/:secret/done',
      pages.forAnyone(async (visit) => {
        const { req } = visit;
        const sent = await sentWith(database, textOf(req.params['secret']));
        if (sent === undefined) {
          const { base } = await find(visit);
          return seeOther(base);
        }
        const words = textOf(req.query['words']);
        const spoken = words === '' ? visit.view : viewIn(visit.view, words);
        const view = { ...spoken, furigana: req.query['furigana'] === 'on' };
        return html(thanksPage(view, programAsking(programs, sent), `/a/${textOf(req.params['secret'])}`));
      }),
    )
    .get(
      '/a/:secret/sections/:section',
      pages.forAnyone(async (visit) => drawStep(await find(visit), visit.req)),
    )
    .post('/a/:secret/sections/:section', pages.forAnyone(answerStep, files));
}

type Drawn = Readonly<{
  answers: Answers;
  issues: readonly Issue[];
  typed?: unknown;
  fromCheck: boolean;
}>;

const isRetired = ({ asked }: Opened): boolean =>
  asked.program === undefined && asked.form.status === 'retired';

/** The page of the address among those that are asked: of a section, its first one. `not-found` for any other. */
function stepIn(req: Request, { model, wishes, answers }: Opened, drawn: Answers = answers) {
  const steps = stepsOf(model, drawn, wishes.single === true);
  const [section, question] = [req.params['section'], req.query['question']];
  const inSection = steps.filter((one) => one.section.linkId === section);
  const step = inSection.find((one) => one.only !== undefined && one.only === question) ?? inSection[0];
  if (!step) throw notFound();
  return { step, at: steps.indexOf(step), steps };
}

/** Where somebody is once they are asked more, or fewer, questions a page. */
function nearest({ model, answers, wishes }: Opened, step: Step): Step {
  const steps = stepsOf(model, answers, wishes.single === true);
  return steps.find((one) => one.section.linkId === step.section.linkId) ?? step;
}

/** The first page with nothing answered or something required missing; undefined when all is there. */
function goOnAt({ form, answers }: Opened, steps: readonly Step[]): Step | undefined {
  const missing = checkAnswers(form, answers).map((one) => one.path);
  const before = beginsWith(form);
  return steps.find(({ section, only }) => {
    const names = only === undefined ? questionsIn([section]).map((question) => question.linkId) : [only];
    return (
      !names.some((name) => Object.hasOwn(answers, name) && !before.has(name)) ||
      names.some((name) => missing.includes(fieldName(name)))
    );
  });
}
