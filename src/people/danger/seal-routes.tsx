import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field } from '../../access/visit.ts';
import { notFound } from '../../kernel/problem.ts';
import { choices, emptyForm, readForm, textField, tick } from '../../web/form.tsx';
import { html } from '../../web/replies.ts';
import { whereaboutsSchema } from '../form.ts';
import { readTowns } from '../queries.ts';
import { readPatient } from '../record.ts';
import { attempt, backTo, both, clinic, referralIn, viewOf, type Show } from './asked.ts';
import { sealAddress, sealPage } from './seal-page.tsx';
import { correct, readSeal, seal, unseal, whoCanBeNamed } from './seal.ts';
import { dangerText as text } from './text.ts';

const sealSchema = (posts: readonly string[]) =>
  z.object({
    named: choices(posts, text.namedTooFew),
    why: textField({ max: 300, required: text.sealWhyMissing }),
  });
const unsealSchema = z.object({ sure: tick(text.liftUnsure) });

/** Whose address is sealed. */
export function sealRoutes({ pages, open }: SliceNeeds): Router {
  const sealing: Show = async (visit, state, status = 200) => {
    const { actor, req, newId } = visit;
    const shown = await open(actor, async (records) => {
      const patient = await records.read('Patient', idIn(req));
      const person = readPatient(patient);
      const keeps = person.clinic === actor.organization;
      if (!keeps && !person.sealed) throw notFound();
      const found = await readSeal(records, patient);
      return {
        person,
        keeps,
        seen: patient.meta.versionId,
        seal: found,
        posts: person.sealed
          ? []
          : (await whoCanBeNamed(records, person.id)).filter((p) => p.id !== actor.post),
        towns: keeps && found?.open !== undefined ? await readTowns(records) : [],
      };
    });
    return html(
      sealPage({ view: viewOf(visit), state, newId, referral: referralIn(visit), ...shown }),
      status,
    );
  };

  return Router()
    .get(
      '/patients/:id/seal',
      pages.forRoles(both, (visit) => sealing(visit, emptyForm())),
    )
    .post(
      '/patients/:id/seal',
      pages.forRoles(clinic, async (visit) => {
        const { actor, req, once } = visit;
        const posts = await open(actor, (records) => whoCanBeNamed(records, idIn(req)));
        const form = readForm(sealSchema(posts.map((post) => post.id)), req.body);
        if (!form.ok) return sealing(visit, form.state, 422);
        const given = { ...form.data, seen: field(req, 'seen') ?? '' };
        return attempt(
          visit,
          sealing,
          () => open(actor, (records) => seal(records, idIn(req), given), { once }),
          backTo(visit, sealAddress(idIn(req)), 'sealed'),
        );
      }),
    )
    .post(
      '/patients/:id/seal/correct',
      pages.forRoles(clinic, async (visit) => {
        const { actor, req, once } = visit;
        const towns = await open(actor, readTowns);
        const form = readForm(whereaboutsSchema(towns), req.body);
        if (!form.ok) return sealing(visit, form.state, 422);
        const seen = field(req, 'revision') ?? '';
        const given = { where: form.data, revision: /^\d{1,6}$/.test(seen) ? Number(seen) : 0 };
        return attempt(
          visit,
          sealing,
          () => open(actor, (records) => correct(records, idIn(req), given), { once }),
          backTo(visit, sealAddress(idIn(req)), 'corrected'),
        );
      }),
    )
    .post(
      '/patients/:id/seal/end',
      pages.forRoles(clinic, async (visit) => {
        const { actor, req, once } = visit;
        const form = readForm(unsealSchema, req.body);
        if (!form.ok) return sealing(visit, form.state, 422);
        return attempt(
          visit,
          sealing,
          () => open(actor, (records) => unseal(records, idIn(req), field(req, 'seen') ?? ''), { once }),
          backTo(visit, sealAddress(idIn(req)), 'unsealed'),
        );
      }),
    );
}
