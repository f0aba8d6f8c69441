import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { asOnPaper, isAskedFor } from '../../consent/as-on-paper.tsx';
import { consentSchema } from '../../consent/form.ts';
import { givePage } from '../../consent/give-page.tsx';
import { postsOf } from '../../consent/queries.ts';
import { give } from '../../consent/service.ts';
import { lastDay } from '../../consent/term.ts';
import type { Records } from '../../fhir/records.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { invalid, notFound } from '../../kernel/problem.ts';
import { readPost } from '../../people/record.ts';
import { chosenProgram, ownPrograms } from '../../programs/record.ts';
import { readVariant } from '../../documents/variant.ts';
import { tongueIn } from '../../programs/languages.ts';
import { inVersion } from '../../programs/versions.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { readShown, refusedForm, refuseTyped } from './read.ts';
import { linkSource, sheetOf, typedFrom } from './typed.tsx';
import { formAt } from './typing.ts';

const staff = ['doctor', 'reception'] as const;

/** `/documents/:id/consent`: a signed consent form, typed in beside its picture, which becomes the consent's source. */
export function consentRoutes({ pages, open, programs, now }: ScanNeeds): Router {
  const around = async (records: Records, visit: Visit) => {
    const shown = await readShown(records, idIn(visit.req));
    if (formAt(shown, visit.actor.role)?.endsWith('/consent') !== true) throw notFound();
    const sheet = await sheetOf(records, shown.document.id);
    const form = sheet?.form;
    const own = await ownPrograms(records, programs);
    const signed = own.find((one) => one.consent.url === form?.split('|')[0]);
    const program = signed ?? chosenProgram(own, field(visit.req, 'program'));
    const version = await inVersion(records, program, 'consent', form);
    // In the words that were on the paper, and not in those of the page.
    const printed = sheet && readVariant(sheet.language);
    const tongue = tongueIn(version.consent, printed?.tongue, visit.view.language);
    return {
      shown,
      program: version,
      variant: { tongue, furigana: false },
      posts: (await postsOf(records, visit.actor.organization)).map(readPost),
    };
  };
  const page = (visit: Visit, found: Awaited<ReturnType<typeof around>>, state: FormState): string =>
    givePage({
      view: visit.view,
      state,
      person: found.shown.person,
      program: found.program,
      variant: found.variant,
      programs: [found.program],
      posts: found.posts,
      once: visit.newId(),
      from: typedFrom(visit.view, found.shown, 'consent'),
    });
  return Router()
    .get(
      '/documents/:id/consent',
      pages.forRoles(staff, async (visit) => {
        const found = await open(visit.actor, (records) => around(records, visit));
        if (found.shown.document.typed !== undefined) throw notFound();
        const state = await visit.filled(
          emptyForm({
            explainedBy: visit.actor.post ?? '',
            until: lastDay(dayInTokyo(now()), found.program.consentTerms.months),
          }),
        );
        return html(page(visit, found, state));
      }),
    )
    .post(
      '/documents/:id/consent',
      pages.forRoles(staff, async (visit) => {
        const { actor, req, once } = visit;
        if (isAskedFor(req.body)) {
          const found = await open(actor, (records) => around(records, visit));
          return html(page(visit, found, asOnPaper(found.program, req.body)));
        }
        try {
          // All of it in one transaction, so that a second tap gets the first one's answer.
          const patient = await open(
            actor,
            async (records) => {
              const { shown, program, posts } = await around(records, visit);
              refuseTyped(shown);
              const ids = posts.map((post) => post.id);
              const form = readForm(consentSchema(dayInTokyo(now()), ids), req.body);
              if (!form.ok) throw invalid(...form.state.issues);
              const { patient: of, id } = shown.document;
              const made = await give(records, program, of, form.data, { kind: 'kept', document: id });
              await linkSource(records, shown, 'Consent', made);
              return of;
            },
            { once },
          );
          return seeOther(`/patients/${patient}?said=consented#consent`);
        } catch (error) {
          const { issues, status } = refusedForm(error);
          const found = await open(actor, (records) => around(records, visit));
          return html(page(visit, found, formAgain(req.body, issues)), status);
        }
      }),
    );
}
