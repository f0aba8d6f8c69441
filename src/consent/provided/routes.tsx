import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { displayName, readOrganization } from '../../people/record.ts';
import { file, html } from '../../web/replies.ts';
import { providedPage } from './page.tsx';
import { readKeptPerson, readProvision } from './record.ts';
import { registerSheet } from '../../documents/printed.ts';
import { printProvision, provisionSheet } from './sheet.ts';
import { text } from './text.ts';

const staff = ['doctor', 'reception'] as const;

/** The record of provision of a person, for the clinic that keeps them: a page and a sheet. */
export const provisionRoutes = ({ pages, open, now }: SliceNeeds): Router =>
  Router()
    .get(
      '/patients/:id/provided',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const shown = await open(actor, async (records) => ({
          person: await readKeptPerson(records, idIn(req)),
          shown: await readProvision(records, idIn(req)),
        }));
        return html(providedPage({ view, ...shown, mayAskOneByOne: actor.role === 'doctor' }));
      }),
    )
    .get(
      '/patients/:id/provided.pdf',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const { language } = view;
        const shown = await open(actor, async (records) => {
          const person = await readKeptPerson(records, idIn(req));
          records.note('print', 'provision record', person.id);
          return {
            person,
            sheetId: await registerSheet(records, provisionSheet(person.id, language)),
            clinic: readOrganization(await records.read('Organization', actor.organization)),
            shown: await readProvision(records, person.id),
          };
        });
        const pdf = await printProvision({ ...shown, now: now(), language });
        const name = `${view.t(text.title)} ${displayName(shown.person, 'ja')}.pdf`;
        return file(pdf, 'application/pdf', name, { inline: true });
      }),
    );
