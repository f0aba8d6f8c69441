import { Router, type Request } from 'express';
import { z } from 'zod';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import type { Visit } from '../access/visit.ts';
import { variantTag } from '../documents/variant.ts';
import type { Records } from '../fhir/records.ts';
import { isId } from '../fhir/references.ts';
import { notFound, Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { listedPatients } from '../people/queries.ts';
import { readSearch } from '../people/search.ts';
import type { Program } from '../programs/program.ts';
import { listedReferrals, tabs } from '../referral/queries.ts';
import { choices, emptyForm, optionalChoice, formAgain, readForm } from '../web/form.tsx';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { choosingPage, jobPage, jobsPage } from './pages.tsx';
import { formNames, mostPeople, printers, sheetNames } from './names.ts';
import { readOffer, type Offer } from './offer.ts';
import { fileOf, jobOf, leftOut, ownJobs, removeJob } from './queries.ts';
import { readChosen, startPrinting } from './service.ts';
import { text } from './text.ts';

/** `/prints`: sheets for many at once. What was made belongs to the account that asked for it. */
export function printRoutes({
  pages,
  open,
  programs,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  const choosing = async (
    visit: Visit,
    ids: readonly string[],
    state = emptyForm(),
    status = 200,
    trouble?: Sentence,
  ): Promise<Reply> => {
    const { view, actor, newId } = visit;
    const shown = await open(actor, async (records) => ({
      people: await readChosen(records, ids.slice(0, mostPeople)),
      ...(await readOffer(records, programs)),
    }));
    const variants = shown.variants.filter(({ tongue, furigana }) => furigana || tongue !== view.language);
    const isCut = ids.length > mostPeople;
    return html(
      choosingPage({ view, role: actor.role, ...shown, variants, isCut, state, trouble, once: newId() }),
      status,
    );
  };
  const show = async ({ view, actor, newId }: Visit, id: string, closed = false): Promise<Reply> => {
    const { job, names } = await open(actor, async (records) => {
      const found = await jobOf(records, id);
      if (!found) throw notFound();
      return { job: found, names: await leftOut(records, id) };
    });
    return html(jobPage({ view, job, leftOut: names, closed, newId }), closed ? 409 : 200);
  };

  return Router()
    .get(
      '/prints',
      pages.forRoles(printers, async ({ view, actor, req }) => {
        const jobs = await open(actor, ownJobs);
        const said = req.query['said'] === 'cancelled' ? { ...view, notice: text.saidCancelled } : view;
        return html(jobsPage({ view: said, role: actor.role, jobs }));
      }),
    )
    .get(
      '/prints/new',
      pages.forRoles(printers, async (visit) =>
        choosing(visit, await open(visit.actor, (records) => idsAsked(records, visit.req))),
      ),
    )
    .post(
      '/prints',
      pages.forRoles(printers, async (visit) => {
        const { actor, view, req, once } = visit;
        const read = readForm(
          PrintForm(await open(actor, (records) => readOffer(records, programs))),
          req.body,
        );
        const ids = idsIn((req.body as Record<string, unknown> | undefined)?.['ids']);
        if (!read.ok) return choosing(visit, ids, read.state, 422);
        const sheets = sheetNames.filter((name) => read.data.sheets.includes(name));
        const { language } = view;
        // Only forms are printed in one.
        const variant = formNames.some((name) => sheets.includes(name)) ? read.data.variant : undefined;
        try {
          const id = await open(
            actor,
            (records) => startPrinting(records, { ids, sheets, language, variant }),
            {
              once,
            },
          );
          return seeOther(`/prints/${id}`);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          const { problem } = error;
          const state = formAgain(req.body, problem.kind === 'invalid' ? problem.issues : []);
          if (problem.kind === 'conflict') return choosing(visit, ids, state, 409, problem.says);
          if (problem.kind === 'invalid') return choosing(visit, ids, state, 422);
          throw error;
        }
      }),
    )
    .get(
      '/prints/:id',
      pages.forRoles(printers, (visit) => show(visit, idIn(visit.req))),
    )
    .post(
      '/prints/:id/remove',
      pages.forRoles(printers, async ({ actor, req, once }) => {
        await open(actor, (records) => removeJob(records, idIn(req)), { once });
        return seeOther('/prints?said=cancelled');
      }),
    )
    .get(
      '/prints/:id/sheets.pdf',
      pages.forRoles(printers, async (visit) => {
        const id = idIn(visit.req);
        const { job, content } = await open(visit.actor, async (records) => ({
          job: await jobOf(records, id),
          content: await fileOf(records, id),
        }));
        if (content === 'closed') return show(visit, id, true);
        if (!job || !content) throw notFound();
        const name = `${visit.view.t(text.fileName(job.people))}.pdf`;
        return file(content, 'application/pdf', name, { inline: true });
      }),
    );
}

const PrintForm = ({ offered, variants }: Offer) =>
  z.object({
    sheets: choices(offered, text.sheetsMissing),
    variant: optionalChoice(variants.map(variantTag)),
  });

/** Ticked lines of a list, or all that the list shows. */
async function idsAsked(records: Records, req: Request): Promise<string[]> {
  if (req.query['all'] === undefined) return idsIn(req.query['one']);
  const most = mostPeople + 1;
  if (records.actor.role === 'linkworker')
    return listedReferrals(records, tabs.find((one) => one === req.query['tab']) ?? 'new', most);
  const typed = typeof req.query['q'] === 'string' ? req.query['q'].trim().slice(0, 100) : '';
  return listedPatients(records, readSearch(typed), most);
}

/** Ids in words or repeated, each once; what is none is passed over. */
const idsIn = (given: unknown): string[] => [
  ...new Set(
    (Array.isArray(given) ? given : [given])
      .flatMap((one) => (typeof one === 'string' ? one.split(' ') : []))
      .filter(isId),
  ),
];
