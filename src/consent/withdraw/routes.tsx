import { Router, type Request } from 'express';
import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import type { Consent } from '@medplum/fhirtypes';
import { Refused } from '../../kernel/problem.ts';
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
      scopePage({ view, state, lead, base: `/consents/${id}/withdraw`, back, given, bodies }),
      status,
    );
  };

  const check = async (
    visit: Visit,
    scope: Scope,
    state: FormState,
    status: 200 | 409 | 422,
  ): Promise<Reply> => {
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
        const id = idIn(req);
        const chosen = Object.fromEntries(typedFields(field(req, 'chosen') ?? ''));
        const unsaid = (read: Extract<ReturnType<typeof readScope>, { issues: unknown }>) =>
          first(visit, { values: {}, issues: read.issues }, 422);
        const form = readForm(withdrawalSchema, req.body);
        if (!form.ok) {
          const read = await scopeIn(visit, chosen);
          if (!('scope' in read)) return unsaid(read);
          return check(visit, read.scope, formAgain(req.body, form.state.issues), 422);
        }
        const { why, note } = form.data;
        const reason = [view.t(withdrawalNames[why]), note].filter(Boolean).join(': ');
        try {
          // Read within: whoever loses sight by it finds nothing to read with a second press.
          const read = await open(
            actor,
            async (records) => {
              const found = readScope(chosen, readConsent(await records.read('Consent', id)));
              if (!('scope' in found)) return found;
              const { whole, ...parts } = found.scope;
              const seen = field(req, 'seen') ?? '';
              await takeBack(records, id, { reason, seen, ...(whole ? {} : { parts }) });
              return found;
            },
            { once },
          );
          if (!('scope' in read)) return await unsaid(read);
        } catch (error) {
          if (!(error instanceof Refused) || error.problem.kind !== 'conflict') throw error;
          // Somebody else did it, or a part of it, at the same time.
          if ((await consentOf(visit)).status !== 'active') return seeOther(`/consents/${id}?said=already`);
          const read = await scopeIn(visit, chosen);
          if (!('scope' in read)) return unsaid(read);
          return check(visit, read.scope, formAgain(req.body, [{ path: '', says: error.problem.says }]), 409);
        }
        // Whom it had opened to does not see it any more: a notice waits on their start page.
        return actor.role === 'doctor' || actor.role === 'reception'
          ? seeOther(`/consents/${id}?said=withdrawn`)
          : seeOther('/inbox');
      }),
    );
}

/** The choice as an address carries it, to be changed. */
export const chosenBefore = (query: Request['query']): FormState =>
  formAgain(
    Object.fromEntries(
      ['scope', 'recipient', 'item'].flatMap((name) =>
        query[name] === undefined ? [] : [[name, query[name]]],
      ),
    ),
    [],
  );

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
