import { Router, type Request } from 'express';
import { idIn } from '../../access/request.ts';
import { networkOf } from '../../access/address.ts';
import { newSecret } from '../../access/secrets.ts';
import { field, requestId, type OpenVisit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import type { Actor } from '../../kernel/actor.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { guestSchema } from '../form.ts';
import { takesPlaces, waysOf, type Counted } from '../model.ts';
import { codePage, joinListPage, joinPage, passPage, sentPage } from '../pages/join.tsx';
import { asCode } from '../pass.ts';
import { readHolder, type Holder } from '../programs.ts';
import { bodyOfPlace, linkOf, readGathering, readPlace, toCome } from '../queries.ts';
import { signUp } from '../sign-up.ts';
import { giveUp, placeByCode } from '../take.ts';
import { joinText as text } from '../join-text.ts';
import type { SessionNeeds } from './part.ts';

/** The service itself, for the body that holds the sessions: whoever signs up has no account. */
const serviceOf = (organization: string, req: Request): Actor => ({
  role: 'system',
  organization,
  via: 'link',
  request: requestId(req),
  ...networkOf(req),
});

/** Pages without an account: what there is, signing up, one's own place. */
export function joinRoutes({ open, database, pages, programs, tell, attempts }: SessionNeeds): Router {
  /** The body of the address, where it lets people put their own names down; `not-found` for any other. */
  const withBody = <T,>(
    { req }: OpenVisit,
    organization: string,
    work: (records: Records, holder: Holder) => Promise<T>,
  ): Promise<T> =>
    open(serviceOf(organization, req), async (records) => {
      const holder = await readHolder(records, programs);
      if (!holder.body.active || !holder.programs.some(({ sessions }) => sessions.signUp)) throw notFound();
      return work(records, holder);
    });
  const isPublic = ({ programs: held }: Holder, one: Counted): boolean =>
    held.some(({ id, sessions }) => id === one.program && sessions.signUp);
  const readPublic = async (records: Records, holder: Holder, req: Request): Promise<Counted> => {
    const one = await readGathering(records, idIn(req, 'session'));
    if (!isPublic(holder, one)) throw notFound();
    return one;
  };
  /** Counts what comes from one address, whatever became of it. */
  const slowDown = async (req: Request, place: string, most: number): Promise<void> => {
    const { beyond, wait } = await attempts.refused(place, req, most);
    if (beyond > 0) throw new Refused({ kind: 'too-many', retryAfterSeconds: wait });
  };

  const show = (visit: OpenVisit, state: FormState, refused?: Refused): Promise<string> =>
    withBody(visit, idIn(visit.req, 'body'), async (records, holder) => {
      const one = await readPublic(records, holder, visit.req);
      const trouble = refused?.problem.kind === 'conflict' ? refused.problem.says : undefined;
      const secret = keyIn(visit.req) ?? newSecret();
      return joinPage({ view: visit.view, holder, one, state, secret, trouble });
    });

  const join = async (visit: OpenVisit): Promise<Reply> => {
    const { req, view } = visit;
    const body = idIn(req, 'body');
    const one = await withBody(visit, body, (records, holder) => readPublic(records, holder, req));
    const read = readForm(guestSchema(waysOf(one)), req.body);
    if (!read.ok) return html(await show(visit, read.state), takesPlaces(one, view.now) ? 422 : 409);
    const signing = { ...read.data, language: view.language, key: keyIn(req) ?? newSecret() };
    const { mail } = signing.who;
    await slowDown(req, 'join', attempts.few * 2);
    await slowDown(req, `join ${one.id}`, Math.max(3, Math.ceil(attempts.few / 2)));
    // The mailbox of somebody else is not filled; what is seen here is the same.
    const isFlood =
      mail !== undefined &&
      (await attempts.about('join', mail.toLowerCase(), Math.max(3, attempts.few))).beyond > 0;
    try {
      const taken = isFlood
        ? undefined
        : await withBody(visit, body, (records) => signUp(records, one.id, signing, tell));
      return mail !== undefined || taken === undefined
        ? seeOther(`/join/${body}/${one.id}/sent`)
        : seeOther(`/p/${tell.passes.tokenOf(taken.id)}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { problem } = error;
      if (problem.kind === 'invalid')
        return html(await show(visit, formAgain(req.body, problem.issues)), 422);
      if (problem.kind === 'conflict') return html(await show(visit, formAgain(req.body, []), error), 409);
      throw error;
    }
  };

  /** Whose place the address is of, and which body holds the session. */
  const owner = async (req: Request): Promise<Readonly<{ id: string; organization: string }>> => {
    const token = req.params['pass'];
    const id = typeof token === 'string' ? tell.passes.placeIn(token) : undefined;
    const organization = id === undefined ? undefined : await bodyOfPlace(database, id);
    if (id === undefined || organization === undefined) throw notFound(text.passUnknown);
    return { id, organization };
  };

  return (
    Router()
      // The address is the key.
      .use('/p', (_req, res, next) => {
        res.setHeader('Referrer-Policy', 'strict-origin');
        res.setHeader('X-Robots-Tag', 'noindex, nofollow');
        next();
      })
      .get(
        '/join/:body',
        pages.forAnyone(async (visit) =>
          html(
            await withBody(visit, idIn(visit.req, 'body'), async (records, holder) => {
              const found = (await toCome(records)).filter((one) => isPublic(holder, one));
              return joinListPage({ view: visit.view, holder, found });
            }),
          ),
        ),
      )
      .get(
        '/join/:body/:session',
        pages.forAnyone(async (visit) => html(await show(visit, emptyForm()))),
      )
      .post('/join/:body/:session', pages.forAnyone(join))
      .get(
        '/join/:body/:session/sent',
        pages.forAnyone(async (visit) =>
          html(
            await withBody(visit, idIn(visit.req, 'body'), async (records, holder) =>
              sentPage({ view: visit.view, holder, one: await readPublic(records, holder, visit.req) }),
            ),
          ),
        ),
      )
      .get(
        '/join/:body/:session/code',
        pages.forAnyone(async (visit) =>
          html(
            await withBody(visit, idIn(visit.req, 'body'), async (records, holder) =>
              codePage({
                view: visit.view,
                holder,
                one: await readPublic(records, holder, visit.req),
                state: emptyForm(),
              }),
            ),
          ),
        ),
      )
      .post(
        '/join/:body/:session/code',
        pages.forAnyone(async (visit) => {
          const { req, view } = visit;
          await slowDown(req, 'join code', attempts.few * 2);
          return withBody(visit, idIn(req, 'body'), async (records, holder) => {
            const one = await readPublic(records, holder, req);
            const found = await placeByCode(records, one, asCode(field(req, 'code') ?? ''), tell.passes);
            if (found !== undefined) return seeOther(`/p/${tell.passes.tokenOf(found)}`);
            const state = formAgain(req.body, [{ path: 'code', says: text.codeWrong }]);
            return html(codePage({ view, holder, one, state }), 422);
          });
        }),
      )
      .get(
        '/p/:pass',
        pages.forAnyone(async (visit) => {
          const { id, organization } = await owner(visit.req);
          return html(
            await open(serviceOf(organization, visit.req), async (records) => {
              const place = await readPlace(records, id);
              const one = await readGathering(records, place.gathering_id);
              const isIn = place.state === 'booked' && place.way === 'online' && one.status === 'planned';
              const token = tell.passes.tokenOf(id);
              return passPage({
                view: visit.view,
                holder: await readHolder(records, programs),
                one,
                place,
                link: isIn && one.ends_at > visit.view.now ? await linkOf(records, one.id) : undefined,
                code: tell.passes.codeOf(id),
                base: `/p/${token}`,
              });
            }),
          );
        }),
      )
      .post(
        '/p/:pass/cancel',
        pages.forAnyone(async (visit) => {
          const { id, organization } = await owner(visit.req);
          await open(serviceOf(organization, visit.req), async (records) => {
            const place = await readPlace(records, id);
            const one = await readGathering(records, place.gathering_id);
            if (takesPlaces(one, records.now)) await giveUp(records, place, tell);
          });
          return seeOther(`/p/${tell.passes.tokenOf(id)}`);
        }),
      )
  );
}

/** The hidden key that came with the form; one that is none of ours counts as none. */
function keyIn(req: Request): string | undefined {
  const key = field(req, 'key');
  return key !== undefined && /^[\w-]{43}$/.test(key) ? key : undefined;
}
