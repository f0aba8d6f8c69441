import { Router, type Request } from 'express';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import type { Consent } from '@medplum/fhirtypes';
import { displayName, readOrganization, readPatient } from '../../people/record.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { readConsent } from '../record.ts';
import { takeBack } from '../service.ts';
import { text as consentText } from '../text.ts';
import {
  holders,
  readScope,
  scopeQuery,
  typedFields,
  withdrawalNames,
  withdrawalSchema,
  type Scope,
} from './form.ts';
import { checkPage, scopePage } from './pages.tsx';
import { previewOf } from './preview.ts';
import { text } from './text.ts';

export function withdrawRoutes({ pages, open, newId }: SliceNeeds): Router {
  const first = async (visit: Visit, state: FormState, status: 200 | 422): Promise<Reply> => {
    const { actor, view, req } = visit;
    const id = idIn(req);
    const { consent, lead, bodies } = await open(actor, (records) => readForWithdrawal(records, id));
    if (consent.status !== 'active') return seeOther(`/consents/${id}`);
    const given = readConsent(consent);
    const back = { href: `/consents/${id}`, label: consentText.title };
    return html(
      scopePage({ view, state, lead, base: `/consents/${id}/withdraw`, back, given, bodies, hidden: {} }),
      status,
    );
  };

  const check = async (visit: Visit, scope: Scope, state: FormState, status: 200 | 422): Promise<Reply> => {
    const { actor, view, req } = visit;
    const id = idIn(req);
    const { consent, lead, preview } = await open(actor, async (records) => {
      const read = await readForWithdrawal(records, id);
      return { ...read, preview: await previewOf(records, readConsent(read.consent), scope) };
    });
    if (consent.status !== 'active') return seeOther(`/consents/${id}`);
    const base = `/consents/${id}/withdraw`;
    return html(
      checkPage({
        view,
        state,
        lead,
        base,
        back: { href: `${base}?${scopeQuery(scope)}`, label: text.title },
        scope,
        preview,
        seen: consent.meta.versionId,
        once: newId(),
        losesSight:
          readConsent(consent).clinic !== actor.organization && preview.effects.some((one) => one.isClosed),
        asksWhy: true,
        hidden: {},
      }),
      status,
    );
  };

  const scopeIn = async (visit: Visit, query: Readonly<Record<string, unknown>>) => {
    const consent = await consentOf(visit);
    return readScope(query, readConsent(consent));
  };
  const consentOf = ({ actor, req }: Visit): Promise<Stored<Consent>> =>
    open(actor, (records) => records.read('Consent', idIn(req)));

  return Router()
    .get(
      '/consents/:id/withdraw',
      pages.forRoles(holders, (visit) => first(visit, chosenBefore(visit.req.query), 200)),
    )
    .get(
      '/consents/:id/withdraw/check',
      pages.forRoles(holders, async (visit) => {
        const read = await scopeIn(visit, visit.req.query);
        return 'scope' in read
          ? check(visit, read.scope, emptyForm({ why: '' }), 200)
          : first(visit, { ...chosenBefore(visit.req.query), issues: read.issues }, 422);
      }),
    )
    .post(
      '/consents/:id/withdraw',
      pages.forRoles(holders, async (visit) => {
        const { actor, view, req, once } = visit;
        const chosen = Object.fromEntries(typedFields(field(req, 'chosen') ?? ''));
        const read = await scopeIn(visit, chosen);
        if (!('scope' in read)) return first(visit, { values: {}, issues: read.issues }, 422);
        const form = readForm(withdrawalSchema, req.body);
        if (!form.ok) return check(visit, read.scope, formAgain(req.body, form.state.issues), 422);
        const { why, note } = form.data;
        const { whole, ...parts } = read.scope;
        const id = idIn(req);
        await open(
          actor,
          (records) =>
            takeBack(records, id, {
              reason: [view.t(withdrawalNames[why]), note].filter(Boolean).join(': '),
              seen: field(req, 'seen') ?? '',
              ...(whole ? {} : { parts }),
            }),
          { once },
        );
        // Whom it had opened to does not see it any more: a notice waits on their start page.
        return actor.role === 'doctor' || actor.role === 'reception'
          ? seeOther(`/consents/${id}?said=withdrawn`)
          : seeOther('/inbox');
      }),
    );
}

const chosenBefore = (query: Request['query']): FormState =>
  formAgain(
    Object.fromEntries(
      ['scope', 'recipient', 'item'].flatMap((name) =>
        query[name] === undefined ? [] : [[name, query[name]]],
      ),
    ),
    [],
  );

const idIn = (req: Request): string => (typeof req.params['id'] === 'string' ? req.params['id'] : '');

async function readForWithdrawal(records: Records, id: string) {
  const consent = await records.read('Consent', id);
  const { patient, recipientIds } = readConsent(consent);
  const [person] = await records.readMany('Patient', [patient]);
  const bodies = (await records.readMany('Organization', recipientIds)).map(readOrganization);
  return {
    consent,
    lead: person ? displayName(readPatient(person), 'ja') : '',
    bodies: new Map(bodies.map((body) => [body.id, body.name])),
  };
}
