import { Router } from 'express';
import type { Pages } from '../../access/visit.ts';
import type { Definitions } from '../../fhir/defined.ts';
import { html } from '../../web/replies.ts';
import { capabilityStatement } from '../fhir/capability.ts';
import { referencePage } from './page.tsx';

type Needs = Readonly<{ pages: Pages; publicUrl: string; definitions: Definitions }>;

/** `/docs`: what programs can ask of this server, for the people who write them. It tells nothing of anybody. */
export function referenceRoutes({ pages, publicUrl, definitions }: Needs): Router {
  const statement = capabilityStatement(publicUrl, definitions.resources);
  return Router().get(
    '/docs',
    pages.forAnyone(({ view }) => Promise.resolve(html(referencePage({ view, statement, publicUrl })))),
  );
}
