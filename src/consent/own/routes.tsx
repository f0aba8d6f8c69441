import { Router, type RequestHandler } from 'express';
import { idIn, textOf } from '../../access/request.ts';
import type { Attempts } from '../../access/attempts.ts';
import { knownLink, oldSheet, useLink, type Link } from '../../access/links.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, requestId, type OpenVisit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import type { Actor } from '../../kernel/actor.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { Refused } from '../../kernel/problem.ts';
import { readOrganization, readPatient } from '../../people/record.ts';
import { dateParts, emptyForm, formAgain, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { consentsOf } from '../queries.ts';
import { readProvisions } from '../provided/record.ts';
import { isInForce, readConsent, standingOf, type Given } from '../record.ts';
import { takeBack } from '../service.ts';
import { readScope, scopeQuery, typedFields } from '../withdraw/form.ts';
import { checkPage, scopePage } from '../withdraw/pages.tsx';
import { previewOf } from '../withdraw/preview.ts';
import { chosenBefore } from '../withdraw/routes.tsx';
import { text as withdrawText } from '../withdraw/text.ts';
import { handOutRoutes } from './hand-out.tsx';
import { makeKnown, type KnownNeeds } from './known.ts';
import { birthPage, donePage, overPage, ownPage } from './pages.tsx';
import { lookersAt, seersOf } from './queries.ts';
import { text } from './text.ts';

export type OwnNeeds = SliceNeeds & KnownNeeds & Readonly<{ attempts: Attempts }>;

/** The link that somebody came with. */
type Found = Readonly<{
  link: Link;
  patient: string;
  /** Where its pages begin. */
  base: string;
  /** It leads nowhere any more: all was taken back, its day is over, or a newer sheet was handed out. */
  isOver: boolean;
  actor: Actor;
}>;
type Handler = (visit: OpenVisit, found: Found) => Promise<Reply>;

/**
 * The person's own page, by a link on a sheet they were handed: what they agreed to, who looked, and the way to take it
 * back. It asks for the date of birth, which the sheet does not say, and asks again when a while has passed.
 */
export function ownRoutes(needs: OwnNeeds): Router {
  const { pages, open, database, now, newId } = needs;
  const known = makeKnown(needs);

  const find = async ({ req }: OpenVisit): Promise<Found> => {
    const secret = textOf(req.params['secret']);
    const found = await knownLink(database, secret, 'own-consent', now());
    const patient = found?.link.patient;
    if (!found || patient === undefined) throw oldSheet();
    const { link } = found;
    const isOver = found.usedAt !== undefined || found.expired;
    const { organization } = link;
    const request = requestId(req);
    const actor: Actor = { role: 'patient', organization, patient, via: 'link', request };
    return { link, patient, base: `/c/${secret}`, isOver, actor };
  };

  /** For whoever came with a link, whatever has become of it. */
  const withLink = (work: Handler): RequestHandler =>
    pages.forAnyone(async (visit) => {
      const found = await find(visit);
      const { path } = visit.view;
      const view = { ...visit.view, nav: [], path: path === '/' ? found.base : path };
      return work({ ...visit, view }, found);
    });
  /** For whoever came with a link that holds; where it does not, whom to call. */
  const whileItHolds = (work: Handler): RequestHandler =>
    withLink(async (visit, found) => {
      if (!found.isOver) return work(visit, found);
      return html(overPage({ view: visit.view, clinic: await open(found.actor, clinicOf) }), 410);
    });
  /** For whoever gave the right date of birth a while ago. */
  const knowing = (work: Handler): RequestHandler =>
    whileItHolds(async (visit, found) =>
      known.knows(visit.req, found.link) ? work(visit, found) : seeOther(`${found.base}?again=1`),
    );

  const guess = needs.attempts.slowDown({
    place: 'own consent',
    nameIn: (req) => textOf(req.params['secret']),
    // Of one link a hundred, from wherever they come; only who holds it can use them up.
    isKnown: () => Promise.resolve(false),
    succeeded: (res) => res.statusCode !== 422,
    refuse: whileItHolds(({ view }, { base }) => {
      const state: FormState = { values: {}, issues: [{ path: 'birth', says: text.tooOften }] };
      return Promise.resolve(html(birthPage({ view, state, base, clinic: undefined }), 429));
    }),
  });

  const overview = ({ view }: OpenVisit, { actor, patient, base }: Found): Promise<Reply> =>
    open(actor, async (records) => {
      const consents = await inForce(records, patient);
      return html(
        ownPage({
          view,
          base,
          consents: consents.map((one) => ({ ...one, ...standingOf(one) })),
          bodies: await namesOf(records, consents),
          seers: await seersOf(records, patient),
          lookers: await lookersAt(records, patient),
          provisions: await readProvisions(records, patient),
          clinic: await clinicOf(records),
        }),
      );
    });

  const choose = async (
    records: Records,
    { view, req }: OpenVisit,
    found: Found,
    state: FormState,
  ): Promise<Reply> => {
    const given = await readStanding(records, idIn(req));
    if (!isInForce(given, dayInTokyo(records.now))) return elsewhere(given, found);
    const bodies = await namesOf(records, [given]);
    const status = state.issues.length > 0 ? 422 : 200;
    return html(scopePage({ view, state, ...frameOf(found, given.id), given, bodies }), status);
  };

  const check = (visit: OpenVisit, found: Found): Promise<Reply> =>
    open(found.actor, async (records) => {
      const { view, req } = visit;
      const given = await readStanding(records, idIn(req));
      if (!isInForce(given, dayInTokyo(records.now))) return elsewhere(given, found);
      const read = readScope(req.query, given);
      if (!('scope' in read))
        return choose(records, visit, found, { ...chosenBefore(req.query), issues: read.issues });
      const isChanged = req.query['changed'] === '1';
      return html(
        checkPage({
          view,
          state: { values: {}, issues: isChanged ? [{ path: '', says: text.changed }] : [] },
          ...frameOf(found, given.id, scopeQuery(read.scope)),
          scope: read.scope,
          preview: await previewOf(records, given, read.scope),
          seen: given.version,
          once: newId(),
          losesSight: false,
          asksWhy: false,
        }),
      );
    });

  /** Takes back what was chosen; whoever else has done it meanwhile, the person's wish is met. */
  const confirm = async ({ req, once }: OpenVisit, { actor, link, patient, base }: Found): Promise<Reply> => {
    const id = idIn(req);
    const chosen = Object.fromEntries(typedFields(field(req, 'chosen') ?? ''));
    const done = `${base}/done`;
    try {
      const to = await open(
        actor,
        async (records) => {
          const given = await readStanding(records, id);
          if (given.status !== 'active') return done;
          const read = readScope(chosen, given);
          if (!('scope' in read)) return base;
          const { whole, ...parts } = read.scope;
          const taking = { reason: text.reason.ja, seen: field(req, 'seen') ?? '', themselves: true };
          // The bearer of a link writes no consent; the clinic's service does, for the person.
          await records.onBehalfOf(link.organization, (clinic) =>
            takeBack(clinic, id, { ...taking, ...(whole ? {} : { parts }) }),
          );
          if ((await inForce(records, patient)).length === 0) await useLink(records, link);
          return done;
        },
        { once },
      );
      return seeOther(to);
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.kind !== 'conflict') throw error;
      const again = new URLSearchParams(field(req, 'chosen') ?? '');
      again.set('changed', '1');
      return seeOther(`${base}/consents/${id}/withdraw/check?${again.toString()}`);
    }
  };

  /** Shown as long as the browser is known, since a link ends with what it was for. */
  const done: Handler = async ({ view, req }, { actor, link, patient, base, isOver }) => {
    if (!known.knows(req, link)) return seeOther(base);
    return open(actor, async (records) => {
      const all = (await consentsOf(records, patient)).map(readConsent);
      const isTaken = all.some((one) => one.status !== 'active' || one.takenBack.length > 0);
      if (!isTaken) return seeOther(base);
      const left = isOver ? undefined : base;
      return html(donePage({ view, clinic: await clinicOf(records), left }));
    });
  };

  return Router()
    .use(handOutRoutes(needs))
    .use('/c', (_req, res, next) => {
      // The address is the key. `no-referrer` would make browsers send the form with `Origin: null`, which is refused.
      res.setHeader('Referrer-Policy', 'strict-origin');
      res.setHeader('X-Robots-Tag', 'noindex, nofollow');
      next();
    })
    .get(
      '/c/:secret',
      whileItHolds(async (visit, found) => {
        const { view, req } = visit;
        if (known.knows(req, found.link)) return overview(visit, found);
        const clinic = await open(found.actor, clinicOf);
        const isAgain = req.query['again'] === '1';
        return html(birthPage({ view, state: emptyForm(), base: found.base, clinic, isAgain }));
      }),
    )
    .post(
      '/c/:secret',
      guess,
      whileItHolds(({ view, req }, { actor, link, patient, base }) =>
        open(actor, async (records) => {
          const birth = dateParts(req.body as Readonly<Record<string, unknown>>, 'birth') ?? '';
          const person = readPatient(await records.read('Patient', patient));
          if (birth !== '' && birth === person.birthDate)
            return seeOther(base, { 'Set-Cookie': known.remember(link) });
          const says = birth === '' ? text.birthMissing : text.birthWrong;
          const state = formAgain(req.body, [{ path: 'birth', says }]);
          return html(birthPage({ view, state, base, clinic: await clinicOf(records) }), 422);
        }),
      ),
    )
    .get(
      '/c/:secret/consents/:id/withdraw',
      knowing((visit, found) =>
        open(found.actor, (records) => choose(records, visit, found, chosenBefore(visit.req.query))),
      ),
    )
    .get('/c/:secret/consents/:id/withdraw/check', knowing(check))
    .post(
      '/c/:secret/consents/:id/withdraw',
      withLink((visit, found) => {
        if (!known.knows(visit.req, found.link)) return Promise.resolve(seeOther(`${found.base}?again=1`));
        // The second of two taps, after the first ended the link.
        return found.isOver ? Promise.resolve(seeOther(`${found.base}/done`)) : confirm(visit, found);
      }),
    )
    .get('/c/:secret/done', withLink(done));
}

/** What the pages of taking back are drawn with here; `chosen` leads back to the choice as it was made. */
const frameOf = ({ base }: Found, id: string, chosen?: string) => {
  const at = `${base}/consents/${id}/withdraw`;
  const back =
    chosen === undefined
      ? { href: base, label: text.hello }
      : { href: `${at}?${chosen}`, label: withdrawText.change };
  return { lead: '', base: at, back, themselves: { keep: base } };
};

/** Where there is nothing to take back: it was done, by whomever the person told, or has run out. */
const elsewhere = ({ status }: Given, { base }: Found): Reply =>
  seeOther(status === 'active' ? base : `${base}/done`);

async function inForce(records: Records, patient: string) {
  const today = dayInTokyo(records.now);
  return (await consentsOf(records, patient)).map(readConsent).filter((one) => isInForce(one, today));
}

/** A consent with what of it still stands. */
async function readStanding(records: Records, id: string) {
  const consent = await records.read('Consent', id);
  const given = readConsent(consent);
  return { ...given, ...standingOf(given), version: consent.meta.versionId };
}

async function clinicOf(records: Records) {
  const [body] = await records.readMany('Organization', [records.actor.organization]);
  return body && readOrganization(body);
}

const namesOf = async (records: Records, consents: readonly Given[]): Promise<Map<string, string>> =>
  new Map(
    (await records.readMany('Organization', [...new Set(consents.flatMap((one) => one.recipientIds))]))
      .map(readOrganization)
      .map((body) => [body.id, body.name]),
  );
