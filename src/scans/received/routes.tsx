import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import { readTowns } from '../../people/queries.ts';
import { readOrganization, type ReadBody } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { chosenProgram, ownPrograms } from '../../programs/record.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { readPage } from '../queries.ts';
import { receivedSchema } from './form.ts';
import { receivedPage } from './page.tsx';
import { knownPersons, registerReceived } from './register.ts';
import { printBlank, readBlank } from './sheet.ts';
import { text } from './text.ts';

const office = ['linkworker'] as const;

/** `/scans/pages/:id/referral`: a referral that came by fax, entered by the office that received it. */
export function receivedRoutes(needs: ScanNeeds): Router {
  const { pages, open, programs, now, publicUrl } = needs;

  const around = async (records: Records, visit: Visit) => {
    const page = await readPage(records, idIn(visit.req));
    if (!page) throw notFound();
    const taking = (await ownPrograms(records, programs)).filter((one) => one.received !== undefined);
    if (taking.length === 0) throw notFound();
    const program: Program = chosenProgram(taking, field(visit.req, 'program'));
    return { page, program, clinics: await clinicsIn(records), towns: await readTowns(records) };
  };

  const show = async (visit: Visit, state: FormState, status = 200): Promise<Reply> => {
    const shown = await open(visit.actor, async (records) => {
      const found = await around(records, visit);
      const asked =
        state.issues.some(({ path }) => path === 'known') || typeof state.values['known'] === 'string';
      const who = readForm(schemaOf(found), state.values);
      const known = asked
        ? await knownPersons(records, who.ok ? who.data : typedWho(state), found.program)
        : [];
      return { ...found, known };
    });
    if (shown.page.state !== 'tray') return seeOther('/scans?said=gone');
    return html(receivedPage({ view: visit.view, state, once: visit.newId(), ...shown }), status);
  };
  const schemaOf = (found: Awaited<ReturnType<typeof around>>) =>
    receivedSchema({ today: dayInTokyo(now()), ...found });

  return Router()
    .get(
      '/scans/request-sheet.pdf',
      pages.forRoles(['doctor', 'reception', 'linkworker'], async ({ actor, view, req }) => {
        const { language } = view;
        const { program, blank } = await open(actor, async (records) => {
          const taking = (await ownPrograms(records, programs)).filter((one) => one.received !== undefined);
          if (taking.length === 0) throw notFound();
          const chosen = chosenProgram(taking, req.query['program']);
          return { program: chosen, blank: await readBlank(records, chosen, language) };
        });
        const pdf = await printBlank(program, blank, { language, now: now() });
        return file(pdf, 'application/pdf', `${view.t(text.sheetName)}.pdf`, { inline: true });
      }),
    )
    .get(
      '/scans/pages/:id/referral',
      pages.forRoles(office, async (visit) =>
        show(visit, await visit.filled(emptyForm({ urgency: 'routine', sex: 'unknown' }))),
      ),
    )
    .post(
      '/scans/pages/:id/referral',
      pages.forRoles(office, async (visit) => {
        const { actor, req, once } = visit;
        const found = await open(actor, (records) => around(records, visit));
        const read = readForm(schemaOf(found), req.body);
        if (!read.ok) return show(visit, formAgain(req.body, read.state.issues), 422);
        try {
          const { task } = await open(
            actor,
            (records) =>
              registerReceived(records, {
                page: found.page.id,
                form: read.data,
                program: found.program,
                towns: found.towns,
                publicUrl,
              }),
            { once },
          );
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
