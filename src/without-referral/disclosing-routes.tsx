import { Router, type Request } from 'express';
import { idIn, textOf } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import { isId } from '../fhir/references.ts';
import { Refused } from '../kernel/problem.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../web/form.tsx';
import { html, seeOther, type Reply } from '../web/replies.ts';
import { disclose, endDisclosure, readChoices, readDisclosure } from './disclose.ts';
import { disclosePage, disclosureCheckPage, disclosurePage } from './disclose-pages.tsx';
import { disclosureSchema, endSchema } from './form.ts';
import { text } from './text.ts';

/** Who may disclose without consent. */
const professionals = ['doctor', 'linkworker'] as const;
const readers = ['doctor', 'reception', 'linkworker'] as const;

/** A disclosure on a legal basis: put together, checked, recorded, ended. */
export function disclosingRoutes({ pages, open, now }: SliceNeeds): Router {
  const fill = async (visit: Visit, state: FormState, status: 200 | 422 = 200): Promise<Reply> => {
    const { actor, view, req } = visit;
    const search = textOf(req.query['q']).trim().slice(0, 60);
    const choices = await open(actor, (records) => readChoices(records, idIn(req), search, chosenIn(req)));
    return html(disclosePage({ view, state, choices, search, referral: referralIn(visit) }), status);
  };

  const show = async (visit: Visit, state: FormState, status: 200 | 409 | 422 = 200): Promise<Reply> => {
    const { actor, req, newId, view } = visit;
    const shown = await open(actor, (records) => readDisclosure(records, idIn(req)));
    const notice = { new: text.saidDisclosed, ended: text.saidEnded }[textOf(req.query['said'])];
    return html(
      disclosurePage({
        view: notice === undefined ? view : { ...view, notice },
        state,
        shown,
        referral: referralIn(visit),
        once: newId(),
      }),
      status,
    );
  };

  const checked = async (visit: Visit) => {
    const { actor, req } = visit;
    const choices = await open(actor, (records) => readChoices(records, idIn(req), '', chosenIn(req)));
    return { choices, form: readForm(disclosureSchema(now(), choices.items), req.body) };
  };

  return Router()
    .get(
      '/patients/:id/disclosures/new',
      pages.forRoles(professionals, (visit) => fill(visit, emptyForm())),
    )
    .post(
      '/patients/:id/disclosures/new',
      pages.forRoles(professionals, (visit) => fill(visit, formAgain(visit.req.body, []))),
    )
    .post(
      '/patients/:id/disclosures/check',
      pages.forRoles(professionals, async (visit) => {
        const { choices, form } = await checked(visit);
        if (!form.ok) return fill(visit, form.state, 422);
        const { view, newId } = visit;
        return html(
          disclosureCheckPage({
            view,
            choices,
            given: form.data,
            referral: referralIn(visit),
            once: newId(),
          }),
        );
      }),
    )
    .post(
      '/patients/:id/disclosures',
      pages.forRoles(professionals, async (visit) => {
        const { form } = await checked(visit);
        if (!form.ok) return fill(visit, form.state, 422);
        const { actor, req, once } = visit;
        try {
          const id = await open(actor, (records) => disclose(records, idIn(req), form.data), { once });
          return seeOther(afterwards(visit, id, 'new'));
        } catch (error) {
          if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
          return fill(visit, formAgain(req.body, error.problem.issues), 422);
        }
      }),
    )
    .get(
      '/disclosures/:id',
      pages.forRoles(readers, (visit) => show(visit, emptyForm())),
    )
    .post(
      '/disclosures/:id/end',
      pages.forRoles(readers, async (visit) => {
        const { actor, req, once } = visit;
        const form = readForm(endSchema, req.body);
        if (!form.ok) return show(visit, form.state, 422);
        const given = { reason: form.data.reason, seen: field(req, 'seen') ?? '' };
        await open(actor, (records) => endDisclosure(records, idIn(req), given), { once });
        return seeOther(afterwards(visit, idIn(req), 'ended'));
      }),
    );
}

const afterwards = (visit: Visit, id: string, word: string): string => {
  const referral = referralIn(visit);
  return `/disclosures/${id}?said=${word}${referral === undefined ? '' : `&referral=${referral}`}`;
};
const chosenIn = (req: Request): string[] => {
  const body: unknown = req.body;
  const given =
    typeof body === 'object' && body !== null ? [(body as Record<string, unknown>)['to']].flat() : [];
  return given.filter(isId);
};
function referralIn({ req }: Visit): string | undefined {
  const given = req.method === 'GET' ? req.query['referral'] : field(req, 'referral');
  return isId(given) ? given : undefined;
}
