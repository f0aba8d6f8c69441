import { Router } from 'express';
import type { SliceNeeds } from '../../access/slice.ts';
import { networkOf } from '../../access/address.ts';
import { knownLink, type KnownLink } from '../../access/links.ts';
import { requestId, type OpenVisit } from '../../access/visit.ts';
import { closedBecause } from '../../consent/closed.ts';
import { readDraft, saveDraft } from '../../intake/drafts.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refused } from '../../kernel/problem.ts';
import { readOrganization, type ReadBody } from '../../people/record.ts';
import { emptyForm, formAgain, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import type { View } from '../../web/view.ts';
import { readAsked, type Asked } from './asked.ts';
import { answeringOf, readAnswer } from './form.ts';
import { donePage, endingPage, linkCheckPage, linkPage, type Ending } from './link-pages.tsx';
import type { Answer } from './moves.ts';
import { answer } from './service.ts';
import { text } from './text.ts';

/** Where a link leads now: to the request that waits for an answer, or to an ending. */
type Found =
  | Readonly<{ kind: 'open'; known: KnownLink; actor: Actor; asked: Asked }>
  | Readonly<{
      kind: Ending;
      known: KnownLink | undefined;
      asked: Asked | undefined;
      office: ReadBody | undefined;
    }>;

/** The pages of a one-time link, for a group without an account. Whoever holds it acts for the group, on one request, once. */
export function linkRoutes({ open, database, pages, now }: SliceNeeds): Router {
  const find = async (visit: OpenVisit, secret: string): Promise<Found> => {
    const known = await knownLink(database, secret, 'answer-request', now());
    if (!known) return nowhere;
    const actor = actorOf(known, visit);
    const asked = await look(open, actor, known.link.task);
    const kind = kindOf(known, asked);
    if (kind === 'open' && asked) return { kind, known, actor, asked };
    const office = asked?.office ?? (await bodyOf(open, actor, known.madeBy));
    const isOff = kind === 'open' || kind === 'calledOff';
    return { kind: isOff ? await whyCalledOff(known, actor, asked) : kind, known, asked, office };
  };

  /** Whether it was the person's consent that ended it. */
  const whyCalledOff = async (
    { link }: KnownLink,
    actor: Actor,
    asked: Asked | undefined,
  ): Promise<Ending> => {
    const said = asked?.referral.reason?.code;
    const closed = asked || !link.task ? undefined : await closedBecause(open)(actor, link.task);
    if (said === 'consent-withdrawn' || closed === 'withdrawn') return 'takenBack';
    return said === 'consent-expired' || closed === 'expired' ? 'ranOut' : 'calledOff';
  };

  /** What was typed into this link's form and not sent yet. */
  const typedBefore = async ({ link }: KnownLink): Promise<Record<string, string>> =>
    Object.fromEntries(
      Object.entries((await readDraft(database, link)) ?? {}).map(([name, [first = '']]) => [name, first]),
    );

  return (
    Router()
      // The address is the key. `no-referrer` would make browsers send the form with `Origin: null`, which is refused.
      .use('/r', (_req, res, next) => {
        res.setHeader('Referrer-Policy', 'strict-origin');
        res.setHeader('X-Robots-Tag', 'noindex, nofollow');
        next();
      })
      .get(
        '/r/:secret',
        pages.forAnyone(async (visit) => {
          const found = await find(visit, secretIn(visit));
          if (found.kind !== 'open') return end(visit.view, found);
          return show(visit, found.asked, emptyForm(await typedBefore(found.known)));
        }),
      )
      .post(
        '/r/:secret/check',
        pages.forAnyone(async (given) => {
          const visit = staying(given);
          const found = await find(visit, secretIn(visit));
          if (found.kind !== 'open') return end(visit.view, found);
          const read = readAnswer(visit.req.body);
          if (!read.ok) return show(visit, found.asked, read.state, 422);
          const { answer: chosen, words } = read.data;
          const draft = { answer: [chosen], ...(words === undefined ? {} : { words: [words] }) };
          await saveDraft(database, found.known.link, draft, { id: visit.newId(), now: now() });
          return seeOther(`/r/${encodeURIComponent(secretIn(visit))}/check`);
        }),
      )
      .get(
        '/r/:secret/check',
        pages.forAnyone(async (given) => {
          const visit = staying(given);
          const secret = secretIn(visit);
          const found = await find(visit, secret);
          if (found.kind !== 'open') return end(visit.view, found);
          const read = readAnswer(await typedBefore(found.known));
          if (!read.ok) return seeOther(`/r/${encodeURIComponent(secret)}`);
          const { view, newId } = visit;
          return html(linkCheckPage({ view, asked: found.asked, secret, filled: read.data, once: newId() }));
        }),
      )
      .post(
        '/r/:secret',
        pages.forAnyone(async (given) => {
          const visit = staying(given);
          const { req, once } = visit;
          const secret = secretIn(visit);
          const read = readAnswer(req.body);
          const known = await knownLink(database, secret, 'answer-request', now());
          const done = seeOther(`/r/${encodeURIComponent(secret)}/done`);
          if (!known?.link.task) return end(visit.view, nowhere);
          if (!read.ok) {
            const found = await find(visit, secret);
            return found.kind === 'open' ? show(visit, found.asked, read.state, 422) : end(visit.view, found);
          }
          try {
            await answer(open, actorOf(known, visit), answeringOf(known.link.task, read.data), {
              once,
              link: known.link,
            });
            return done;
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            // Overtaken, answered by telephone, called off: the page says how it stands now.
            const found = await find(visit, secret);
            if (found.kind !== 'open') return end(visit.view, found);
            return show(visit, found.asked, formAgain(req.body, []), 409, true);
          }
        }),
      )
      .get(
        '/r/:secret/done',
        pages.forAnyone(async (visit) => {
          const found = await find(visit, secretIn(visit));
          if (found.kind === 'open') return seeOther(`/r/${encodeURIComponent(secretIn(visit))}`);
          if (found.kind !== 'answered') return end(visit.view, found);
          return html(donePage(visit.view, { answer: answerOf(found.asked), office: found.office }));
        }),
      )
  );
}

const secretIn = ({ req }: OpenVisit): string => String(req.params['secret'] ?? '');

/** After a form the language switch leads back to the request. */
const staying = (visit: OpenVisit): OpenVisit => ({
  ...visit,
  view: { ...visit.view, path: `/r/${encodeURIComponent(secretIn(visit))}` },
});

const actorOf = ({ link }: KnownLink, { req }: OpenVisit): Actor => ({
  role: 'resource',
  organization: link.organization,
  ...(link.patient === undefined ? {} : { patient: link.patient }),
  via: 'link',
  request: requestId(req),
  ...networkOf(req),
});

const nowhere = { kind: 'unknown', known: undefined, asked: undefined, office: undefined } as const;

/** How the request stands comes before how the link stands: links end with an answer and with a calling off alike. */
function kindOf(known: KnownLink, asked: Asked | undefined): 'open' | Ending {
  const status = asked?.referral.status;
  if (status === 'cancelled' || status === 'entered-in-error') return 'calledOff';
  if (status !== undefined && status !== 'requested') return 'answered';
  if (known.expired && known.usedAt === undefined) return 'expired';
  if (!asked) return 'calledOff';
  return known.usedAt === undefined ? 'open' : 'answered';
}

/** Whom to call where the request itself can no longer be seen. */
const bodyOf = (
  open: SliceNeeds['open'],
  actor: Actor,
  id: string | undefined,
): Promise<ReadBody | undefined> =>
  id === undefined
    ? Promise.resolve(undefined)
    : open(actor, async (records) => {
        const [body] = await records.readMany('Organization', [id]);
        return body && readOrganization(body);
      });

/** The request, unless consent was taken back or it is not there for this group. */
async function look(
  open: SliceNeeds['open'],
  actor: Actor,
  task: string | undefined,
): Promise<Asked | undefined> {
  if (task === undefined) return undefined;
  try {
    return await open(actor, (records) => readAsked(records, task));
  } catch (error) {
    if (error instanceof Refused && error.problem.kind === 'not-found') return undefined;
    throw error;
  }
}

const show = (visit: OpenVisit, asked: Asked, state: FormState, status = 200, again = false): Reply =>
  html(
    linkPage({
      view: visit.view,
      asked,
      secret: secretIn(visit),
      state,
      trouble: again ? text.again : undefined,
    }),
    status,
  );

/** 410: whoever kept the address knows that it is over, and so do machines. */
const end = (view: View, found: Exclude<Found, { kind: 'open' }>): Reply =>
  html(
    endingPage(view, {
      ending: found.kind,
      office: found.office,
      answer: answerOf(found.asked),
      at: found.kind === 'expired' ? found.known?.link.expires : found.known?.usedAt,
      over: ['completed', 'failed'].includes(found.asked?.referral.status ?? ''),
    }),
    410,
  );

/** What was answered, as far as it can still be told. */
function answerOf(asked: Asked | undefined): Answer | undefined {
  const { status, reason } = asked?.referral ?? {};
  if (status === 'rejected') return reason?.code === 'no-capacity' ? 'full' : 'unsuitable';
  return ['accepted', 'in-progress', 'on-hold', 'completed', 'failed'].includes(status ?? '')
    ? 'welcome'
    : undefined;
}
