import { Router } from 'express';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import { readKeptPerson } from '../consent/provided/record.ts';
import { allOf, everythingBundle } from '../fhir/everything.ts';
import { writeJson } from '../kernel/exact-json.ts';
import { displayName } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { file } from '../web/replies.ts';
import { registerSheet } from '../documents/printed.ts';
import { printDossier } from './chapters.ts';
import { readDossier } from './read.ts';
import { text } from './text.ts';

const staff = ['doctor', 'reception'] as const;

/** Everything held about a person, for the person to take along: to read, and for another program. */
export const dossierRoutes = ({
  pages,
  open,
  now,
  publicUrl,
  programs,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router =>
  Router()
    .get(
      '/patients/:id/everything.pdf',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const { language } = view;
        const { dossier, sheetId } = await open(actor, async (records) => {
          const read = await readDossier(records, idIn(req));
          const about = { type: 'Patient', id: read.person.id } as const;
          return {
            dossier: read,
            sheetId: await registerSheet(records, { kind: 'everything', about, language }),
          };
        });
        const pdf = await printDossier(dossier, { language, programs, now: now(), sheetId });
        const name = `${view.t(text.title)} ${displayName(dossier.person, 'ja')}.pdf`;
        return file(pdf, 'application/pdf', name, { inline: true });
      }),
    )
    .get(
      '/patients/:id/everything.json',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const id = idIn(req);
        const { person, found } = await open(actor, async (records) => ({
          person: await readKeptPerson(records, id),
          found: await allOf(records, id),
        }));
        const base = `${publicUrl}/fhir`;
        const bundle = everythingBundle(base, found, [
          { relation: 'self', url: `${base}/Patient/${id}/$everything` },
        ]);
        const name = `${view.t(text.title)} ${displayName(person, 'ja')}.json`;
        return file(Buffer.from(writeJson(bundle, 2)), 'application/fhir+json; charset=utf-8', name);
      }),
    );
