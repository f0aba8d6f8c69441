import { Router } from 'express';
import type { Actor } from '../kernel/actor.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { notFound, Refused, type Issue } from '../kernel/problem.ts';
import { isId } from '../fhir/references.ts';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import type { Program } from '../programs/program.ts';
import { emptyForm, formAgain, type FormState } from '../web/form.tsx';
import { html, seeOther, type Reply } from '../web/replies.ts';
import { displayName } from '../people/record.ts';
import { checkPage, sentConfirmation } from './check-page.tsx';
import { programOf } from './deadlines.ts';
import { readCase } from './case.ts';
import { elsewhere, firstValues, isLessUrgent, officeOf, readSendForm, type SendForm } from './send-form.ts';
import { sendAddress, sendPage } from './send-pages.tsx';
import { sendText as text } from './send-text.ts';
import { send } from './send.ts';
import { consentFor, readChoices, type SendingChoices } from './sending.ts';

export type ReferralNeeds = SliceNeeds & Readonly<{ programs: readonly Program[] }>;

const clinic = ['doctor', 'reception'] as const;

/** A clinic sends: the form, the page to check it on, the sending, and what happens next. */
export function sendRoutes({ pages, open, programs }: ReferralNeeds): Router {
  const choicesFor = (actor: Actor, id: unknown): Promise<SendingChoices> => {
    if (!isId(id)) throw notFound();
    return open(actor, (records) => readChoices(records, programs, id));
  };
  const base = '/patients/:id/referrals';

  return Router()
    .get(
      `${base}/new`,
      pages.forRoles(clinic, async (visit) => {
        const choices = await choicesFor(visit.actor, visit.req.params['id']);
        return formFor(
          visit,
          choices,
          await visit.filled(emptyForm(firstValues(choices, visit.view.language))),
        );
      }),
    )
    .post(
      `${base}/check`,
      pages.forRoles(clinic, async (visit) => {
        const choices = await choicesFor(visit.actor, visit.req.params['id']);
        const read = readSendForm(choices, visit.req.body);
        if (!read.ok) return formFor(visit, choices, read.state);
        await visit.keep(sendAddress(choices.patient.id, '/new'));
        return seeOther(sendAddress(choices.patient.id, '/check'));
      }),
    )
    .get(
      `${base}/check`,
      pages.forRoles(clinic, async (visit) => {
        const choices = await choicesFor(visit.actor, visit.req.params['id']);
        const page = sendAddress(choices.patient.id, '/new');
        const { values } = await visit.filled(emptyForm(), page);
        const read = readSendForm(choices, values);
        // Nothing to check: it was sent, or what could be chosen has changed meanwhile.
        if (!read.ok) return seeOther(page);
        return check(visit, choices, read.data);
      }),
    )
    .post(
      base,
      pages.forRoles(clinic, async (visit) => {
        const { actor, req, once } = visit;
        const choices = await choicesFor(actor, req.params['id']);
        const read = readSendForm(choices, req.body);
        if (!read.ok) return formFor(visit, choices, read.state);
        if (isLessUrgent(choices, read.data) && field(req, 'meant') === undefined)
          return check(visit, choices, read.data, [{ path: 'meant', says: text.lessUrgentMissing }]);
        try {
          const sent = await open(
            actor,
            (records) => send(records, choices.program, sendingOf(choices, read.data, records.now)),
            { once },
          );
          return seeOther(`/referrals/${sent.task}/sent`);
        } catch (error) {
          if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
          return formFor(visit, choices, formAgain(req.body, error.problem.issues));
        }
      }),
    )
    .get(
      '/referrals/:id/sent',
      pages.forRoles(clinic, async ({ actor, view, req }) => {
        const id = idIn(req);
        const { referral, person, receiver, asked } = await open(actor, (records) =>
          readCase(records, programs, id),
        );
        if (!person) throw notFound();
        return html(
          sentConfirmation({
            view,
            referral,
            name: displayName(person, view.language),
            office: receiver?.name ?? '',
            deadlines: programOf(programs, asked?.program).deadlines,
          }),
        );
      }),
    );
}

/** Everything once more before it goes; 422 when something on this page is missing. */
const check = (
  { view, newId }: Visit,
  choices: SendingChoices,
  form: SendForm,
  issues: readonly Issue[] = [],
): Reply =>
  html(
    checkPage({
      view: { ...view, path: sendAddress(choices.patient.id, '/new') },
      choices,
      form,
      state: { ...emptyForm(), issues },
      once: newId(),
    }),
    issues.length > 0 ? 422 : 200,
  );

const formFor = (visit: Visit, choices: SendingChoices, state: FormState): Reply =>
  html(sendPage({ view: visit.view, choices, state }), state.issues.length > 0 ? 422 : 200);

function sendingOf(choices: SendingChoices, form: SendForm, now: Date) {
  const to = officeOf(form);
  const consent = consentFor(choices, to, form.note !== undefined, dayInTokyo(now));
  return {
    patient: choices.patient.id,
    to,
    urgency: form.urgency,
    reason: form.reason,
    note: form.note,
    outside: form.office === elsewhere ? form.outside_reason : undefined,
    conditions: form.needs,
    consent: consent?.id ?? '',
    answers: choices.answers?.id,
  };
}
