import { Router, type Request } from 'express';
import { z } from 'zod';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, type Visit } from '../../access/visit.ts';
import { isId } from '../../fhir/references.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  choice,
  choices,
  emptyForm,
  formAgain,
  readForm,
  textField,
  tick,
  type FormState,
} from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { limitReasons, readPatient, readPost } from '../record.ts';
import { limitsAddress, limitsPage } from './limits-page.tsx';
import { lift, setLimits } from './limits.ts';
import { sealAddress, sealPage } from './seal-page.tsx';
import { readSeal, seal, unseal, whoCanBeNamed } from './seal.ts';
import { dangerText as text } from './text.ts';

const clinic = ['doctor', 'reception'] as const;
const both = ['doctor', 'reception', 'linkworker'] as const;

const limitsSchema = z.object({
  why: choice(limitReasons, text.whyMissing),
  how: textField({ max: 300, required: text.howMissing }),
});
const liftSchema = z.object({ sure: tick(text.liftUnsure) });
const unsealSchema = z.object({ sure: tick(text.liftUnsure) });

const said = new Map<string, Sentence>([
  ['set', text.saidSet],
  ['lifted', text.saidLifted],
  ['sealed', text.saidSealed],
  ['unsealed', text.saidUnsealed],
]);

/** Persons in danger: who must not be contacted at home, and whose address is sealed. */
export function dangerRoutes({ pages, open }: SliceNeeds): Router {
  const limits = async (visit: Visit, state: FormState, status: 200 | 409 | 422 = 200): Promise<Reply> => {
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

  const sealing = async (visit: Visit, state: FormState, status: 200 | 409 | 422 = 200): Promise<Reply> => {
    const { actor, req, newId } = visit;
    const shown = await open(actor, async (records) => {
      const patient = await records.read('Patient', idIn(req));
      const person = readPatient(patient);
      const keeps = person.clinic === actor.organization;
      if (!keeps && !person.sealed) throw notFound();
      return {
        person,
        keeps,
        seen: patient.meta.versionId,
        seal: await readSeal(records, patient),
        posts: person.sealed
          ? []
          : (await whoCanBeNamed(records, person.id)).filter((p) => p.id !== actor.post),
      };
    });
    return html(
      sealPage({ view: viewOf(visit), state, once: newId(), referral: referralIn(visit), ...shown }),
      status,
    );
  };

  /** Does it, or shows the same page again with what was wrong. */
  const attempt = async (
    visit: Visit,
    again: typeof limits,
    work: () => Promise<void>,
    then: string,
  ): Promise<Reply> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { problem } = error;
      if (problem.kind === 'invalid') return again(visit, formAgain(visit.req.body, problem.issues), 422);
      if (problem.kind === 'conflict')
        return again(visit, formAgain(visit.req.body, [{ path: '', says: problem.says }]), 409);
      throw error;
    }
    return seeOther(then);
  };
  const backTo = (visit: Visit, address: string, word: string): string => {
    const referral = referralIn(visit);
    return `${address}?said=${word}${referral === undefined ? '' : `&referral=${referral}`}`;
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
    )
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

const sealSchema = (posts: readonly string[]) =>
  z.object({
    named: choices(posts, text.namedTooFew),
    why: textField({ max: 300, required: text.sealWhyMissing }),
  });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idIn = (req: Request): string => {
  const { id } = req.params;
  if (!isId(id)) throw notFound();
  return id;
};
/** The referral from which a link worker came, so that there is a way back. */
function referralIn({ req }: Visit): string | undefined {
  const given = req.method === 'GET' ? req.query['referral'] : field(req, 'referral');
  return isId(given) ? given : undefined;
}
const viewOf = ({ view, req }: Visit): Visit['view'] => {
  const notice = req.method === 'GET' ? said.get(textOf(req.query['said'])) : undefined;
  return notice ? { ...view, notice } : view;
};
