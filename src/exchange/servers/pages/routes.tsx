import { Router } from 'express';
import { noteWith } from '../../../access/events.ts';
import type { Seal } from '../../../access/seal.ts';
import type { SliceNeeds } from '../../../access/slice.ts';
import type { Visit } from '../../../access/visit.ts';
import { isId } from '../../../fhir/references.ts';
import type { Records } from '../../../fhir/records.ts';
import { invalid, notFound, Refused } from '../../../kernel/problem.ts';
import type { Sentence } from '../../../kernel/sentence.ts';
import { emptyForm, formAgain, type FormState } from '../../../web/form.tsx';
import { html, seeOther, type Reply } from '../../../web/replies.ts';
import type { Reach } from '../../reach.ts';
import { makeClients } from '../client.ts';
import { bellPath, keysPath, type Bells, type OwnKeys } from '../keys.ts';
import { sealedFor, type Server } from '../model.ts';
import { check, type Checked } from './check.ts';
import { readChange, readRegistration } from './form.ts';
import { serversPage, sharedPage } from './list-page.tsx';
import {
  addServer,
  bodyChoices,
  changeServer,
  noted,
  resend,
  serverLine,
  serverLines,
  sharedLines,
  switchServer,
  type ServerLine,
} from './queries.ts';
import { newServerPage, serverPage } from './server-page.tsx';
import { text } from './text.ts';

const admin = ['admin'] as const;
/** Who sends or takes what is in two servers. */
const sides = ['doctor', 'reception', 'linkworker', 'resource'] as const;
const said: Readonly<Record<string, Sentence>> = {
  registered: text.saidRegistered,
  keyed: text.saidKeyed,
  saved: text.saidSaved,
  off: text.saidOff,
  on: text.saidOn,
  resend: text.saidResend,
  noted: text.saidNoted,
};
const acts: Readonly<Record<string, (records: Records, id: string) => Promise<boolean>>> = { resend, noted };

export type ServerPagesNeeds = SliceNeeds &
  Readonly<{ seal: Seal; keys: OwnKeys; bells: Bells; reach: Reach; mayBeHere: boolean }>;

/** Servers of other bodies: for the administrator to register and look after, for both sides to see what has arrived. */
export function serverRoutes(needs: ServerPagesNeeds): Router {
  const { open, pages, seal, keys, bells, reach, now, mayBeHere, publicUrl } = needs;
  const clients = makeClients({ reach, seal, keys, now });
  const lineOf = async ({ actor, req }: Visit): Promise<ServerLine> => {
    const id = String(req.params['id']);
    const line = isId(id) ? await open(actor, (records) => serverLine(records, id)) : undefined;
    if (!line) throw notFound();
    return line;
  };
  const toThem = (id: string) => ({
    keys: `${publicUrl}${keysPath(id)}`,
    kids: keys(id).map(({ kid }) => kid),
    bell: `${publicUrl}${bellPath(id, bells.token(id))}`,
  });
  const show = async (visit: Visit, state: FormState, checked?: readonly Checked[]): Promise<Reply> => {
    const line = await lineOf(visit);
    const view = { ...withWord(visit), path: `/exchange/servers/${line.id}` };
    return html(
      serverPage({ view, line, state, newId: visit.newId, checked, toThem: toThem(line.id) }),
      state.issues.length > 0 ? 422 : 200,
    );
  };
  const again = async (visit: Visit, state: FormState): Promise<Reply> => {
    const bodies = await open(visit.actor, bodyChoices);
    const view = { ...visit.view, path: '/exchange/servers/new' };
    return html(
      newServerPage({ view, state, bodies, once: visit.newId() }),
      state.issues.length > 0 ? 422 : 200,
    );
  };
  const switching = (isOn: boolean) =>
    pages.forRoles(admin, async ({ actor, req, once }) => {
      const id = String(req.params['id']);
      const word = isOn ? 'on' : 'off';
      await open(
        actor,
        async (records) => {
          if (!isId(id) || !(await switchServer(records, id, isOn))) throw notFound();
          await noteWith(records, {
            action: 'account',
            what: `partner server ${word}`,
            records: [`partner_server/${id}`],
          });
        },
        { once },
      );
      return seeOther(`/exchange/servers/${id}?said=${word}`);
    });

  const router = Router()
    .get(
      '/exchange/servers',
      pages.forRoles(admin, async (visit) => {
        const { actor, newId } = visit;
        const [servers, shared] = await open(
          actor,
          async (records) => [await serverLines(records), await sharedLines(records)] as const,
        );
        return html(serversPage({ view: withWord(visit), servers, shared, newId }));
      }),
    )
    .get(
      '/deliveries',
      pages.forRoles(sides, async (visit) => {
        const shared = await open(visit.actor, sharedLines);
        return html(
          sharedPage({ view: withWord(visit), shared, newId: visit.newId, role: visit.actor.role }),
        );
      }),
    )
    .get(
      '/exchange/servers/new',
      pages.forRoles(admin, (visit) => again(visit, emptyForm())),
    )
    .post(
      '/exchange/servers',
      pages.forRoles(admin, async (visit) => {
        const { actor, req, once, newId } = visit;
        const bodies = await open(actor, bodyChoices);
        const form = readRegistration(
          req.body,
          bodies.map((one) => one.id),
          mayBeHere,
        );
        if (!form.ok) return again(visit, form.state);
        const id = newId();
        const { secret, client = '', ...given } = form.data;
        try {
          const made = await open(
            actor,
            async (records) => {
              const sealed =
                given.proof === 'key' ? Buffer.alloc(0) : seal.close(secret ?? '', sealedFor(id));
              if (!(await addServer(records, { ...given, client, id, secret: sealed })))
                throw invalid({ path: 'partner', says: text.twice });
              await noteWith(records, {
                action: 'account',
                what: 'partner server registered',
                records: [`partner_server/${id}`],
              });
              return { id };
            },
            { once },
          );
          return seeOther(`/exchange/servers/${made.id}?said=${client === '' ? 'keyed' : 'registered'}`);
        } catch (error) {
          if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
          return again(visit, formAgain(req.body, error.problem.issues));
        }
      }),
    )
    .get(
      '/exchange/servers/:id',
      pages.forRoles(admin, (visit) => show(visit, emptyForm())),
    )
    .post(
      '/exchange/servers/:id',
      pages.forRoles(admin, async (visit) => {
        const { actor, req, once } = visit;
        const line = await lineOf(visit);
        const form = readChange(req.body, line, mayBeHere);
        if (!form.ok) return show(visit, form.state);
        const { secret, client = '', ...given } = form.data;
        await open(
          actor,
          async (records) => {
            // Where a key proves us, no secret of theirs stays behind.
            const sealed =
              given.proof === 'key'
                ? Buffer.alloc(0)
                : secret === undefined
                  ? line.secret
                  : seal.close(secret, sealedFor(line.id));
            await changeServer(records, line.id, { ...given, client, secret: sealed });
            await noteWith(records, {
              action: 'account',
              what: 'partner server changed',
              records: [`partner_server/${line.id}`],
            });
          },
          { once },
        );
        return seeOther(`/exchange/servers/${line.id}?said=saved`);
      }),
    )
    .post(
      '/exchange/servers/:id/check',
      pages.forRoles(admin, async (visit) =>
        show(visit, emptyForm(), await check(clients, serverOf(await lineOf(visit)))),
      ),
    )
    .post('/exchange/servers/:id/off', switching(false))
    .post('/exchange/servers/:id/on', switching(true));
  for (const [name, act] of Object.entries(acts))
    router.post(
      `/exchange/shared/:id/${name}`,
      pages.forRoles([...admin, ...sides], async ({ actor, req, once }) => {
        const id = String(req.params['id']);
        await open(
          actor,
          async (records) => {
            if (!isId(id) || !(await act(records, id))) throw notFound();
            await noteWith(records, {
              action: 'account',
              what: `partner task ${name}`,
              records: [`partner_task/${id}`],
            });
          },
          { once },
        );
        return seeOther(`${actor.role === 'admin' ? '/exchange/servers' : '/deliveries'}?said=${name}`);
      }),
    );
  return router;
}

const withWord = ({ view, req }: Visit): Visit['view'] => {
  const word = req.method === 'GET' ? req.query['said'] : undefined;
  const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
  return { ...view, ...(notice ? { notice } : {}) };
};

const serverOf = (line: ServerLine): Server => ({
  id: line.id,
  version: line.version,
  organization: line.ours_id,
  partner: line.partner_id,
  way: line.way,
  address: line.address,
  client: line.client,
  proof: line.proof,
  secret: line.secret,
  ourId: line.our_id,
  theirId: line.their_id,
});
