import { Router } from 'express';
import { z } from 'zod';
import { resourceSheet } from '../documents/resource-sheet.ts';
import type { Role } from '../kernel/actor.ts';
import { Refused } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { choice, emptyForm, readForm, typedIn } from '../web/form.tsx';
import { file, html, seeOther } from '../web/replies.ts';
import type { View } from '../web/view.ts';
import { areaNames } from './areas.ts';
import { blank, valuesOf } from './draft.ts';
import { addOne, changeOne, drawForm, readAround } from './editing.tsx';
import { keeperRoles, keeps, keepsEntries, readKeeper } from './keeper.ts';
import { entryPage } from './pages/entry.tsx';
import { listPage } from './pages/list.tsx';
import { countOld, findEntries } from './queries.ts';
import { capacities } from './record.ts';
import { caseAskHref, caseSearchHref, readSearch } from './search.ts';
import { resourceData } from './sheet.ts';
import { assureEntry, changeCapacity, readEntry, readKept } from './service.ts';
import { text } from './text.ts';

/** Who looks at the directory: everybody who works with persons, and the groups. */
const readers: readonly Role[] = [
  'doctor',
  'reception',
  'linkworker',
  'neighbour',
  'coordinator',
  'resource',
];

/** The directory of community resources: search, one entry, and its upkeep by those who keep it. */
export function directoryRoutes({ open, pages, publicUrl }: SliceNeeds): Router {
  return Router()
    .get(
      '/resources',
      pages.forRoles(readers, async ({ actor, view, req }) => {
        const search = readSearch(req.query);
        const found = await open(actor, async (records) => {
          const keeper = await readKeeper(records);
          const local = keeper.role === 'coordinator' || keeper.role === 'linkworker';
          return {
            keeper,
            lines: await findEntries(records, keeper, search),
            areas: await areaNames(records),
            old: local ? await countOld(records, keeper) : undefined,
          };
        });
        return html(listPage({ view, search, mayAdd: keepsEntries(actor.role), ...found }));
      }),
    )
    .get(
      '/resources/new',
      pages.forRoles(keeperRoles, async (visit) => {
        const around = await open(visit.actor, readAround);
        const { role, area } = around.keeper;
        const areas = role === 'resource' ? [] : area.filter((code) => around.areas.has(code));
        const state = emptyForm({ ...blank, reach: areas.length > 0 ? 'these' : '', areas });
        return html(drawForm(visit, around, await visit.filled(state)));
      }),
    )
    .post(
      '/resources',
      pages.forRoles(keeperRoles, (visit) => addOne(open, visit)),
    )
    .get(
      '/resources/:id',
      pages.forRoles(readers, async ({ actor, view, req, newId }) => {
        const found = await open(actor, async (records) => {
          const entry = await readEntry(records, idIn(req));
          const keeper = await readKeeper(records);
          return { entry, kept: keeps(keeper, entry.resource), areas: await areaNames(records) };
        });
        const search = caseSearchHref(req.query);
        const ask = found.entry.resource.active ? caseAskHref(req.query, found.entry.resource.id) : undefined;
        return html(entryPage({ view: withSaid(view, req.query['said']), newId, search, ask, ...found }));
      }),
    )
    .get(
      '/resources/:id/sheet.pdf',
      pages.forRoles(readers, async ({ actor, view, req }) => {
        const { language } = view;
        const data = await open(actor, (records) =>
          resourceData(records, { id: idIn(req), language, publicUrl }),
        );
        return file(await resourceSheet(data), 'application/pdf', `${data.name}.pdf`, { inline: true });
      }),
    )
    .get(
      '/resources/:id/edit',
      pages.forRoles(keeperRoles, async (visit) => {
        const { entry, around } = await open(visit.actor, async (records) => ({
          entry: await readKept(records, idIn(visit.req)),
          around: await readAround(records),
        }));
        const state = await visit.filled(emptyForm({ ...valuesOf(entry.resource), seen: entry.version }));
        // What was typed against an older version must not overwrite what somebody else wrote since.
        const seen = { ...entry, version: typedIn(state, 'seen') };
        return html(drawForm(visit, around, state, { entry: seen }));
      }),
    )
    .post(
      '/resources/:id',
      pages.forRoles(keeperRoles, (visit) => changeOne(open, visit)),
    )
    .post(
      '/resources/:id/assure',
      pages.forRoles(keeperRoles, async ({ actor, req, once }) => {
        const id = idIn(req);
        await open(actor, (records) => assureEntry(records, id), { once });
        return seeOther(`/resources/${id}?said=assured`);
      }),
    )
    .post(
      '/resources/:id/capacity',
      pages.forRoles(keeperRoles, async ({ actor, req, once }) => {
        const id = idIn(req);
        const chosen = readForm(z.object({ capacity: choice(capacities) }), req.body);
        if (!chosen.ok) throw new Refused({ kind: 'invalid', issues: chosen.state.issues });
        await open(actor, (records) => changeCapacity(records, id, chosen.data.capacity), { once });
        return seeOther(`/resources/${id}?said=capacity`);
      }),
    );
}

const said: Readonly<Record<string, Sentence>> = {
  saved: text.saidSaved,
  assured: text.saidAssured,
  capacity: text.saidCapacity,
};

const withSaid = (view: View, word: unknown): View => {
  const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
  return notice === undefined ? view : { ...view, notice };
};
