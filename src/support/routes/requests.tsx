import { cautionOf, medicalAreaOf } from '../../referral/caution.ts';
import { programOf } from '../../referral/deadlines.ts';
import { unseenAnswers } from '../../referral/unseen.ts';
import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import { addWorkingDays, dayInTokyo } from '../../kernel/japan/calendar.ts';
import { readOrganization } from '../../people/record.ts';
import {
  choice,
  choices,
  dateField,
  emptyForm,
  formAgain,
  optionalText,
  readForm,
  textField,
  tick,
} from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { confirmAnswers } from '../answer.ts';
import { askResources, longestWish, readCandidates, type Asking } from '../ask.ts';
import { willWayNames } from '../will.ts';
import { readCase } from '../case.ts';
import { askPage, canBeAsked } from '../pages/ask.tsx';
import { askTextsPage } from '../pages/ask-texts.tsx';
import { caseRequestsPage } from '../pages/requests.tsx';
import { readRequests } from '../requests.ts';
import { askWords as text, requestWords } from '../request-text.ts';
import { caseWords } from '../text.ts';
import {
  attempt,
  fresh,
  office,
  professional,
  seenIn,
  viewAfter,
  type Again,
  type SupportNeeds,
} from './part.ts';

/** Working days a group is given unless the link worker says otherwise. */
const usualDays = 7;

/** Where the page of texts was seen, one text for each resource. */
const textsFor = (ids: readonly string[], body: Readonly<Record<string, unknown>> | undefined) =>
  z.object(
    Object.fromEntries(
      ids
        .map((id) => `wish-${id}`)
        .filter((name) => body?.[name] !== undefined)
        .map((name) => [name, textField({ max: longestWish, required: text.wishMissing })]),
    ),
  );

const wishesIn = (data: Readonly<Record<string, unknown>>, ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const wish = data[`wish-${id}`];
      return typeof wish === 'string' ? [[id, wish] as const] : [];
    }),
  );

const Form = z.object({
  resource: choices<string>([]).or(z.unknown()).transform(listed),
  wish: textField({ max: longestWish, required: text.wishMissing }),
  answerBy: dateField(text.answerByMissing),
  will: tick(text.willMissing),
  way: choice(willWayNames, text.wayMissing),
  note: optionalText(200),
});

/** Ids of resources that were ticked. */
function listed(value: unknown): string[] {
  return [...new Set([value].flat())].filter(isId).slice(0, 20);
}

/** Where these groups are asked, and where what was typed for them is kept; `texts` is the page of texts behind it. */
const askAddress = (id: string, ids: readonly string[], page: '' | '/texts' = ''): string =>
  `/referrals/${id}/requests${page}?${new URLSearchParams(ids.map((one) => ['resource', one])).toString()}`;

/**
 * `/referrals/:id/requests`: the requests of a case; with resources named, the check before they are asked, and with
 * several of them the page of texts.
 */
export function caseRequestRoutes(needs: SupportNeeds): Router {
  const { pages, open, publicUrl } = needs;
  const showList = async (visit: Visit, { state, trouble }: Again): Promise<string> => {
    const { actor, newId } = visit;
    const view = viewAfter(visit, {
      asked: text.said,
      seen: caseWords.saidConfirm,
      moved: requestWords.saidMove,
    });
    const shown = await open(actor, async (records) => {
      const one = await readCase(records, idIn(visit.req));
      const requests = await readRequests(records, one.task.id);
      return {
        one,
        requests,
        unseen: unseenAnswers(
          one.task,
          requests.map((r) => r.task),
        ),
      };
    });
    return caseRequestsPage({ view, role: actor.role, newId, state, trouble, ...shown });
  };
  const readCheck = (visit: Visit, ids: readonly string[]) =>
    open(visit.actor, async (records: Records) => {
      const one = await readCase(records, idIn(visit.req));
      const [body] = await records.readMany('Organization', [one.referral.to]);
      return {
        one,
        candidates: await readCandidates(records, one, ids),
        from: body && readOrganization(body),
        medicalArea: await medicalAreaOf(records, needs.programs, one.person?.municipalityCode),
      };
    });
  const showCheck = async (
    visit: Visit,
    ids: readonly string[],
    { state, trouble }: Again,
    page = askPage,
  ): Promise<string> => {
    const { actor, newId } = visit;
    const { medicalArea, ...shown } = await readCheck(visit, ids);
    const { asked } = shown.one;
    const caution = cautionOf(
      programOf(needs.programs, asked.program),
      { ...shown.one, medicalArea },
      asked.needs,
    );
    const view = { ...visit.view, path: askAddress(idIn(visit.req), ids) };
    return page({ view, role: actor.role, newId, state, trouble, caution, ...shown });
  };

  return Router()
    .get(
      '/referrals/:id/requests',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const ids = listed(visit.req.query['resource']);
          const { search } = visit.req.query;
          if (ids.length === 0 && typeof search === 'string')
            return seeOther(`/referrals/${idIn(visit.req)}/resources?${search ? `${search}&` : ''}none=1`);
          if (ids.length === 0) return html(await showList(visit, fresh));
          const first = emptyForm({ answerBy: dayInTokyo(addWorkingDays(needs.now(), usualDays)) });
          const state = await visit.filled(first, askAddress(idIn(visit.req), ids));
          return html(await showCheck(visit, ids, { state }));
        }),
      ),
    )
    .get(
      '/referrals/:id/requests/texts',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const ids = listed(visit.req.query['resource']);
          const form = askAddress(idIn(visit.req), ids);
          const { values } = await visit.filled(emptyForm(), form);
          const read = readForm(Form, values);
          const { candidates } = await readCheck(visit, ids);
          // Nothing was written for them yet, or it was sent: their form says how it stands.
          if (!read.ok || !candidates.some(canBeAsked)) return seeOther(form);
          const state = formAgain({ ...values, answerBy: read.data.answerBy }, []);
          return html(await showCheck(visit, ids, { state }, askTextsPage));
        }),
      ),
    )
    .post(
      '/referrals/:id/requests',
      pages.forRoles(
        office,
        professional(needs, async (visit) => {
          const id = idIn(visit.req);
          const body = visit.req.body as Readonly<Record<string, unknown>> | undefined;
          const ids = listed(body?.['resource']);
          const step = field(visit.req, 'step');
          const form = askAddress(id, ids);
          if (step === 'back') {
            await visit.keep(form);
            return seeOther(form);
          }
          const read = readForm(Form, body);
          if (!read.ok) return html(await showCheck(visit, ids, { state: read.state }), 422);
          if (step === 'texts') {
            await visit.keep(form);
            return seeOther(askAddress(id, ids, '/texts'));
          }
          const texts = readForm(textsFor(ids, body), body);
          if (!texts.ok) return html(await showCheck(visit, ids, { state: texts.state }, askTextsPage), 422);
          const wishes = wishesIn(texts.data, ids);
          const page = Object.keys(wishes).length > 0 ? askTextsPage : askPage;
          const { wish, answerBy, way, note } = read.data;
          const asking: Asking = {
            id,
            seen: seenIn(visit),
            resources: ids,
            wish,
            wishes,
            answerBy,
            will: { way, note },
          };
          return attempt(
            visit,
            () =>
              open(visit.actor, (records) => askResources(records, publicUrl, asking), { once: visit.once }),
            () => seeOther(`/referrals/${id}/requests?said=asked`),
            (again) => showCheck(visit, ids, again, page),
          );
        }),
      ),
    )
    .post(
      '/referrals/:id/requests/seen',
      pages.forRoles(
        office,
        professional(needs, (visit) => {
          const id = idIn(visit.req);
          return attempt(
            visit,
            () =>
              open(visit.actor, (records) => confirmAnswers(records, { id, seen: seenIn(visit) }), {
                once: visit.once,
              }),
            () => seeOther(`/referrals/${id}/requests?said=seen`),
            (again) => showList(visit, again),
          );
        }),
      ),
    );
}
