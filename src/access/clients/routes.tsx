import { Router } from 'express';
import type { Records } from '../../fhir/records.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { whichBodyPage } from '../accounts/new-pages.tsx';
import { findBodies } from '../accounts/queries.ts';
import { searchIn } from '../accounts/routes.tsx';
import { readBody } from '../accounts/service.ts';
import { hashPassword } from '../password.ts';
import { newSecret } from '../secrets.ts';
import type { SliceNeeds } from '../slice.ts';
import { field, type Visit } from '../visit.ts';
import { editPage, entryAsTyped } from './edit-page.tsx';
import { readEntry, readMoreKeys, readNewClient, SecretForm } from './form.ts';
import { clientPath, clientsPage } from './list-page.tsx';
import { newClientPage } from './new-page.tsx';
import { clientRoles } from './offered.ts';
import { clientPage } from './client-page.tsx';
import { changesOf, doneBy, listClients } from './queries.ts';
import { secretPage } from './secret-page.tsx';
import {
  addKeys,
  addClient,
  changeClient,
  dropSecret,
  readClient,
  removeKey,
  renewSecret,
  setDisabled,
} from './service.ts';
import { text } from './text.ts';

const admin = ['admin'] as const;

export type ClientNeeds = SliceNeeds &
  Readonly<{
    /** Tells what checks tokens that a client was changed. */
    changed: () => void;
  }>;

/** Software of others that gets in: registered, changed and ended by administrators, who do so for every organization. */
export function clientRoutes(needs: ClientNeeds): Router {
  const { open, pages } = needs;
  return Router()
    .get(
      '/programs',
      pages.forRoles(admin, async ({ actor, view, req }) => {
        const asked = Number(req.query['page']);
        const page = Number.isInteger(asked) && asked > 1 && asked < 10_000 ? asked : 1;
        const lines = await open(actor, (records) => listClients(records, page));
        return html(clientsPage({ view, page, lines }));
      }),
    )
    .get(
      '/programs/new',
      pages.forRoles(admin, async ({ actor, view, req, newId }) => {
        const organization = req.query['organization'];
        const search = searchIn(req.query['search']);
        if (typeof organization !== 'string') {
          const found = await open(actor, (records) => findBodies(records, search));
          const back = { href: '/programs', label: text.back };
          return html(
            whichBodyPage({ view, search, found, at: '/programs/new', title: text.whichTitle, back }),
          );
        }
        const body = await open(actor, (records) => readBody(records, organization));
        const roles = clientRoles(body.kind);
        return html(newClientPage({ view, body, roles, state: emptyForm(), once: newId() }));
      }),
    )
    .post(
      '/programs',
      pages.forRoles(admin, (visit) => addOne(needs, visit)),
    )
    .get(
      '/programs/:id',
      pages.forRoles(admin, (visit) => show(needs, visit, emptyForm())),
    )
    .get(
      '/programs/:id/edit',
      pages.forRoles(admin, async ({ actor, view, req, newId }) => {
        const client = await open(actor, (records) => readClient(records, nameIn(req)));
        return html(editPage({ view, client, state: emptyForm(entryAsTyped(client)), once: newId() }));
      }),
    )
    .post(
      '/programs/:id/edit',
      pages.forRoles(admin, (visit) => change(needs, visit)),
    )
    .post(
      '/programs/:id/secret',
      pages.forRoles(admin, (visit) => renew(needs, visit)),
    )
    .post('/programs/:id/secret/remove', pages.forRoles(admin, act(needs, 'secret-removed', dropSecret)))
    .post(
      '/programs/:id/keys',
      pages.forRoles(admin, async (visit) => {
        const read = readMoreKeys(visit.req.body);
        if (!read.ok) return show(needs, visit, read.state);
        return orAgain(
          () => act(needs, 'keys-added', (records, id) => addKeys(records, id, read.data))(visit),
          (state) => show(needs, visit, state),
          visit,
        );
      }),
    )
    .post(
      '/programs/:id/keys/remove',
      pages.forRoles(admin, (visit) =>
        act(needs, 'key-removed', (records, id) => removeKey(records, id, field(visit.req, 'key') ?? ''))(
          visit,
        ),
      ),
    )
    .post(
      '/programs/:id/disable',
      pages.forRoles(
        admin,
        act(needs, 'disabled', (records, id) => setDisabled(records, id, true)),
      ),
    )
    .post(
      '/programs/:id/enable',
      pages.forRoles(
        admin,
        act(needs, 'enabled', (records, id) => setDisabled(records, id, false)),
      ),
    );
}

/** A client's id is the name that it was registered by. */
const nameIn = (req: Visit['req']): string => String(req.params['id'] ?? '');

const said: Readonly<Record<string, Sentence>> = {
  edited: text.saidEdited,
  disabled: text.saidDisabled,
  enabled: text.saidEnabled,
  'keys-added': text.saidKeysAdded,
  'key-removed': text.saidKeyRemoved,
  'secret-removed': text.saidSecretRemoved,
};

async function show(
  { open, publicUrl }: ClientNeeds,
  { actor, view, req, newId }: Visit,
  state: FormState,
): Promise<Reply> {
  const id = nameIn(req);
  const found = await open(actor, async (records) => ({
    client: await readClient(records, id),
    done: await doneBy(records, id),
    changes: await changesOf(records, id),
  }));
  const word = req.method === 'GET' ? req.query['said'] : undefined;
  const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
  const shown = {
    ...view,
    ...(notice ? { notice } : {}),
    ...(req.method === 'GET' ? {} : { path: clientPath(id) }),
  };
  const page = clientPage({ ...found, view: shown, publicUrl, newId, state });
  return html(page, state.issues.length > 0 ? 422 : 200);
}

const act =
  ({ open, changed }: ClientNeeds, word: string, work: (records: Records, id: string) => Promise<void>) =>
  async ({ actor, req, once }: Visit): Promise<Reply> => {
    const id = nameIn(req);
    await open(actor, (records) => work(records, id), { once });
    changed();
    return seeOther(`${clientPath(id)}?said=${word}`);
  };

/** What the database refused is said on the same page. */
async function orAgain(
  work: () => Promise<Reply>,
  again: (state: FormState) => Reply | Promise<Reply>,
  { req }: Visit,
): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && error.problem.kind === 'invalid')
      return again(formAgain(req.body, error.problem.issues));
    throw error;
  }
}

async function addOne({ open, changed, now }: ClientNeeds, visit: Visit): Promise<Reply> {
  const { actor, view, req, once, newId } = visit;
  const organization = field(req, 'organization') ?? '';
  const body = await open(actor, (records) => readBody(records, organization));
  const roles = clientRoles(body.kind);
  const again = (state: FormState): Reply =>
    html(newClientPage({ view, body, roles, state, once: newId() }), 422);
  const read = readNewClient(req.body, roles, now());
  if (!read.ok) return again(read.state);
  const { id, proof } = read.data;
  const secret = proof === 'secret' ? newSecret() : undefined;
  const secretHash = secret === undefined ? undefined : await hashPassword(secret);
  return orAgain(
    async () => {
      // Of a form that was sent twice the first answer counts, and the secret in it is nobody's to show again.
      let isFirst = false;
      await open(
        actor,
        async (records) => {
          await addClient(records, { ...read.data, organization, secretHash });
          isFirst = true;
        },
        { once },
      );
      changed();
      if (secret === undefined) return seeOther(clientPath(id));
      const client = await open(actor, (records) => readClient(records, id));
      return html(secretPage({ view, client, isNew: true, secret: isFirst ? secret : undefined }));
    },
    again,
    visit,
  );
}

async function renew(needs: ClientNeeds, visit: Visit): Promise<Reply> {
  const { open, changed } = needs;
  const { actor, view, req, once } = visit;
  const form = readForm(SecretForm, req.body);
  if (!form.ok) return show(needs, visit, form.state);
  const secret = newSecret();
  const given = { secretHash: await hashPassword(secret), days: Number(form.data.overlap) };
  let isFirst = false;
  await open(
    actor,
    async (records) => {
      await renewSecret(records, nameIn(req), given);
      isFirst = true;
    },
    { once },
  );
  changed();
  const client = await open(actor, (records) => readClient(records, nameIn(req)));
  return html(secretPage({ view, client, isNew: false, secret: isFirst ? secret : undefined }));
}

async function change({ open, changed, now }: ClientNeeds, visit: Visit): Promise<Reply> {
  const { actor, view, req, once, newId } = visit;
  const id = nameIn(req);
  const client = await open(actor, (records) => readClient(records, id));
  const again = async (state: FormState): Promise<Reply> => {
    const fresh = await open(actor, (records) => readClient(records, id));
    const shown = { ...view, path: `${clientPath(id)}/edit` };
    return html(editPage({ view: shown, client: fresh, state, once: newId() }), 422);
  };
  const read = readEntry(req.body, client.role, now());
  if (!read.ok) return again(read.state);
  const version = Number(field(req, 'version'));
  return orAgain(
    async () => {
      await open(actor, (records) => changeClient(records, id, version, read.data), { once });
      changed();
      return seeOther(`${clientPath(id)}?said=edited`);
    },
    again,
    visit,
  );
}
