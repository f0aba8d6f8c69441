import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import type { Visit } from '../../access/visit.ts';
import { dayInTokyo, endOfDayInTokyo } from '../../kernel/japan/calendar.ts';
import { choice, optionalChoice, optionalDate, optionalText, readForm, saying } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { cautionOf, medicalAreaOf } from '../../referral/caution.ts';
import { programOf } from '../../referral/deadlines.ts';
import { isWorkedOn, readCase } from '../case.ts';
import { logContact, type Logging } from '../contact.ts';
import { contactsPage, dayAfter, nextDays } from '../pages/contacts.tsx';
import { readContacts } from '../plan.ts';
import { namesOfPosts } from '../queries.ts';
import { contactKindNames } from '../record.ts';
import { contactWords as text } from '../text.ts';
import { asLeft, attempt, office, seenIn, viewAfter, type Again, type SupportNeeds } from './part.ts';

const nextIn = [...nextDays.map(String), 'other'] as const;

const Form = z
  .object({
    kind: choice(contactKindNames, text.kindMissing),
    text: optionalText(1000),
    next_in: optionalChoice(nextIn),
    next: optionalDate(),
    on: optionalDate(),
    time: optionalText(5).refine(
      (time) => time === undefined || /^([01]?\d|2[0-3])[:：][0-5]\d$/.test(time.normalize('NFKC')),
      saying(text.timeWrong),
    ),
  })
  .refine(({ next_in, next }) => next_in !== 'other' || next !== undefined, {
    path: ['next'],
    message: saying(text.nextOnMissing),
    when: () => true,
  });

/** `/referrals/:id/contacts` */
export function contactRoutes(needs: SupportNeeds): Router {
  const { pages, open } = needs;
  const show = async (visit: Visit, { state, trouble }: Again): Promise<string> => {
    const { actor, newId } = visit;
    const { medicalArea, ...shown } = await open(actor, async (records) => {
      const one = await readCase(records, idIn(visit.req));
      const contacts = await readContacts(records, one);
      return {
        one,
        contacts,
        medicalArea: await medicalAreaOf(records, needs.programs, one.person?.municipalityCode),
        names: await namesOfPosts(
          records,
          contacts.map((c) => c.by),
        ),
      };
    });
    const view = viewAfter(visit, { logged: text.said, started: text.saidStarted });
    const { asked, referral } = shown.one;
    const caution = isWorkedOn(referral)
      ? cautionOf(programOf(needs.programs, asked.program), { ...shown.one, medicalArea }, asked.needs)
      : undefined;
    return contactsPage({ view, role: actor.role, newId, state, trouble, caution, ...shown });
  };
  return Router()
    .get(
      '/referrals/:id/contacts',
      pages.forRoles(office, async (visit) => html(await show(visit, await asLeft(visit)))),
    )
    .post(
      '/referrals/:id/contacts',
      pages.forRoles(office, async (visit) => {
        const id = idIn(visit.req);
        const read = readForm(Form, visit.req.body);
        if (!read.ok) return html(await show(visit, { state: read.state }), 422);
        const given = logging(id, seenIn(visit), read.data, needs.now());
        return attempt(
          visit,
          () => open(visit.actor, (records) => logContact(records, given), { once: visit.once }),
          ({ started }) => seeOther(`/referrals/${id}/contacts?said=${started ? 'started' : 'logged'}`),
          (again) => show(visit, again),
        );
      }),
    );
}

function logging(id: string, seen: string | undefined, data: z.infer<typeof Form>, now: Date): Logging {
  const { kind, text: words, next_in: after, next, on, time } = data;
  const day = after === 'other' ? next : after === undefined ? undefined : dayAfter(now, Number(after));
  const at = on === undefined && time === undefined ? undefined : instantOf(on ?? dayInTokyo(now), time, now);
  return {
    id,
    seen,
    kind,
    text: words ?? '',
    ...(at === undefined ? {} : { at }),
    ...(day === undefined ? {} : { next: endOfDayInTokyo(day).toISOString() }),
  };
}

/** A day without a time is noon, or now when that comes first. */
function instantOf(day: string, time: string | undefined, now: Date): string {
  const [hour = '12', minute = '00'] = (time ?? '12:00').normalize('NFKC').split(':');
  const at = new Date(`${day}T${hour.padStart(2, '0')}:${minute}:00+09:00`);
  return (time === undefined && dayInTokyo(now) === day && at > now ? now : at).toISOString();
}
