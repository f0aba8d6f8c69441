import { Router } from 'express';
import { noteWith } from '../../access/events.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { isId } from '../../fhir/references.ts';
import type { Records } from '../../fhir/records.ts';
import { notFound } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { html, seeOther } from '../../web/replies.ts';
import { connectionsPage } from './page.tsx';
import { giveUp, resend, toldLines } from './queries.ts';
import { text } from './text.ts';

const admin = ['admin'] as const;
const said: Readonly<Record<string, Sentence>> = { resend: text.saidResend, 'give-up': text.saidGiveUp };
const acts: Readonly<Record<string, (records: Records, id: string) => Promise<boolean>>> = {
  resend,
  'give-up': giveUp,
};

/** For the administrator: which systems hear what changed, and what could not be delivered. */
export function connectionRoutes({ open, pages }: SliceNeeds): Router {
  const router = Router().get(
    '/exchange',
    pages.forRoles(admin, async ({ actor, view, req, newId }) => {
      const lines = await open(actor, toldLines);
      const word = req.query['said'];
      const notice = typeof word === 'string' && Object.hasOwn(said, word) ? said[word] : undefined;
      return html(connectionsPage({ view: { ...view, ...(notice ? { notice } : {}) }, lines, newId }));
    }),
  );
  for (const [name, act] of Object.entries(acts))
    router.post(
      `/exchange/:id/${name}`,
      pages.forRoles(admin, async ({ actor, req, once }) => {
        const id = String(req.params['id']);
        await open(
          actor,
          async (records) => {
            if (!isId(id) || !(await act(records, id))) throw notFound();
            await noteWith(records, {
              action: 'account',
              what: `subscription ${name}`,
              records: [`Subscription/${id}`],
            });
          },
          { once },
        );
        return seeOther(`/exchange?said=${name}`);
      }),
    );
  return router;
}
