import { Router } from 'express';
import type { SliceNeeds } from '../slice.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Records } from '../../fhir/records.ts';
import { emptyForm, formAgain, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { hashPassword } from '../password.ts';
import { field, type Visit } from '../visit.ts';
import { readNewAccount, somebodyNew } from './form.ts';
import { ownRoutes } from './own-routes.tsx';
import { accountPage, passwordPage } from './account-page.tsx';
import { accountsPage } from './list-page.tsx';
import { newAccountPage, whichBodyPage } from './new-pages.tsx';
import { newPassword } from './password.ts';
import { findBodies, findFreePosts, listAccounts, type BodyLine, type PostLine } from './queries.ts';
import { rolesFor } from './roles.ts';
import {
  addAccount,
  endSessions,
  idleSince,
  readAccount,
  readBody,
  setDisabled,
  setPassword,
  type MakePost,
} from './service.ts';
import { text } from './text.ts';

export type AccountNeeds = SliceNeeds & Readonly<{ makePost: MakePost }>;

const admin = ['admin'] as const;

/** Who can sign in: for the administrator all accounts, for everybody their own. */
export function accountRoutes(needs: AccountNeeds): Router {
  const { open, pages, makePost } = needs;
  return Router()
    .use(ownRoutes(needs))
    .get(
      '/accounts',
      pages.forRoles(admin, async ({ actor, view, req }) => {
        const search = searchIn(req.query['search']);
        const asked = Number(req.query['page']);
        const page = Number.isInteger(asked) && asked > 1 && asked < 10_000 ? asked : 1;
        const lines = await open(actor, (records) =>
          listAccounts(records, search, page, idleSince(records.now)),
        );
        return html(accountsPage({ view, search, page, lines }));
      }),
    )
    .get(
      '/accounts/new',
      pages.forRoles(admin, async (visit) => {
        const { actor, view, req } = visit;
        const organization = req.query['organization'];
        const search = searchIn(req.query['search']);
        if (typeof organization !== 'string')
          return html(
            whichBodyPage(view, search, await open(actor, (records) => findBodies(records, search))),
          );
        const around = await open(actor, (records) => readAround(records, organization));
        return html(newAccountPage({ ...around, view, state: emptyForm(), once: visit.newId() }));
      }),
    )
    .post(
      '/accounts',
      pages.forRoles(admin, (visit) => addOne(open, makePost, visit)),
    )
    .get(
      '/accounts/:id',
      pages.forRoles(admin, async ({ actor, view, req, newId }) => {
        const account = await open(actor, (records) => readAccount(records, idIn(req)));
        const word = req.query['said'];
        const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
        const own = account.id === actor.account;
        return html(accountPage({ view: notice ? { ...view, notice } : view, account, own, newId }));
      }),
    )
    .post(
      '/accounts/:id/disable',
      pages.forRoles(
        admin,
        act(open, 'disabled', (r, id) => setDisabled(r, id, true)),
      ),
    )
    .post(
      '/accounts/:id/enable',
      pages.forRoles(
        admin,
        act(open, 'enabled', (r, id) => setDisabled(r, id, false)),
      ),
    )
    .post(
      '/accounts/:id/sessions',
      pages.forRoles(
        admin,
        act(open, 'ended', async (records, id) => {
          await readAccount(records, id);
          await endSessions(records, id);
        }),
      ),
    )
    .post(
      '/accounts/:id/password',
      pages.forRoles(admin, async ({ actor, view, req, once, newId }) => {
        const id = idIn(req);
        const given = await withPassword(newId, (mark, passwordHash) =>
          open(
            actor,
            async (records) => {
              await readAccount(records, id);
              await setPassword(records, id, passwordHash);
              return { id, mark };
            },
            { once },
          ),
        );
        const account = await open(actor, (records) => readAccount(records, id));
        return html(passwordPage(view, { account, password: given.password, fresh: false }));
      }),
    );
}

const idIn = (req: Visit['req']): string => String(req.params['id'] ?? '');
const searchIn = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 80)
    : '';

const said: Readonly<Record<string, Sentence>> = {
  disabled: text.saidDisabled,
  enabled: text.saidEnabled,
  ended: text.saidEnded,
};

const act =
  (open: SliceNeeds['open'], word: string, work: (records: Records, id: string) => Promise<void>) =>
  async ({ actor, req, once }: Visit): Promise<Reply> => {
    const id = idIn(req);
    await open(actor, (records) => work(records, id), { once });
    return seeOther(`/accounts/${id}?said=${word}`);
  };

/**
 * A password is shown in the answer to the request that made it and kept nowhere. Pressed twice, the first made it: the
 * second gets the first's mark back, which is not its own, and shows none.
 */
async function withPassword(
  newId: () => string,
  work: (mark: string, passwordHash: string) => Promise<Readonly<{ id: string; mark: string }>>,
): Promise<Readonly<{ id: string; password: string | undefined }>> {
  const password = newPassword();
  const mark = newId();
  const made = await work(mark, await hashPassword(password));
  return { id: made.id, password: made.mark === mark ? password : undefined };
}

async function readAround(
  records: Records,
  organization: string,
): Promise<Readonly<{ body: BodyLine; posts: readonly PostLine[] }>> {
  const body = await readBody(records, organization);
  return { body, posts: await findFreePosts(records, body.id, rolesFor(body.kind)) };
}

async function addOne(open: SliceNeeds['open'], makePost: MakePost, visit: Visit): Promise<Reply> {
  const { actor, view, req, once, newId } = visit;
  const organization = field(req, 'organization') ?? '';
  const around = await open(actor, (records) => readAround(records, organization));
  const again = (state: FormState): Reply =>
    html(newAccountPage({ ...around, view, state, once: newId() }), 422);
  const filled = readNewAccount(
    around.posts.length === 0 ? { ...(req.body as object), who: somebodyNew } : req.body,
    around.posts.map((p) => p.id),
    rolesFor(around.body.kind),
  );
  if (!filled.ok) return again(filled.state);
  try {
    const made = await withPassword(newId, (mark, passwordHash) =>
      open(
        actor,
        async (records) => ({
          id: await addAccount(records, makePost, { ...filled.data, organization, passwordHash }),
          mark,
        }),
        { once },
      ),
    );
    const account = await open(actor, (records) => readAccount(records, made.id));
    return html(passwordPage(view, { account, password: made.password, fresh: true }));
  } catch (error) {
    if (error instanceof Refused && error.problem.kind === 'invalid')
      return again(formAgain(req.body, error.problem.issues));
    throw error;
  }
}
