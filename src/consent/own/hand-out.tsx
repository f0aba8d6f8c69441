import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { makeLink } from '../../access/links.ts';
import type { SliceNeeds } from '../../access/slice.ts';
import { sql } from '../../database/sql.ts';
import { dayInTokyo, endOfDayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound } from '../../kernel/problem.ts';
import { readOrganization } from '../../people/record.ts';
import { html } from '../../web/replies.ts';
import { isInForce, readConsent } from '../record.ts';
import { text as consentText } from '../text.ts';
import { madePage } from './pages.tsx';

const staff = ['doctor', 'reception'] as const;

/** The clinic makes the sheet that leads to the person's own page; an earlier sheet leads nowhere from then on. */
export const handOutRoutes = ({ pages, open, publicUrl }: SliceNeeds): Router =>
  Router().post(
    '/consents/:id/own-page',
    pages.forRoles(staff, async ({ actor, view, req }) => {
      const id = idIn(req);
      const made = await open(actor, async (records) => {
        const given = readConsent(await records.read('Consent', id));
        const { organization } = actor;
        if (given.clinic !== organization || !isInForce(given, dayInTokyo(records.now))) throw notFound();
        await records.run(sql`update one_time_link set used_at = ${records.now}::timestamptz
          where patient_id = ${given.patient}::uuid and purpose = 'own-consent' and used_at is null`);
        const expires = endOfDayInTokyo(given.until);
        const { patient } = given;
        const secret = await makeLink(records, { purpose: 'own-consent', organization, patient, expires });
        records.note('print', 'own page', patient, `Consent/${id}`);
        const clinic = readOrganization(await records.read('Organization', organization));
        return { address: `${publicUrl}/c/${secret}`, until: given.until, clinic };
      });
      return html(madePage({ view, ...made, back: { href: `/consents/${id}`, label: consentText.title } }));
    }),
  );
