import { Router, type Request, type RequestHandler } from 'express';
import type { Attempts } from '../../access/attempts.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { field, type Visit } from '../../access/visit.ts';
import { asOnPaper, isAskedFor } from '../../consent/as-on-paper.tsx';
import { consentSchema, readProof } from '../../consent/form.ts';
import { postsOf } from '../../consent/queries.ts';
import { scanUpload } from '../../consent/routes.tsx';
import { lastDay } from '../../consent/term.ts';
import { refusedUpload } from '../../web/upload.ts';
import { consentSheet, printConsent } from '../../consent/sheet.ts';
import { text as consentText } from '../../consent/text.ts';
import { sql } from '../../database/sql.ts';
import { registerSheet } from '../../documents/printed.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { isDay } from '../../kernel/japan/era.ts';
import { invalid, notFound, Refused, type Issue } from '../../kernel/problem.ts';
import { registrationSchema } from '../../people/form.ts';
import { personsLike, readTowns } from '../../people/queries.ts';
import { readOrganization, readPatient, readPost, type ReadBody } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import { chosenProgram } from '../../programs/record.ts';
import { dateParts, emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { file, html, seeOther, type Reply } from '../../web/replies.ts';
import { uploadIn } from '../../web/upload.ts';
import { asCode } from '../code.ts';
import { noteList } from '../log.ts';
import { endPage, isSure } from '../pages/end.tsx';
import { invitingOf } from '../programs.ts';
import { come, type Coming } from './come.ts';
import { findArrived, prefilled, type Asked, type Found } from './find.ts';
import { arrivedConsentPage, findPage, foundPage } from './pages.tsx';
import { text } from './text.ts';

export type ArrivalNeeds = SliceNeeds & Readonly<{ programs: readonly Program[]; attempts: Attempts }>;

const staff = ['doctor', 'reception'] as const;

/** Whom a form with a scan is about stands in the form, so it is read before guesses are counted. */
const guessedWith =
  (guess: RequestHandler): RequestHandler =>
  (req, res, next) => {
    void scanUpload(req, res, (error?: unknown) => {
      if (error) next(error);
      else void guess(req, res, next);
    });
  };

/**
 * `/invited`: the clinic that an invited person comes to. Until the consent is recorded everything is in the page alone:
 * no form here is kept for its page, and each step looks the person up again by code and date of birth.
 */
export function arrivalRoutes(needs: ArrivalNeeds): Router {
  const { pages, open, programs, attempts, now } = needs;

  /** Each step says by code and birth date whom it is about, so each could be guessed with; `failed` is its answer to a wrong guess. */
  const guess = (failed: 404 | 422) =>
    attempts.slowDown({
      place: 'invited',
      nameIn: (req) => asCode(field(req, 'code')) ?? asCode(field(req, 'of')) ?? field(req, 'number'),
      succeeded: (res) => res.statusCode !== failed,
      refuse: pages.forRoles(staff, ({ view, req }) => {
        const state = formAgain(req.body, [{ path: '', says: text.tooOften }]);
        return Promise.resolve(html(findPage({ view: at(view), state }), 429));
      }),
    });

  /** What stands around the person who was found. */
  const around = async (records: Records, found: Found) => ({
    towns: await readTowns(records),
    known: (
      await personsLike(records, { kana: found.arrived.kana, birthDate: found.arrived.birth_date })
    ).map(({ patient }) => readPatient(patient)),
  });

  const find = async ({ actor, view, req, newId }: Visit): Promise<Reply> => {
    const read = askedIn(req);
    if ('issues' in read)
      return html(findPage({ view: at(view), state: formAgain(req.body, read.issues) }), 422);
    const shown = await open(actor, async (records) => {
      const found = await findArrived(records, programs, read.asked);
      return found && { found, ...(await around(records, found)) };
    });
    if (!shown) {
      const state = formAgain(req.body, [{ path: '', says: text.notFound }]);
      return html(findPage({ view: at(view), state }), 422);
    }
    const state = emptyForm(prefilled(shown.found.arrived, shown.towns));
    return html(foundPage({ view: at(view), state, ...shown, newId }));
  };

  const toConsent = async (visit: Visit): Promise<Reply> => {
    const { actor, view, req, newId } = visit;
    const asked = whichIn(req);
    const shown = await open(actor, async (records) => {
      const one = await findArrived(records, programs, asked);
      return one && { found: one, ...(await around(records, one)), posts: await readPosts(records) };
    });
    if (!shown) throw notFound(text.notFound);
    const { found, towns, known, posts } = shown;
    const person = readPerson(req, towns, now());
    if ('state' in person)
      return html(foundPage({ view: at(view), state: person.state, found, towns, known, newId }), 422);
    const state = emptyForm({
      explainedBy: actor.post ?? '',
      until: lastDay(dayInTokyo(now()), found.program.consentTerms.months),
    });
    const name = found.arrived.name;
    return html(
      arrivedConsentPage({
        view: at(view),
        state,
        found,
        carried: carriedIn(req),
        name,
        posts,
        once: newId(),
      }),
    );
  };

  const cameNow = async (visit: Visit): Promise<Reply> => {
    const { actor, req, once } = visit;
    const asked = whichIn(req);
    if (isAskedFor(req.body)) return consentAgain(visit, asked);
    const proof = await readProof(field(req, 'evidence'), field(req, 'signature'), uploadIn(req, 'scan'));
    const refused = refusedUpload(req);
    const scanIssues = refused.length > 0 ? refused : proof && 'fault' in proof ? [proof.fault] : [];
    try {
      // All of it in one transaction: the second tap finds nobody on the list, and gets the first one's answer.
      const id = await open(
        actor,
        async (records) => {
          const found = await findArrived(records, programs, asked);
          if (!found) return null;
          const person = readPerson(req, await readTowns(records), now());
          if ('state' in person) throw notFound();
          const posts = await readPosts(records);
          const ids = posts.map((post) => post.id);
          const consent = readForm(consentSchema(dayInTokyo(now()), ids), req.body);
          if (!consent.ok || scanIssues.length > 0 || !proof || 'fault' in proof)
            throw invalid(...(consent.ok ? [] : consent.state.issues), ...scanIssues);
          return come(records, { found, person: person.person, consent: consent.data, proof: proof.proof });
        },
        { once },
      );
      if (id === null) throw notFound(text.notFound);
      return seeOther(`/patients/${id}?said=consented#consent`);
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
      return consentAgain(visit, asked, error.problem.issues);
    }
  };

  /** With what is wrong; without issues, with everything ticked that the paper names. */
  const consentAgain = async (visit: Visit, asked: Asked, issues?: readonly Issue[]): Promise<Reply> => {
    const { actor, view, req, newId } = visit;
    const shown = await open(actor, async (records) => {
      const found = await findArrived(records, programs, asked);
      return found && { found, posts: await readPosts(records) };
    });
    if (!shown) throw notFound(text.notFound);
    const { name } = shown.found.arrived;
    const { program } = shown.found;
    const state = issues ? formAgain(req.body, issues) : asOnPaper(program, req.body);
    const page = { view: at(view), state, ...shown, carried: carriedIn(req), name, once: newId() };
    return html(arrivedConsentPage(page), issues ? 422 : 200);
  };

  const end = async (visit: Visit): Promise<Reply> => {
    const { actor, req, once } = visit;
    const { code = '', birth } = whichIn(req);
    if (!isSure(req.body)) return askFirst(visit);
    const ended = await open(
      actor,
      async (records) => {
        const own = (await invitingOf(records, programs)).map(({ id }) => id);
        const [row] = await records.run<{ ended: boolean }>(
          sql`select invitation_refused_at_clinic(${own}::text[], ${code}, ${birth}) as ended`,
        );
        const did = row?.ended === true;
        if (did) await noteList(records, 'write', 'invitation ended', undefined);
        else await noteList(records, 'read', 'an invited member', undefined);
        return did;
      },
      { once },
    );
    if (!ended) throw notFound(text.notFound);
    return seeOther('/invited?said=ended');
  };

  const askFirst = async ({ actor, view, req, newId }: Visit): Promise<Reply> => {
    const found = await open(actor, (records) => findArrived(records, programs, whichIn(req)));
    if (!found) throw notFound(text.notFound);
    const { name, code, birth_date: born } = found.arrived;
    const asked = { view: at(view), name, action: '/invited/ended', once: newId(), keep: '/invited' };
    return html(endPage({ ...asked, carried: { of: code, born } }));
  };

  return Router()
    .get(
      '/invited',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        await open(actor, (records) => invitingOf(records, programs));
        const notice = req.query['said'] === 'ended' ? { notice: text.saidEnded } : {};
        return html(findPage({ view: { ...view, ...notice }, state: emptyForm() }));
      }),
    )
    .get(
      '/invited/consent-form.pdf',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const { language } = view;
        const printing = await open(actor, async (records) => {
          const program = chosenProgram(await invitingOf(records, programs), req.query['program']);
          const clinic = readOrganization(await records.read('Organization', actor.organization));
          const sheetId = await registerSheet(records, consentSheet(program, undefined, language));
          return { program, clinic, sheetId };
        });
        const pdf = await printConsent({ ...printing, now: now(), language });
        return file(pdf, 'application/pdf', `${view.t(consentText.consent)}.pdf`, { inline: true });
      }),
    )
    .post('/invited', guess(422), pages.forRoles(staff, find))
    .post('/invited/consent', guess(404), pages.forRoles(staff, toConsent))
    .post('/invited/came', pages.forRoles(staff, cameNow, guessedWith(guess(404))))
    .post('/invited/ended', guess(404), pages.forRoles(staff, end));
}

const readPosts = async (records: Records) =>
  (await postsOf(records, records.actor.organization)).map(readPost);

/** What was sent here is no page of its own: another language leads to where it begins. */
const at = <V extends object>(view: V): V & { path: string } => ({ ...view, path: '/invited' });

function askedIn(req: Request): { asked: Asked } | { issues: readonly Issue[] } {
  const birth = dateParts(req.body as Readonly<Record<string, unknown>>, 'birth') ?? '';
  const [typed, number] = [field(req, 'code'), field(req, 'number')?.normalize('NFKC').trim()];
  const code = asCode(typed);
  const issues: Issue[] = [
    ...(isDay(birth) ? [] : [{ path: 'birth', says: text.birthMissing }]),
    ...(typed !== undefined && code === undefined ? [{ path: 'code', says: text.codeWrong }] : []),
    ...(typed === undefined && number === undefined ? [{ path: 'code', says: text.oneNeeded }] : []),
  ];
  if (issues.length > 0) return { issues };
  if (code !== undefined) return { asked: { code, birth } };
  const symbol = field(req, 'symbol')?.normalize('NFKC').trim();
  return { asked: { birth, ...(symbol ? { symbol } : {}), ...(number ? { number } : {}) } };
}

/** Whom a step is about; `not-found` where it does not say so. */
function whichIn(req: Request): Asked {
  const [code, birth] = [asCode(field(req, 'of')), field(req, 'born') ?? ''];
  if (code === undefined || !isDay(birth)) throw notFound();
  return { code, birth };
}

/** Who is to be registered, or the patient that is there. */
function readPerson(
  req: Request,
  towns: readonly ReadBody[],
  now: Date,
): { person: Coming['person'] } | { state: FormState } {
  const known = field(req, 'patient');
  if (isId(known)) return { person: { known } };
  const form = readForm(registrationSchema(now, towns), req.body);
  return form.ok ? { person: { registration: form.data } } : { state: form.state };
}

const registered =
  /^(?:patient|family|given|familyKana|givenKana|birthDate(?:-\w+)?|sex|postalCode|municipality|line|phone|email|insurerNumber|symbol|number|branch)$/;

/** What was typed of the person, to go along with the consent form. */
const carriedIn = (req: Request): FormState['values'] =>
  Object.fromEntries(
    Object.entries(formAgain(req.body, []).values).filter(([name]) => registered.test(name)),
  );
