import { Router, type Request, type RequestHandler } from 'express';
import type { Attempts } from '../../access/attempts.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, requestId, type OpenVisit } from '../../access/visit.ts';
import { sql } from '../../database/sql.ts';
import { dayInTokyo, addWorkingDays } from '../../kernel/japan/calendar.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Program } from '../../programs/program.ts';
import { dateParts, emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, type Reply } from '../../web/replies.ts';
import { beenSchema } from '../been.ts';
import { asCode } from '../code.ts';
import { programOfList } from '../programs.ts';
import { answers, askPage, beenPage, donePage, enterPage, type Known } from './pages.tsx';
import { text } from './text.ts';

export type OwnInvitationNeeds = SliceNeeds & Readonly<{ programs: readonly Program[]; attempts: Attempts }>;

/**
 * `/i`: whoever got a letter says yes or no themselves, without an account. The code stands on the letter, the date of
 * birth does not; every step asks for both again, so that nothing of it is left in the browser.
 */
export function ownInvitationRoutes({
  pages,
  database,
  programs,
  attempts,
  now,
}: OwnInvitationNeeds): Router {
  const find = async (
    code: string | undefined,
    birth: string,
  ): Promise<(Known & { program: string }) | undefined> => {
    if (code === undefined || birth === '') return undefined;
    const [found] = await database.rows<Known & { program: string }>(
      sql`select insurer, phone, agreed, been, been_on, been_where, program from invitation_known(${code}, ${birth})`,
    );
    return found;
  };
  const again = ({ view, req }: OpenVisit, says: Sentence, status: 422 | 429): Reply => {
    const state: FormState = formAgain(req.body, [{ path: 'birth', says }]);
    const code = field(req, 'square') === undefined ? undefined : field(req, 'code');
    return html(enterPage({ view: plain(view), state, code }), status);
  };

  const enter = async (visit: OpenVisit): Promise<Reply> => {
    const [code, birth] = typedIn(visit.req);
    const known = await find(code, birth);
    if (code === undefined || known === undefined) return again(visit, text.notFound, 422);
    return html(askPage({ view: plain(visit.view), known, code, birth }));
  };

  const answer = async (visit: OpenVisit): Promise<Reply> => {
    const { req } = visit;
    const [code, birth] = typedIn(req);
    const said = answers.find((one) => one === field(req, 'answer')) ?? 'yes';
    const known = await find(code, birth);
    // The second of two taps: nothing is held of them, which is what they asked for. It counts as a guess.
    if (known === undefined && said === 'no')
      return html(donePage({ view: plain(visit.view), answer: 'no', known, who: undefined }), 422);
    if (code === undefined || known === undefined) return again(visit, text.notFound, 422);
    const who = { code, birth };
    const view = plain(visit.view);
    // The first of two steps: it only asks.
    if (said === 'been' && field(req, 'told') === undefined)
      return html(beenPage({ view, state: emptyForm(), ...who }));
    const been = readForm(beenSchema(now()), said === 'been' ? req.body : {});
    if (!been.ok) return html(beenPage({ view, state: been.state, ...who }), 422);
    const { day, place } = been.data;
    const days = programOfList(programs, known.program)?.invitations.followUp.workingDays ?? 20;
    const due = dayInTokyo(addWorkingDays(now(), days));
    await database.rows(
      sql`select invitation_answer(${code}, ${birth}, ${said}, ${now()}::timestamptz, ${due}::date, ${requestId(req)},
        ${day ?? null}::date, ${place ?? null})`,
    );
    // A refusal looks the same whether anybody was there to refuse: it must tell nobody that a guess was right.
    return html(
      donePage({ view, who, answer: said, known: said === 'no' ? undefined : known }),
      said === 'no' ? 422 : 200,
    );
  };

  const guess = attempts.slowDown({
    place: 'invitation',
    nameIn: (req) => asCode(field(req, 'code')),
    // Of one letter a hundred, from wherever they come.
    isKnown: () => Promise.resolve(false),
    succeeded: (res) => res.statusCode !== 422,
    refuse: pages.forAnyone((visit) => Promise.resolve(again(visit, text.tooOften, 429))),
  });
  const openly: RequestHandler = (_req, res, next) => {
    res.setHeader('Referrer-Policy', 'strict-origin');
    res.setHeader('X-Robots-Tag', 'noindex, nofollow');
    next();
  };

  return Router()
    .use('/i', openly)
    .get(
      '/i',
      pages.forAnyone(({ view }) =>
        Promise.resolve(html(enterPage({ view: plain(view), state: emptyForm(), code: undefined }))),
      ),
    )
    .get(
      '/i/:code',
      pages.forAnyone(({ view, req }) => {
        const code = asCode(req.params['code']);
        return Promise.resolve(html(enterPage({ view: { ...view, nav: [] }, state: emptyForm(), code })));
      }),
    )
    .post('/i', guess, pages.forAnyone(enter))
    .post('/i/answer', guess, pages.forAnyone(answer));
}

/** No menu, and another language begins again where everybody begins: what was typed is kept nowhere. */
const plain = (view: OpenVisit['view']): OpenVisit['view'] => ({ ...view, nav: [], path: '/i' });

function typedIn(req: Request): [code: string | undefined, birth: string] {
  const parts = dateParts(req.body as Readonly<Record<string, unknown>>, 'birth');
  return [asCode(field(req, 'code')), parts ?? field(req, 'birth') ?? ''];
}
