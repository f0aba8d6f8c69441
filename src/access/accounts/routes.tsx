import { Router } from 'express';
import { idIn } from '../request.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Records } from '../../fhir/records.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import type { SliceNeeds } from '../slice.ts';
import { field, type Visit } from '../visit.ts';
import { InvitationForm, LastDayForm, readNewAccount, somebodyNew } from './form.ts';
import { ownRoutes } from './own-routes.tsx';
import { accountPage, sentPage } from './account-page.tsx';
import { accountsPage } from './list-page.tsx';
import type { AccountNeeds } from './needs.ts';
import { newAccountPage, whichBodyPage } from './new-pages.tsx';
import { findBodies, findFreePosts, listAccounts, type BodyLine, type PostLine } from './queries.ts';
import { rolesFor } from './roles.ts';
import {
  addAccount,
  dropFactors,
  endAll,
  idleSince,
  invite,
  readAccount,
  readBody,
  setDisabled,
  setLastDay,
} from './service.ts';
import { text } from './text.ts';
import { welcomeRoutes } from './welcome-routes.tsx';

const admin = ['admin'] as const;

/** Who can sign in: for the administrator all accounts, for everybody their own, for the invited their first password. */
export function accountRoutes(needs: AccountNeeds): Router {
  const { open, pages, publicUrl, changePost } = needs;

  const show = async ({ actor, view, req, newId }: Visit, state: FormState): Promise<Reply> => {
    const account = await open(actor, (records) => readAccount(records, idIn(req)));
    const word = req.method === 'GET' ? req.query['said'] : undefined;
    const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
    const own = account.id === actor.account;
    const shown = {
      ...view,
      ...(notice ? { notice } : {}),
      ...(req.method === 'GET' ? {} : { path: `/accounts/${account.id}` }),
    };
    return html(
      accountPage({ view: shown, account, own, newId, state }),
      state.issues.length > 0 ? 422 : 200,
    );
  };

  return Router()
    .use(ownRoutes(needs), welcomeRoutes(needs))
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
            whichBodyPage({
              view,
              search,
              found: await open(actor, (records) => findBodies(records, search)),
            }),
          );
        const around = await open(actor, (records) => readAround(records, organization));
        return html(newAccountPage({ ...around, view, state: emptyForm(), once: visit.newId() }));
      }),
    )
    .post(
      '/accounts',
      pages.forRoles(admin, (visit) => addOne(needs, visit)),
    )
    .get(
      '/accounts/:id',
      pages.forRoles(admin, (visit) => show(visit, emptyForm())),
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
    .post('/accounts/:id/sessions', pages.forRoles(admin, act(open, 'ended', endAll)))
    .post('/accounts/:id/factors', pages.forRoles(admin, act(open, 'dropped', dropFactors)))
    .post(
      '/accounts/:id/last-day',
      pages.forRoles(admin, async (visit) => {
        const form = readForm(LastDayForm, visit.req.body);
        if (!form.ok) return show(visit, form.state);
        const { until } = form.data;
        return act(open, 'last-day', (records, id) => setLastDay(records, id, until, changePost))(visit);
      }),
    )
    .post(
      '/accounts/:id/invitation',
      pages.forRoles(admin, async (visit) => {
        const { actor, view, req, once } = visit;
        const form = readForm(InvitationForm, req.body);
        if (!form.ok) return show(visit, form.state);
        const { email } = form.data;
        const account = await open(
          actor,
          async (records) => {
            const found = await readAccount(records, idIn(req));
            await invite(records, { account: found.id, email, publicUrl });
            return { ...found, email };
          },
          { once },
        );
        return html(sentPage(view, { account, fresh: false }));
      }),
    );
}

export const searchIn = (value: unknown): string =>
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
  dropped: text.saidDropped,
  'last-day': text.saidLastDay,
};

const act =
  (open: SliceNeeds['open'], word: string, work: (records: Records, id: string) => Promise<void>) =>
  async ({ actor, req, once }: Visit): Promise<Reply> => {
    const id = idIn(req);
    await open(
      actor,
      async (records) => {
        await readAccount(records, id);
        await work(records, id);
      },
      { once },
    );
    return seeOther(`/accounts/${id}?said=${word}`);
  };

async function readAround(
  records: Records,
  organization: string,
): Promise<Readonly<{ body: BodyLine; posts: readonly PostLine[] }>> {
  const body = await readBody(records, organization);
  return { body, posts: await findFreePosts(records, body.id, rolesFor(body.kind)) };
}

async function addOne({ open, makePost, publicUrl }: AccountNeeds, visit: Visit): Promise<Reply> {
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
  const { email } = filled.data;
  try {
    const id = await open(
      actor,
      async (records) => {
        const account = await addAccount(records, makePost, { ...filled.data, organization });
        await invite(records, { account, email, publicUrl });
        return account;
      },
      { once },
    );
    const account = await open(actor, (records) => readAccount(records, id));
    return html(sentPage(view, { account, fresh: true }));
  } catch (error) {
    if (error instanceof Refused && error.problem.kind === 'invalid')
      return again(formAgain(req.body, error.problem.issues));
    throw error;
  }
}
