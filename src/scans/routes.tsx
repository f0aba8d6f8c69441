import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../access/request.ts';
import { field, type Visit } from '../access/visit.ts';
import { isId } from '../fhir/references.ts';
import { notFound, Refused, type Issue } from '../kernel/problem.ts';
import { ownPrograms } from '../programs/record.ts';
import { holds } from '../sessions/programs.ts';
import { choice, emptyForm, formAgain, readForm, saying, textField, type FormState } from '../web/form.tsx';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { refusedUpload, uploadsIn, uploadsToForm } from '../web/upload.ts';
import { documentRoutes } from './document/routes.tsx';
import { fileInRecord, putAway, throwAway, turn, turned } from './filing.ts';
import { lookPage } from './look-page.tsx';
import type { ScanNeeds } from './needs.ts';
import { findCases, isReading, nextInTray, readPage, readTray } from './queries.ts';
import { receivedRoutes } from './received/routes.tsx';
import { largestFile } from './recognise/limits.ts';
import { takeIn } from './take-in.ts';
import { WhichSession, WhoseSlip } from './returned/by-hand.tsx';
import { findMembers, sessionsLately, waitingPaper } from './returned/queries.ts';
import { returnedRoutes } from './returned/routes.tsx';
import { text as returned } from './returned/text.ts';
import { text, whats } from './text.ts';
import { addPage, trayPage } from './tray-page.tsx';

const staff = ['doctor', 'reception', 'linkworker', 'insurer'] as const;
/** Whoever files in a person's record. */
const filers = ['doctor', 'reception', 'linkworker'] as const;
/** Seconds after which the tray looks again while a file is being read; a header, so that it works without script. */
const lookAgain = '4';

const File = z.object({
  place: textField({ max: 80, required: text.whoMissing }).refine(
    (value) => isPlace(value),
    saying(text.whoMissing),
  ),
  what: choice(whats, text.whatMissing),
});
const Throw = z.object({ reason: textField({ max: 200, required: text.throwWhyMissing }) });
const Turn = z.object({ by: choice(['90', '180', '270'] as const) });

const isPlace = (value: string): boolean => {
  const [patient, task] = value.split('.');
  return isId(patient) && (task === '' || isId(task));
};

/** The tray: files are brought in, pages sorted. */
export function scanRoutes(needs: ScanNeeds): Router {
  const { pages, open, programs } = needs;

  const showPage = async (visit: Visit, state: FormState, status = 200): Promise<Reply> => {
    const { actor, view, req, newId } = visit;
    const asked = req.query['q'];
    const typed = ((typeof asked === 'string' ? asked : undefined) ?? field(req, 'q') ?? '').slice(0, 100);
    const shown = await open(actor, async (records) => {
      const page = await readPage(records, idIn(visit.req));
      if (!page) throw notFound();
      const mine = actor.role === 'linkworker' ? await ownPrograms(records, programs) : [];
      return {
        page,
        found: typed === '' || actor.role === 'insurer' ? undefined : await findCases(records, typed),
        mayRegister: mine.some((one) => one.received !== undefined),
        members: actor.role === 'insurer' && typed !== '' ? await findMembers(records, typed) : undefined,
        sessions: mine.some(holds) ? await sessionsLately(records) : [],
      };
    });
    const at = { view, state, page: shown.page.id, newId };
    const insurer = actor.role === 'insurer';
    const instead = insurer ? <WhoseSlip {...at} typed={typed} found={shown.members} /> : undefined;
    const besides =
      shown.sessions.length > 0 ? (
        <WhichSession {...at} typed={typed} sessions={shown.sessions} />
      ) : undefined;
    if (shown.page.state !== 'tray')
      return shown.page.document === null
        ? seeOther('/scans')
        : seeOther(`/documents/${shown.page.document}`);
    return html(lookPage({ view, state, typed, newId, insurer, instead, besides, ...shown }), status);
  };

  /** Does it, and goes on to the next page that waits; what is wrong is said on the page itself. */
  const sorting =
    (work: (visit: Visit, id: string) => Promise<FormState | string>) =>
    async (visit: Visit): Promise<Reply> => {
      try {
        const done = await work(visit, idIn(visit.req));
        return typeof done === 'string' ? seeOther(done) : await showPage(visit, done, 422);
      } catch (error) {
        if (error instanceof Refused && error.problem.kind === 'conflict')
          return seeOther('/scans?said=gone');
        throw error;
      }
    };
  const onward = (visit: Visit, id: string, said: string): Promise<string> =>
    open(visit.actor, async (records) => {
      const next = await nextInTray(records, id);
      return next === undefined ? `/scans?said=${said}` : `/scans/pages/${next}?said=${said}`;
    });

  return Router()
    .get(
      '/scans',
      pages.forRoles(staff, async (visit) => {
        const { actor, newId } = visit;
        const insurer = actor.role === 'insurer';
        const { tray, takes, papers } = await open(actor, async (records) => {
          const mine = await ownPrograms(records, programs);
          const comesBack = insurer || (actor.role === 'linkworker' && mine.some(holds));
          return {
            tray: await readTray(records),
            takes: !insurer && mine.some((one) => one.received !== undefined),
            papers: comesBack ? await waitingPaper(records) : undefined,
          };
        });
        const headers = isReading(tray.files) ? { Refresh: lookAgain } : undefined;
        const registers = takes && actor.role === 'linkworker';
        return html(
          trayPage({ view: withSaid(visit), tray, takes, registers, papers, insurer, newId }),
          200,
          headers,
        );
      }),
    )
    .get(
      '/scans/new',
      pages.forRoles(staff, ({ view, newId }) =>
        Promise.resolve(html(addPage({ view, state: emptyForm(), once: newId() }))),
      ),
    )
    .post(
      '/scans',
      pages.forRoles(
        staff,
        async ({ actor, view, req, once, newId }) => {
          const again = (issues: readonly Issue[]): Reply =>
            html(addPage({ view, state: { values: {}, issues: oneForEach(issues) }, once: newId() }), 422);
          const refused = refusedUpload(req);
          if (refused.length > 0) return again(refused.map(({ says }) => ({ path: 'files', says })));
          try {
            const files = uploadsIn(req, 'files');
            await open(actor, (records) => takeIn(records, files), { once });
          } catch (error) {
            if (error instanceof Refused && error.problem.kind === 'invalid')
              return again(error.problem.issues);
            throw error;
          }
          return seeOther('/scans?said=taken');
        },
        filesUpload,
      ),
    )
    .post(
      '/scans/put-away',
      pages.forRoles(staff, async ({ actor, req, once }) => {
        const id = field(req, 'file');
        if (!isId(id)) throw notFound();
        await open(actor, (records) => putAway(records, id), { once });
        return seeOther('/scans');
      }),
    )
    .get(
      '/scans/pages/:id',
      pages.forRoles(staff, async (visit) => showPage({ ...visit, view: withSaid(visit) }, emptyForm())),
    )
    .get(
      '/scans/pages/:id/picture',
      pages.forRoles(staff, async (visit) => {
        const page = await open(visit.actor, (records) =>
          readPage(records, idIn(visit.req), { picture: true }),
        );
        if (!page?.png) throw notFound();
        const png = await turned({ png: page.png, turn: page.turn });
        return file(png, 'image/png', 'page.png', { inline: true });
      }),
    )
    .post(
      '/scans/pages/:id/turn',
      pages.forRoles(
        staff,
        sorting(async ({ actor, req, once }, id) => {
          const read = readForm(Turn, req.body);
          if (!read.ok) return read.state;
          const by = Number(read.data.by) as 90 | 180 | 270;
          await open(actor, (records) => turn(records, id, by), { once });
          return `/scans/pages/${id}`;
        }),
      ),
    )
    .post(
      '/scans/pages/:id/file',
      pages.forRoles(
        filers,
        sorting(async (visit, id) => {
          const { actor, req, once } = visit;
          const read = readForm(File, req.body);
          if (!read.ok) return formAgain(req.body, read.state.issues);
          const [patient = '', task = ''] = read.data.place.split('.');
          const place = { patient, task: task === '' ? undefined : task, what: read.data.what };
          const made = await open(actor, (records) => fileInRecord(records, id, place), { once });
          return `/documents/${made}?said=filed`;
        }),
      ),
    )
    .post(
      '/scans/pages/:id/throw',
      pages.forRoles(
        staff,
        sorting(async (visit, id) => {
          const { actor, req, once } = visit;
          const read = readForm(Throw, req.body);
          if (!read.ok) return formAgain(req.body, read.state.issues);
          await open(actor, (records) => throwAway(records, id, read.data.reason), { once });
          return onward(visit, id, 'thrown');
        }),
      ),
    )
    .use(returnedRoutes(needs, showPage))
    .use(receivedRoutes(needs))
    .use(documentRoutes(needs));
}

const filesUpload = uploadsToForm(largestFile);

/** Several files may be wrong in several ways; the form has one field for them. */
const oneForEach = (issues: readonly Issue[]): Issue[] =>
  issues.length < 2
    ? [...issues]
    : [
        {
          path: 'files',
          says: {
            ja: issues.map(({ says }) => says.ja).join(' '),
            en: issues.map(({ says }) => says.en).join(' '),
          },
        },
      ];

const said = {
  taken: text.saidTaken,
  thrown: text.saidThrown,
  filed: text.saidFiled,
  gone: text.goneBefore,
  recorded: returned.saidRecorded,
  ended: returned.saidEnded,
  listed: returned.saidListed,
} as const;
const withSaid = ({ view, req }: Visit): Visit['view'] => {
  const word = req.query['said'];
  return typeof word === 'string' && Object.hasOwn(said, word)
    ? { ...view, notice: said[word as keyof typeof said] }
    : view;
};
