import { Refused, type Issue } from '../kernel/problem.ts';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import type { Records } from '../fhir/records.ts';
import { formAgain, readForm, type FormState } from '../web/form.tsx';
import { html, seeOther, type Reply } from '../web/replies.ts';
import { areaNames, type AreaNames } from './areas.ts';
import { differences } from './differences.ts';
import { draftOf, entrySchema, providerOf } from './draft.ts';
import { readKeeper, type Keeper } from './keeper.ts';
import { formPage } from './pages/form.tsx';
import { findBodies } from './queries.ts';
import { addEntry, changeEntry, readKept, type Entry } from './service.ts';

export type Around = Readonly<{
  keeper: Keeper;
  areas: AreaNames;
  /** Groups to choose from; a group writes for itself. */
  bodies: readonly Readonly<{ id: string; name: string }>[] | undefined;
}>;

export async function readAround(records: Records): Promise<Around> {
  return {
    keeper: await readKeeper(records),
    areas: await areaNames(records),
    bodies: records.actor.role === 'resource' ? undefined : await findBodies(records),
  };
}

type How = Readonly<{
  entry?: Entry;
  overtaken?: ReturnType<typeof differences>;
}>;

/** The form as a page, empty, with an entry or with what was typed. */
export function drawForm(
  { view, newId }: Visit,
  around: Around,
  state: FormState,
  { entry, overtaken }: How = {},
) {
  return formPage({
    view,
    state,
    once: newId(),
    areas: withOwnAreas(around.areas, entry),
    bodies: entry ? undefined : around.bodies,
    provider: entry ? (entry.provider?.name ?? '') : around.keeper.name,
    entry: entry && { id: entry.resource.id, name: entry.resource.name, seen: entry.version },
    overtaken,
  });
}

/** An entry may name a municipality that nobody has registered here; it stays choosable by its code. */
const withOwnAreas = (areas: AreaNames, entry: Entry | undefined): AreaNames =>
  new Map([...areas, ...(entry?.resource.areas ?? []).map((c) => [c, areas.get(c) ?? c] as const)]);

const schemaFor = (around: Around, entry?: Entry) =>
  entrySchema({
    areas: [...withOwnAreas(around.areas, entry).keys()],
    bodies: entry ? undefined : around.bodies?.map((b) => b.id),
  });

/** Takes the form of a new entry. */
export async function addOne(open: SliceNeeds['open'], visit: Visit): Promise<Reply> {
  const { actor, req, once } = visit;
  const around = await open(actor, readAround);
  const filled = readForm(schemaFor(around), req.body);
  if (!filled.ok) return html(drawForm(visit, around, filled.state), 422);
  try {
    const provider = providerOf(filled.data, actor.organization);
    const id = await open(actor, (records) => addEntry(records, draftOf(filled.data), provider), { once });
    return seeOther(`/resources/${id}?said=saved`);
  } catch (error) {
    const issues = issuesIn(error);
    return html(drawForm(visit, around, formAgain(req.body, issues)), 422);
  }
}

/** What is wrong with the form itself; everything else is thrown on. */
function issuesIn(error: unknown): readonly Issue[] {
  if (error instanceof Refused && error.problem.kind === 'invalid') return error.problem.issues;
  throw error;
}

/** Takes the form of an entry that is there; when somebody else was faster, the form comes back with both. */
export async function changeOne(open: SliceNeeds['open'], visit: Visit): Promise<Reply> {
  const { actor, req, once } = visit;
  const id = idIn(req);
  const look = () =>
    open(actor, async (records) => ({
      entry: await readKept(records, id),
      around: await readAround(records),
    }));
  const { entry, around } = await look();
  const filled = readForm(schemaFor(around, entry), req.body);
  // The version the editor saw goes round with the form: a stale form stays stale, whatever else is wrong with it.
  const seen = field(req, 'seen') ?? '';
  if (!filled.ok)
    return html(drawForm(visit, around, filled.state, { entry: { ...entry, version: seen } }), 422);
  try {
    await open(actor, (records) => changeEntry(records, id, seen, draftOf(filled.data, entry.resource)), {
      once,
    });
    return seeOther(`/resources/${id}?said=saved`);
  } catch (error) {
    if (!(error instanceof Refused && error.problem.kind === 'conflict'))
      return html(
        drawForm(visit, around, formAgain(req.body, issuesIn(error)), { entry: { ...entry, version: seen } }),
        422,
      );
    const now = await look();
    const again = formAgain(req.body, []);
    const overtaken = differences(again.values, now.entry.resource, {
      t: visit.view.t,
      areas: now.around.areas,
    });
    return html(drawForm(visit, now.around, again, { entry: now.entry, overtaken }), 409);
  }
}
