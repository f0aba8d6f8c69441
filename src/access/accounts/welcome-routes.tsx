import { Router, type Request } from 'express';
import { sql } from '../../database/sql.ts';
import { gone } from '../../kernel/problem.ts';
import { emptyForm, readForm, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { noteEntry } from '../events.ts';
import { findLink, useLink, type Link } from '../links.ts';
import { hashPassword } from '../password.ts';
import { endSessions } from '../sessions.ts';
import { where, type OpenVisit } from '../visit.ts';
import { choiceForm } from './form.ts';
import type { AccountNeeds } from './needs.ts';
import { shortestFor } from './password.ts';
import { welcomePage } from './welcome-page.tsx';

type Invited = Readonly<{
  id: string;
  login: string;
  name: string;
  organization: string;
  guarded: boolean;
}>;

/** The bearer of an invitation chooses a password; the link is good for that one time. */
export function welcomeRoutes({ pages, database, now, secondFactor, outside }: AccountNeeds): Router {
  const find = async (req: Request): Promise<Readonly<{ link: Link; who: Invited }>> => {
    const secret = req.params['secret'];
    const link = await findLink(database, typeof secret === 'string' ? secret : '', 'set-password', now());
    const [who] = await database.rows<Invited>(sql`
      select a.id, a.login, a.name, coalesce(organization_name(a.organization_id), '') as organization,
        (exists (select 1 from totp t where t.account_id = a.id) or exists (select 1 from passkey k where k.account_id = a.id)) as guarded
      from account a where a.id = ${link.account}::uuid and a.disabled_at is null and post_holds(a.post_id, ${now()}::timestamptz)`);
    if (!who)
      throw gone(
        'このアカウントは今は使えません。職場の管理者に連絡してください。',
        'This account cannot be used now. Please ask your administrator.',
      );
    return { link, who };
  };
  const page = ({ view, req }: OpenVisit, who: Invited, state: FormState): Reply =>
    html(
      welcomePage({
        view: req.method === 'GET' ? view : { ...view, path: '/' },
        state,
        action: req.originalUrl.split('?')[0] ?? '',
        login: who.login,
        shortest: shortestFor(secondFactor, who.guarded),
        outside,
      }),
      state.issues.length > 0 ? 422 : 200,
    );

  return Router()
    .get(
      '/welcome/:secret',
      pages.forAnyone(async (visit) => page(visit, (await find(visit.req)).who, emptyForm())),
    )
    .post(
      '/welcome/:secret',
      pages.forAnyone(async (visit) => {
        const { req } = visit;
        const { link, who } = await find(req);
        const form = readForm(choiceForm(who, shortestFor(secondFactor, who.guarded)), req.body);
        if (!form.ok) return page(visit, who, { values: {}, issues: form.state.issues });
        const hash = await hashPassword(form.data.fresh);
        await database.transaction(async ({ rows }) => {
          await useLink({ run: rows, now: now() }, link);
          await rows(sql`update account set password_hash = ${hash} where id = ${who.id}::uuid`);
          await endSessions(rows, who.id, now());
        });
        await noteEntry(database, {
          action: 'account',
          what: 'password chosen by invitation',
          account: who.id,
          via: 'link',
          ...where(req),
        });
        return seeOther('/sign-in?was=welcome');
      }),
    );
}
