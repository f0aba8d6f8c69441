import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound, Refused, type Issue } from '../../kernel/problem.ts';
import { readTowns } from '../../people/queries.ts';
import { readOrganization, type ReadBody } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { chosenProgram } from '../../programs/record.ts';
import { takingPaper } from '../../referral/request-sheet/read.ts';
import { emptyForm, formAgain, readForm, typedIn, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { readPage, type ScanPage } from '../queries.ts';
import { codedSheets } from './coded.ts';
import { askedSchema, personSchema, type AskedForm, type Whom } from './form.ts';
import { knownById, knownLike, knownPersons } from './known.ts';
import { receivedPage } from './page.tsx';
import { registerReceived } from './register.ts';

const office = ['linkworker'] as const;

type Around = Readonly<{
  page: ScanPage;
  program: Program;
  clinics: readonly ReadBody[];
  towns: readonly ReadBody[];
  came: string;
}>;

/** `/scans/pages/:id/referral`: a referral that came by fax, entered by the office that received it. */
export function receivedRoutes(needs: ScanNeeds): Router {
  const { pages, open, programs, now, publicUrl } = needs;

  const around = async (records: Records, visit: Visit): Promise<Around> => {
    const page = await readPage(records, idIn(visit.req));
    if (!page) throw notFound();
    const taking = await takingPaper(records, programs);
    if (taking.length === 0) throw notFound();
    const [coded] = await codedSheets(records, page.sheet === null ? [] : [page.sheet]);
    const asked = field(visit.req, 'program') ?? asText(visit.req.query['program']);
    const usual = taking.some((one) => one.id === coded?.program) ? coded?.program : undefined;
    return {
      page,
      program: chosenProgram(taking, asked ?? usual),
      clinics: await clinicsIn(records),
      towns: await readTowns(records),
      came: dayInTokyo(page.at),
    };
  };

  const show = async (visit: Visit, state: FormState, status = 200): Promise<Reply> => {
    const { query } = visit.req;
    const shown = await open(visit.actor, async (records) => {
      const found = await around(records, visit);
      const { page, program } = found;
      const as = typedIn(state, 'as');
      const byHand = as === 'typed' || (as === '' && query['by'] === 'hand');
      const [coded] = byHand || page.sheet === null ? [] : await codedSheets(records, [page.sheet]);
      const person = typedIn(state, 'person') || asText(query['person']);
      const chosen = as === 'typed' ? undefined : await knownById(records, person, program);
      const typed = (asText(query['q']) ?? '').slice(0, 100);
      const mayBe = state.issues.some(({ path }) => path === 'known') || typedIn(state, 'known') !== '';
      const who = readForm(personSchema({ ...found, today: today() }), state.values);
      return {
        ...found,
        coded: coded?.program === program.id ? coded : undefined,
        chosen,
        typed,
        found: typed === '' ? undefined : await knownLike(records, typed, program),
        known: mayBe ? await knownPersons(records, who.ok ? who.data : typedWho(state), program) : [],
      };
    });
    if (shown.page.state !== 'tray') return seeOther('/scans?said=gone');
    // A blank sheet says which clinic printed it.
    const filled =
      shown.coded === undefined || typedIn(state, 'clinic') !== ''
        ? state
        : { ...state, values: { ...state.values, clinic: shown.coded.clinic } };
    return html(receivedPage({ view: visit.view, once: visit.newId(), ...shown, state: filled }), status);
  };
  const today = (): string => dayInTokyo(now());

  return Router()
    .get(
      '/scans/pages/:id/referral',
      pages.forRoles(office, async (visit) =>
        show(
          visit,
          await visit.filled(emptyForm({ urgency: 'routine', sex: 'unknown', 'birthDate-era': 'showa' })),
        ),
      ),
    )
    .post(
      '/scans/pages/:id/referral',
      pages.forRoles(office, async (visit) => {
        const { actor, req, once } = visit;
        const found = await open(actor, (records) => around(records, visit));
        const read = readReceived(visit, found, today());
        if ('issues' in read) return show(visit, formAgain(req.body, read.issues), 422);
        try {
          const { page, program, towns } = found;
          const given = { page: page.id, program, towns, publicUrl, ...read };
          const { task } = await open(actor, (records) => registerReceived(records, given), { once });
          return seeOther(`/referrals/${task}?said=received`);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          if (error.problem.kind === 'invalid')
            return show(visit, formAgain(req.body, error.problem.issues), 422);
          if (error.problem.kind === 'conflict') return seeOther('/scans?said=gone');
          throw error;
        }
      }),
    );
}

/** The form as it was sent, or everything that is wrong with it. */
function readReceived(
  { req }: Visit,
  found: Around,
  today: string,
): Readonly<{ whom: Whom; asked: AskedForm }> | Readonly<{ issues: readonly Issue[] }> {
  const asked = readForm(askedSchema({ today, came: found.came, program: found.program }), req.body);
  const as = field(req, 'as');
  if (as === 'coded' || as === 'known') {
    if (!asked.ok) return { issues: asked.state.issues };
    const whom: Whom = as === 'coded' ? { as } : { as, id: field(req, 'person') ?? '' };
    return { whom, asked: asked.data };
  }
  const person = readForm(personSchema({ ...found, today }), req.body);
  if (person.ok && asked.ok) return { whom: { as: 'typed', person: person.data }, asked: asked.data };
  return {
    issues: [...(person.ok ? [] : person.state.issues), ...(asked.ok ? [] : asked.state.issues)],
  };
}

/** Who was typed, while something else is still wrong with the form. */
const typedWho = ({ values }: FormState) => {
  const of = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
  const clinic = of('clinic');
  return {
    clinic: isId(clinic) ? clinic : '00000000-0000-0000-0000-000000000000',
    familyKana: of('familyKana'),
    givenKana: of('givenKana'),
    birthDate: of('birthDate'),
  };
};

const clinicsIn = async (records: Records): Promise<ReadBody[]> =>
  (await records.find('Organization', [['type', 'clinic']], 2000))
    .map(readOrganization)
    .filter((one) => one.active)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ja'));

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
