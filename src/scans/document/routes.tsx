import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { kindOfFile } from '../../files/kind.ts';
import { forbidden, notFound } from '../../kernel/problem.ts';
import { file, html } from '../../web/replies.ts';
import type { ScanNeeds } from '../needs.ts';
import { text } from '../text.ts';
import { answersRoutes } from './answers.tsx';
import { assessmentRoutes } from './assessment.tsx';
import { consentRoutes } from './consent.tsx';
import { documentPage } from './page.tsx';
import { readShown } from './read.ts';
import { replyRoutes } from './reply.tsx';

const readers = ['doctor', 'reception', 'linkworker'] as const;

/** `/documents/:id`: a page that came in, in the record where it lies; and what is typed in from it. */
export function documentRoutes(needs: ScanNeeds): Router {
  const { pages, open } = needs;
  return Router()
    .get(
      '/documents/:id',
      pages.forRoles(readers, async (visit) => {
        const { actor, view, req } = visit;
        const shown = await open(actor, (records) => readShown(records, idIn(visit.req)));
        const said = req.query['said'] === 'filed' ? { ...view, notice: text.saidFiled } : view;
        return html(documentPage({ view: said, shown, role: actor.role }));
      }),
    )
    .get(
      '/documents/:id/picture',
      pages.forRoles(readers, async (visit) => {
        const data = await open(visit.actor, async (records) => {
          const { document, closed } = await readShown(records, idIn(visit.req));
          if (closed) throw forbidden(text.pictureSealed);
          return (await records.read('Binary', document.binary ?? '')).data;
        });
        const bytes = Buffer.from(data ?? '', 'base64');
        // Told by its bytes: what a program of others stored under that name is not handed to a browser.
        if (kindOfFile(bytes) !== 'image/png') throw notFound();
        return file(bytes, 'image/png', 'page.png', { inline: true });
      }),
    )
    .use(answersRoutes(needs))
    .use(consentRoutes(needs))
    .use(assessmentRoutes(needs))
    .use(replyRoutes(needs));
}
