import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { registerSheet } from '../../documents/printed.ts';
import { listSheet, sessionCalendar } from '../../documents/session-calendar.ts';
import { file } from '../../web/replies.ts';
import { emptyLines, helpers, holders, isOver, waysOf } from '../model.ts';
import { namesOf } from '../pages/parts.tsx';
import { readHolder } from '../programs.ts';
import { inMonth, phonesOf, placesOf, readGathering } from '../queries.ts';
import { sayWhen, text, wayNames } from '../text.ts';
import { monthIn } from './calendar.tsx';
import type { SessionNeeds } from './part.ts';

/** The month on paper, the attendance list, and whom to call. */
export function sheetRoutes({ open, pages, programs, now, publicUrl }: SessionNeeds): Router {
  return Router()
    .get(
      '/sessions/calendar.pdf',
      pages.forRoles(helpers, async ({ actor, req, view }) => {
        const month = monthIn(req.query['month'], now());
        const { holder, found } = await open(actor, async (records) => ({
          holder: await readHolder(records, programs),
          found: await inMonth(records, month),
        }));
        // What is over helps nobody who reads it on a wall; a month gone by is printed as it was.
        const thisMonth = dayInTokyo(now()).slice(0, 7);
        const signUp = holder.programs.some(({ sessions }) => sessions.signUp);
        const pdf = await sessionCalendar({
          language: view.language,
          body: holder.body.name,
          phone: holder.body.phone,
          month,
          on: dayInTokyo(now()),
          url: signUp ? `${publicUrl}/join/${holder.body.id}` : undefined,
          sessions: found
            .filter((one) => month !== thisMonth || !isOver(one, now()))
            .map((one) => {
              const { kind, led } = namesOf(view, holder.programs, one);
              return {
                startsAt: one.starts_at.toISOString(),
                endsAt: one.ends_at.toISOString(),
                title: one.title,
                kind,
                place: one.place ?? undefined,
                leader: led,
                phone: one.phone === holder.body.phone ? undefined : (one.phone ?? undefined),
                ways: waysOf(one).map((way) => view.t(wayNames[way])),
                dropIn: one.drop_in,
                cancelled: one.status === 'cancelled',
              };
            }),
        });
        return file(pdf, 'application/pdf', `${view.t(text.title)} ${month}.pdf`, { inline: true });
      }),
    )
    .get(
      '/sessions/:id/list.pdf',
      pages.forRoles(helpers, async ({ actor, req, view }) => {
        const { one, places, sheetId } = await open(actor, async (records) => {
          const gathering = await readGathering(records, idIn(req));
          const all = await placesOf(records, gathering.id);
          for (const { patient_id: patient } of all)
            if (patient !== null) records.note('print', 'attendance list', patient);
          const printed = await registerSheet(records, {
            kind: 'attendance-list',
            about: { type: 'gathering', id: gathering.id },
            language: view.language,
          });
          return { one: gathering, places: all.filter(({ state }) => state === 'booked'), sheetId: printed };
        });
        const pdf = await listSheet({
          kind: 'attendance',
          language: view.language,
          title: one.title,
          when: sayWhen(one, view.language),
          place: one.place ?? undefined,
          on: dayInTokyo(now()),
          rows: places.map((place) => ({ name: place.name, how: view.t(wayNames[place.way]) })),
          empty: emptyLines,
          sheetId,
        });
        return file(pdf, 'application/pdf', `${view.t(text.attTitle)} ${one.title}.pdf`, { inline: true });
      }),
    )
    .get(
      '/sessions/:id/calls.pdf',
      pages.forRoles(holders, async ({ actor, req, view }) => {
        const { one, places } = await open(actor, async (records) => {
          const gathering = await readGathering(records, idIn(req));
          const all = (await placesOf(records, gathering.id)).filter(({ mail }) => mail === null);
          const withoutMail = await phonesOf(records, all);
          for (const { patient_id: patient } of all)
            if (patient !== null) records.note('print', 'call list', patient);
          return { one: gathering, places: withoutMail };
        });
        const pdf = await listSheet({
          kind: 'calls',
          language: view.language,
          title: one.title,
          when: sayWhen(one, view.language),
          place: one.place ?? undefined,
          on: dayInTokyo(now()),
          rows: places.map(({ name, way, phone, silent }) => ({
            name,
            how: view.t(wayNames[way]),
            phone: silent ? view.t(text.noContact) : (phone ?? undefined),
          })),
          empty: 0,
        });
        return file(pdf, 'application/pdf', `${view.t(text.callsName)} ${one.title}.pdf`, { inline: true });
      }),
    );
}
