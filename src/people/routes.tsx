import { Router, type Request } from 'express';
import type { JSX } from 'preact';
import { idIn, textOf } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import type { Records } from '../fhir/records.ts';
import { Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { emptyForm, formAgain, readForm, typedIn } from '../web/form.tsx';
import { html, seeOther, type Reply } from '../web/replies.ts';
import type { View } from '../web/view.ts';
import { readSeal, type ShownSeal } from './danger/seal.ts';
import { differences } from './differences.ts';
import { registrationSchema, valuesOf } from './form.ts';
import { registrationPage } from './form-page.tsx';
import { hubPage } from './hub-page.tsx';
import { knownPage } from './known-page.tsx';
import { listPage, type BlankSheet } from './list-page.tsx';
import type { PersonPart, PersonShown } from './part.ts';
import { patientLines, personsLike, readTowns } from './queries.ts';
import { displayName, readCoverage, readPatient, type ReadBody, type ReadPatient } from './record.ts';
import { readSearch } from './search.ts';
import { amend, PossiblyKnown, readKept, register } from './service.ts';
import { text } from './text.ts';

const staff = ['doctor', 'reception'] as const;
/** What the address a page leads back to may ask to be said. */
const said = new Map<string, Sentence>([
  ['registered', text.saidRegistered],
  ['changed', text.saidChanged],
  ['consented', text.saidConsented],
]);

export type PeopleNeeds = SliceNeeds &
  Readonly<{
    /** What other slices put on a person's page, in the order of the steps. */
    parts: readonly PersonPart[];
    /** What stands above the list of patients; nothing when there is nothing new. */
    news?: (records: Records) => Promise<(view: View) => JSX.Element>;
    /** Blank sheets that are for anybody, beside the list. */
    sheets?: (records: Records) => Promise<readonly BlankSheet[]>;
  }>;

/** The clinic's patients: the list, registering, changing, and each person's page. */
export function peopleRoutes(needs: PeopleNeeds): Router {
  const { pages, open, now } = needs;
  const read = (req: Request, towns: readonly ReadBody[], sealed = false) =>
    readForm(registrationSchema(now(), towns, sealed), req.body);

  const registerNow = async (visit: Visit, towns: readonly ReadBody[]): Promise<Reply> => {
    const { actor, view, req, once, newId } = visit;
    const form = read(req, towns);
    if (!form.ok) return html(registrationPage({ view, state: form.state, towns, once: newId() }), 422);
    const confirmed = field(req, 'confirmed') === '1';
    try {
      const id = await open(actor, (records) => register(records, form.data, confirmed), { once });
      return seeOther(`/patients/${id}?said=registered`);
    } catch (error) {
      if (!(error instanceof PossiblyKnown)) throw error;
      await visit.keep(`/patients/new${formOf(view.path)}`);
      return seeOther(`/patients/known${formOf(view.path)}`);
    }
  };

  const showKnown = async (visit: Visit): Promise<Reply> => {
    const { actor, req, newId } = visit;
    const page = `/patients/new${formOf(req.originalUrl)}`;
    const view = { ...visit.view, path: page };
    const { values } = await visit.filled(emptyForm(), page);
    const towns = await open(actor, readTowns);
    const form = readForm(registrationSchema(now(), towns), values);
    if (!form.ok) return seeOther(page);
    const { familyKana, givenKana, birthDate } = form.data.person;
    const like = { kana: `${familyKana} ${givenKana}`, birthDate };
    const known = await open(actor, (records) => personsLike(records, like));
    return html(knownPage({ view, known, typed: form.data, values, once: newId() }));
  };

  const amendNow = async (visit: Visit, id: string, towns: readonly ReadBody[]): Promise<Reply> => {
    const { actor, view, req, once, newId } = visit;
    const kept = await open(actor, (records) => readKept(records, id));
    const { sealed, ...was } = readPatient(kept.patient);
    const name = displayName(was, view.language);
    const seen = field(req, 'seen') ?? '';
    const form = read(req, towns, sealed);
    const again = { view, towns, once: newId() };
    if (!form.ok)
      return html(registrationPage({ ...again, state: form.state, kept: { id, name, seen, sealed } }), 422);
    try {
      await open(actor, (records) => amend(records, id, form.data, seen).then(() => null), { once });
      return seeOther(`/patients/${id}?said=changed`);
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.kind !== 'conflict') throw error;
      const stored = await open(actor, (records) => readKept(records, id));
      return html(
        registrationPage({
          ...again,
          state: formAgain(req.body, []),
          kept: { id, name, seen: stored.seen, sealed },
          overtaken: differences(view, stored, form.data),
        }),
        409,
      );
    }
  };

  return Router()
    .get(
      '/patients',
      pages.forRoles(staff, async ({ actor, view, req, newId }) => {
        const typed = textOf(req.query['q']).trim().slice(0, 100);
        const page = Math.min(Math.max(Math.trunc(Number(req.query['page'])) || 1, 1), 1000);
        const { lines, news, sheets } = await open(actor, async (records) => ({
          lines: await patientLines(records, readSearch(typed), page),
          news: await needs.news?.(records),
          sheets: (await needs.sheets?.(records)) ?? [],
        }));
        return html(listPage({ view, lines, typed, page, newId, sheets, news: news?.(view) }));
      }),
    )
    .get(
      '/patients/new',
      pages.forRoles(staff, async ({ actor, view, newId, filled }) => {
        const towns = await open(actor, readTowns);
        return html(registrationPage({ view, state: await filled(emptyForm()), towns, once: newId() }));
      }),
    )
    .get('/patients/known', pages.forRoles(staff, showKnown))
    .post(
      '/patients',
      pages.forRoles(staff, async (visit) => registerNow(visit, await open(visit.actor, readTowns))),
    )
    .get(
      '/patients/:id',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const shown = await open(actor, (records) => readHub(records, idIn(req), needs.parts));
        const notice = said.get(textOf(req.query['said']));
        return html(hubPage({ view: notice ? { ...view, notice } : view, ...shown }));
      }),
    )
    .get(
      '/patients/:id/edit',
      pages.forRoles(staff, async ({ actor, view, req, newId, filled }) => {
        const { kept, towns } = await open(actor, async (records) => ({
          kept: await readKept(records, idIn(req)),
          towns: await readTowns(records),
        }));
        const person = readPatient(kept.patient);
        const insurance = kept.coverage && readCoverage(kept.coverage);
        const state = await filled(emptyForm({ ...valuesOf(person, insurance), seen: kept.seen }));
        return html(
          registrationPage({
            view,
            state,
            towns,
            once: newId(),
            // What was typed against an older version must not overwrite what somebody else wrote since.
            kept: {
              id: person.id,
              name: displayName(person, view.language),
              seen: typedIn(state, 'seen'),
              sealed: person.sealed,
            },
          }),
        );
      }),
    )
    .post(
      '/patients/:id/edit',
      pages.forRoles(staff, async (visit) =>
        amendNow(visit, idIn(visit.req), await open(visit.actor, readTowns)),
      ),
    );
}

/** `?form=…`: each person registered has a form of their own, so that nobody's is filled with somebody else's. */
const formOf = (address: string): string => {
  const form = new URLSearchParams(address.split('?')[1]).get('form');
  return form === null ? '' : `?form=${encodeURIComponent(form)}`;
};

async function readHub(
  records: Records,
  id: string,
  given: readonly PersonPart[],
): Promise<{
  person: ReadPatient;
  insurance: ReturnType<typeof readCoverage> | undefined;
  seal: ShownSeal | undefined;
  parts: PersonShown[];
}> {
  const kept = await readKept(records, id);
  const person = readPatient(kept.patient);
  const parts: PersonShown[] = [];
  for (const part of given) parts.push(await part(records, person));
  const seal = await readSeal(records, kept.patient);
  return { person, insurance: kept.coverage && readCoverage(kept.coverage), seal, parts };
}
