import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field } from '../../access/visit.ts';
import { choice, emptyForm, readForm, textField, tick } from '../../web/form.tsx';
import { html } from '../../web/replies.ts';
import { limitReasons, readPatient, readPost } from '../record.ts';
import { attempt, backTo, both, referralIn, viewOf, type Show } from './asked.ts';
import { limitsAddress, limitsPage } from './limits-page.tsx';
import { lift, setLimits } from './limits.ts';
import { dangerText as text } from './text.ts';

const limitsSchema = z.object({
  why: choice(limitReasons, text.whyMissing),
  how: textField({ max: 300, required: text.howMissing }),
});
const liftSchema = z.object({ sure: tick(text.liftUnsure) });

/** Who must not be contacted at home. */
export function limitsRoutes({ pages, open }: SliceNeeds): Router {
  const limits: Show = async (visit, state, status = 200) => {
    const { actor, req, newId } = visit;
    const shown = await open(actor, async (records) => {
      const patient = await records.read('Patient', idIn(req));
      const person = readPatient(patient);
      const by = person.limits?.by;
      const [post] = await records.readMany('PractitionerRole', by === undefined ? [] : [by]);
      return { person, seen: patient.meta.versionId, by: post && readPost(post).name };
    });
    return html(
      limitsPage({ view: viewOf(visit), state, newId, referral: referralIn(visit), ...shown }),
      status,
    );
  };

  return Router()
    .get(
      '/patients/:id/contact-limits',
      pages.forRoles(both, (visit) => limits(visit, emptyForm())),
    )
    .post(
      '/patients/:id/contact-limits',
      pages.forRoles(both, async (visit) => {
        const { actor, req, once } = visit;
        const form = readForm(limitsSchema, req.body);
        if (!form.ok) return limits(visit, form.state, 422);
        const given = { ...form.data, seen: field(req, 'seen') ?? '' };
        return attempt(
          visit,
          limits,
          () => open(actor, (records) => setLimits(records, idIn(req), given), { once }),
          backTo(visit, limitsAddress(idIn(req)), 'set'),
        );
      }),
    )
    .post(
      '/patients/:id/contact-limits/lift',
      pages.forRoles(both, async (visit) => {
        const { actor, req, once } = visit;
        const form = readForm(liftSchema, req.body);
        if (!form.ok) return limits(visit, form.state, 422);
        return attempt(
          visit,
          limits,
          () => open(actor, (records) => lift(records, idIn(req), field(req, 'seen') ?? ''), { once }),
          backTo(visit, limitsAddress(idIn(req)), 'lifted'),
        );
      }),
    );
}
