import { Router } from 'express';
import { idIn } from '../access/request.ts';
import type { Attempts } from '../access/attempts.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { field, type Visit } from '../access/visit.ts';
import type { Records } from '../fhir/records.ts';
import { isPicture } from '../files/kind.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Issue } from '../kernel/problem.ts';
import { displayName, readOrganization, readPatient, readPost } from '../people/record.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { pageLanguage, tongueIn } from '../programs/languages.ts';
import { variantIn, variantsOf, type FormVariant } from '../programs/variants.ts';
import { chosenProgram, ownPrograms, programAsking, programsOf } from '../programs/record.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../web/form.tsx';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { refusedUpload, uploadIn, uploadsToForm } from '../web/upload.ts';
import { asOnPaper, isAskedFor } from './as-on-paper.tsx';
import { consentSchema, largestScan, readProof } from './form.ts';
import { givePage } from './give-page.tsx';
import { postsOf } from './queries.ts';
import type { Given } from './record.ts';
import { readScan } from './scan.ts';
import { give } from './service.ts';
import type { KnownNeeds } from './own/known.ts';
import { ownRoutes } from './own/routes.tsx';
import { provisionRoutes } from './provided/routes.tsx';
import { registerSheet } from '../documents/printed.ts';
import { variantTag } from '../documents/variant.ts';
import { consentSheet, printConsent } from './sheet.ts';
import { showPage } from './show-page.tsx';
import { readShown, readSigned, signedForm } from './shown.ts';
import { lastDay } from './term.ts';
import { text } from './text.ts';
import { withdrawRoutes } from './withdraw/routes.tsx';

export type ConsentNeeds = SliceNeeds &
  Readonly<{
    programs: readonly Program[];
    attempts: Attempts;
  }> &
  KnownNeeds;

const staff = ['doctor', 'reception'] as const;
const readers = ['doctor', 'reception', 'linkworker', 'neighbour'] as const;

/** Consent: taken with the person, looked at, printed, and taken back. */
export function consentRoutes(needs: ConsentNeeds): Router {
  const { pages, open, now, programs } = needs;

  /** What the form is drawn with: the person, and who may have explained it. */
  const around = async ({ actor, req }: Visit) =>
    open(actor, async (records) => ({
      person: readPatient(await records.read('Patient', idIn(req))),
      posts: (await postsOf(records, actor.organization)).map(readPost),
      offered: await programsFor(records, programs, idIn(req)),
    }));

  const giveNow = async (visit: Visit): Promise<Reply> => {
    const { actor, view, req, once, newId } = visit;
    const { person, posts, offered } = await around(visit);
    const program = chosenProgram(offered, field(req, 'program'));
    const variant = variantAsked(visit, program);
    const drawn = { view, person, program, programs: offered, posts, once: newId(), variant } as const;
    if (field(req, '_words') !== undefined || field(req, '_furigana') !== undefined)
      return html(givePage({ ...drawn, state: formAgain(req.body, []) }));
    if (isAskedFor(req.body)) return html(givePage({ ...drawn, state: asOnPaper(program, req.body) }));
    const today = dayInTokyo(now());
    const form = readForm(
      consentSchema(
        today,
        posts.map((post) => post.id),
      ),
      req.body,
    );
    const proof = await readProof(field(req, 'evidence'), field(req, 'signature'), uploadIn(req, 'scan'));
    const refused = refusedUpload(req);
    const issues: readonly Issue[] = [
      ...(form.ok ? [] : form.state.issues),
      ...(refused.length > 0 ? refused : proof && 'fault' in proof ? [proof.fault] : []),
    ];
    if (!form.ok || issues.length > 0 || !proof || 'fault' in proof) {
      const state: FormState = formAgain(req.body, issues);
      return html(givePage({ ...drawn, state }), 422);
    }
    await open(actor, (records) => give(records, program, person.id, form.data, proof.proof), { once });
    return seeOther(`/patients/${person.id}?said=consented#consent`);
  };

  return Router()
    .get(
      '/patients/:id/consents/new',
      pages.forRoles(staff, async (visit) => {
        const { actor, view, req, newId } = visit;
        const { person, posts, offered } = await around(visit);
        const program = chosenProgram(offered, req.query['program']);
        const state = await visit.filled(
          emptyForm({
            explainedBy: actor.post ?? '',
            until: lastDay(dayInTokyo(now()), program.consentTerms.months),
          }),
        );
        const variant = variantAsked(visit, program, state.values);
        return html(
          givePage({ view, state, person, program, programs: offered, posts, once: newId(), variant }),
        );
      }),
    )
    .post('/patients/:id/consents', pages.forRoles(staff, giveNow, scanUpload))
    .get(
      '/patients/:id/consent-form.pdf',
      pages.forRoles(staff, async (visit) => {
        const { actor, view, req } = visit;
        const shown = await open(actor, async (records) => {
          const patient = await records.read('Patient', idIn(req));
          const clinic = await records.read('Organization', actor.organization);
          const program = chosenProgram(programsOf(programs, clinic), req.query['program']);
          records.note('print', 'consent form (blank)', patient.id);
          const about = { type: 'Patient', id: patient.id } as const;
          const variant = variantAsked(visit, program);
          const sheetId = await registerSheet(records, consentSheet(program, about, variantTag(variant)));
          return {
            program,
            variant,
            sheetId,
            person: readPatient(patient),
            clinic: readOrganization(clinic),
          };
        });
        const language = pageLanguage(shown.variant.tongue);
        const pdf = await printConsent({ now: now(), language, ...shown });
        return sheet(pdf, view.t(text.consent), shown.person);
      }),
    )
    .get(
      '/consents/:id',
      pages.forRoles(readers, async ({ actor, view, req }) => {
        const { shown, form } = await open(actor, async (records) => {
          const read = await readShown(records, idIn(req));
          return { ...read, form: (await signedForm(records, programs, read.shown.consent)).consent };
        });
        const signedIn = tongueIn(form, shown.consent.language, view.language);
        const variants = variantsOf(form).filter((one) => one.furigana || one.tongue !== signedIn);
        const notice = saidOf(req.query['said'], shown.consent);
        return html(showPage({ view: notice ? { ...view, notice } : view, shown, variants }));
      }),
    )
    .get(
      '/consents/:id/form.pdf',
      pages.forRoles(readers, async (visit) => {
        const { actor, view, req } = visit;
        const signed = await open(actor, async (records) => {
          const read = await readSigned(records, programs, idIn(req));
          const about = { type: 'Consent', id: idIn(req) } as const;
          const variant = variantAsked(visit, read.program, { words: read.consent?.language ?? '' });
          const sheet = consentSheet(read.program, about, variantTag(variant));
          return { ...read, variant, sheetId: await registerSheet(records, sheet) };
        });
        const language = pageLanguage(signed.variant.tongue);
        const pdf = await printConsent({ ...signed, now: now(), language });
        return sheet(pdf, view.t(text.consent), signed.person);
      }),
    )
    .get(
      '/consents/:id/scan',
      pages.forRoles(readers, async ({ actor, view, req }) => {
        const { bytes, contentType } = await open(actor, async (records) =>
          readScan(records, await records.read('Consent', idIn(req))),
        );
        const ending = contentType.split('/')[1] ?? '';
        // A PDF may hold a program: it is handed over to be kept, and whoever shows it shows it in a box.
        return file(bytes, contentType, `${view.t(text.scanFile)}.${ending}`, {
          inline: isPicture(contentType),
          headers: { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox" },
        });
      }),
    )
    .use(provisionRoutes(needs))
    .use(withdrawRoutes(needs))
    .use(ownRoutes(needs));
}

/** In which of its languages the form is asked for, and with readings or not: by a button, else as it was, else the page's. */
function variantAsked(
  { view, req }: Visit,
  { consent }: Program,
  before: Readonly<Record<string, unknown>> = {},
): FormVariant {
  const asked = (name: string): unknown => field(req, name) ?? req.query[name] ?? before[name];
  const tongue = tongueIn(consent, field(req, '_words') ?? asked('words'), view.language);
  return variantIn(consent, tongue, field(req, '_furigana') ?? asked('furigana'));
}

/** What became of a withdrawal, if that is how the consent stands. */
function saidOf(said: unknown, { status, takenBack }: Given): Sentence | undefined {
  if (said === 'already' && status === 'inactive') return text.saidAlready;
  if (said !== 'withdrawn') return undefined;
  if (status === 'inactive') return text.saidWithdrawn;
  return takenBack.length > 0 ? text.saidPart : undefined;
}

/** The programs of the clinic; where it has several, the one whose questionnaire the person answered last comes first. */
async function programsFor(
  records: Records,
  programs: readonly Program[],
  patient: string,
): Promise<readonly Program[]> {
  const offered = await ownPrograms(records, programs);
  if (offered.length < 2) return offered;
  const answered = await records.find('QuestionnaireResponse', [['patient', patient]]);
  const last = answered.map((one) => programAsking(offered, one.questionnaire)).find(Boolean);
  return last ? [last, ...offered.filter((one) => one !== last)] : offered;
}

const sheet = (pdf: Buffer, name: string, person: Parameters<typeof displayName>[0]): Reply =>
  file(pdf, 'application/pdf', `${name} ${displayName(person, 'ja')}.pdf`, { inline: true });

export const scanUpload = uploadsToForm(largestScan);
