import { Router, type Request } from 'express';
import type { Attempts } from '../../access/attempts.ts';
import { findLink, makeLink, useLink, type Link } from '../../access/links.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, requestId, type OpenVisit } from '../../access/visit.ts';
import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { Actor } from '../../kernel/actor.ts';
import { endOfDayInTokyo, dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound } from '../../kernel/problem.ts';
import { readOrganization, readPatient } from '../../people/record.ts';
import { dateParts, emptyForm, formAgain, type FormState } from '../../web/form.tsx';
import { html, type Reply } from '../../web/replies.ts';
import { consentsOf } from '../queries.ts';
import { readProvisions } from '../provided/record.ts';
import { isInForce, readConsent, type Given } from '../record.ts';
import { takeBack } from '../service.ts';
import { text as consentText } from '../text.ts';
import { readScope, typedFields } from '../withdraw/form.ts';
import { checkPage, scopePage } from '../withdraw/pages.tsx';
import { previewOf } from '../withdraw/preview.ts';
import { birthPage, donePage, madePage, ownPage } from './pages.tsx';
import { lookersAt, seersOf } from './queries.ts';
import { text } from './text.ts';

const staff = ['doctor', 'reception'] as const;

/**
 * The person's own page, by a link on a sheet they were handed: what they agreed to, who looked, and the way to take it
 * back. Each step asks again for the date of birth, which the sheet does not say; nothing is remembered in between.
 */
export function ownRoutes(needs: SliceNeeds & Readonly<{ attempts: Attempts }>): Router {
  const { pages, open, database, now, newId, publicUrl } = needs;

  const find = async (req: Request): Promise<Link & { patient: string; base: string }> => {
    const secret = textOf(req.params['secret']);
    const link = await findLink(database, secret, 'own-consent', now());
    if (link.patient === undefined) throw notFound();
    return { ...link, patient: link.patient, base: `/c/${secret}` };
  };
  const actorOf = (link: Link & { patient: string }, req: Request): Actor => ({
    role: 'patient',
    organization: link.organization,
    patient: link.patient,
    via: 'link',
    request: requestId(req),
  });

  /** Does the work when the date of birth is right; asks for it otherwise. */
  const knowing = async (
    visit: OpenVisit,
    work: (
      records: Records,
      found: Link & { patient: string; base: string },
      birth: string,
    ) => Promise<string>,
  ): Promise<Reply> => {
    const { req, view } = visit;
    const found = await find(req);
    const birth = birthIn(req);
    return open(actorOf(found, req), async (records) => {
      const person = readPatient(await records.read('Patient', found.patient));
      if (birth === person.birthDate) return html(await work(records, found, birth));
      const says = birth === '' ? text.birthMissing : text.birthWrong;
      const state = formAgain(req.body, [{ path: 'birth', says }]);
      return html(birthPage({ view, state, base: found.base, clinic: await clinicOf(records) }), 422);
    });
  };

  const guess = needs.attempts.slowDown({
    place: 'own consent',
    nameIn: (req) => textOf(req.params['secret']),
    succeeded: (res) => res.statusCode !== 422,
    refuse: pages.forAnyone(async ({ view, req }) => {
      const { base } = await find(req);
      const state: FormState = { values: {}, issues: [{ path: 'birth', says: text.tooOften }] };
      return html(birthPage({ view, state, base, clinic: undefined }), 429);
    }),
  });

  const overview = async (
    visit: OpenVisit,
    records: Records,
    base: string,
    birth: string,
    patient: string,
  ) => {
    const today = dayInTokyo(records.now);
    const consents = (await consentsOf(records, patient))
      .map(readConsent)
      .filter((one) => isInForce(one, today));
    return ownPage({
      view: visit.view,
      base,
      birth,
      consents,
      bodies: await namesOf(records, consents),
      seers: await seersOf(records, patient),
      lookers: await lookersAt(records, patient),
      provisions: await readProvisions(records, patient),
      clinic: await clinicOf(records),
    });
  };

  const choose = async (
    visit: OpenVisit,
    state: FormState,
    records: Records,
    base: string,
    birth: string,
  ) => {
    const given = readConsent(await records.read('Consent', idIn(visit.req)));
    const back = { href: base, label: text.hello };
    return scopePage({
      view: { ...visit.view, nav: [] },
      state,
      lead: '',
      base: `${base}/consents/${given.id}/withdraw`,
      back,
      given,
      bodies: await namesOf(records, [given]),
      hidden: { birth },
    });
  };

  return Router()
    .post(
      '/consents/:id/own-page',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const id = idIn(req);
        const made = await open(actor, async (records) => {
          const given = readConsent(await records.read('Consent', id));
          if (given.clinic !== actor.organization || !isInForce(given, dayInTokyo(records.now)))
            throw notFound();
          await records.run(sql`update one_time_link set used_at = ${records.now}::timestamptz
            where patient_id = ${given.patient}::uuid and purpose = 'own-consent' and used_at is null`);
          const expires = endOfDayInTokyo(given.until);
          const { organization } = actor;
          const secret = await makeLink(records, {
            purpose: 'own-consent',
            organization,
            patient: given.patient,
            expires,
          });
          records.note('print', 'own page', given.patient, `Consent/${id}`);
          return { address: `${publicUrl}/c/${secret}`, until: given.until };
        });
        return html(madePage({ view, ...made, back: { href: `/consents/${id}`, label: consentText.title } }));
      }),
    )
    .use('/c', (_req, res, next) => {
      // The address is the key. `no-referrer` would make browsers send the form with `Origin: null`, which is refused.
      res.setHeader('Referrer-Policy', 'strict-origin');
      res.setHeader('X-Robots-Tag', 'noindex, nofollow');
      next();
    })
    .get(
      '/c/:secret',
      pages.forAnyone(async ({ view, req }) => {
        const found = await find(req);
        const clinic = await open(actorOf(found, req), clinicOf);
        return html(birthPage({ view: quiet(view), state: emptyForm(), base: found.base, clinic }));
      }),
    )
    .post(
      '/c/:secret',
      guess,
      pages.forAnyone((given) => {
        const visit = { ...given, view: quiet(given.view) };
        return knowing(visit, (records, { base, patient }, birth) =>
          overview(visit, records, base, birth, patient),
        );
      }),
    )
    .post(
      '/c/:secret/consents/:id/choose',
      guess,
      pages.forAnyone((visit) =>
        knowing(visit, (records, { base }, birth) => choose(visit, emptyForm(), records, base, birth)),
      ),
    )
    .post(
      '/c/:secret/consents/:id/withdraw/check',
      guess,
      pages.forAnyone((visit) =>
        knowing(visit, async (records, { base }, birth) => {
          const consent = await records.read('Consent', idIn(visit.req));
          const given = readConsent(consent);
          const read = readScope(visit.req.body as Readonly<Record<string, unknown>>, given);
          if (!('scope' in read))
            return choose(visit, formAgain(visit.req.body, read.issues), records, base, birth);
          return checkPage({
            view: { ...visit.view, nav: [] },
            state: emptyForm(),
            lead: '',
            base: `${base}/consents/${given.id}/withdraw`,
            back: { href: base, label: text.hello },
            scope: read.scope,
            preview: await previewOf(records, given, read.scope),
            seen: consent.meta.versionId,
            once: newId(),
            losesSight: false,
            asksWhy: false,
            hidden: { birth },
          });
        }),
      ),
    )
    .post(
      '/c/:secret/consents/:id/withdraw',
      guess,
      pages.forAnyone((visit) =>
        knowing(visit, async (records, found) => {
          const { req, view } = visit;
          const id = idIn(req);
          const given = readConsent(await records.read('Consent', id));
          const read = readScope(Object.fromEntries(typedFields(field(req, 'chosen') ?? '')), given);
          if (!('scope' in read)) throw notFound();
          const { whole, ...parts } = read.scope;
          // The bearer of a link writes no consent; the clinic's service does, for the person.
          await records.onBehalfOf(found.organization, (clinic) =>
            takeBack(clinic, id, {
              reason: text.reason.ja,
              seen: field(req, 'seen') ?? '',
              themselves: true,
              ...(whole ? {} : { parts }),
            }),
          );
          const left = (await consentsOf(records, found.patient)).map(readConsent);
          if (!left.some((one) => isInForce(one, dayInTokyo(records.now)))) await useLink(records, found);
          return donePage({ view: quiet(view), clinic: await clinicOf(records) });
        }),
      ),
    );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idIn = (req: Request): string => textOf(req.params['id']);
const quiet = <V extends OpenVisit['view']>(view: V): V => ({ ...view, nav: [] });

/** From the three inputs of the first page, or whole from a later one. */
const birthIn = (req: Request): string =>
  dateParts(req.body as Readonly<Record<string, unknown>>, 'birth') ?? field(req, 'birth') ?? '';

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
