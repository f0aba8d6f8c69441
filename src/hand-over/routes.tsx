import { Router } from 'express';
import { idIn, textOf } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import type { Visit } from '../access/visit.ts';
import { handOverSheet } from '../documents/hand-over-sheet.ts';
import type { Records } from '../fhir/records.ts';
import { invalid, Refused } from '../kernel/problem.ts';
import { displayName, readOrganization } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { refuseIdle, traceOf } from '../support/case.ts';
import { emptyForm, formAgain, readForm, type FormState } from '../web/form.tsx';
import { file, html, seeOther, type Reply } from '../web/replies.ts';
import { handOverSchema, type HandOverForm } from './form.ts';
import { gather, handOversOf, readToHand, toldTo, windowOf, windowsLike } from './gather.ts';
import { handOverPage } from './pages.tsx';
import { buildHandOver, type Window } from './record.ts';
import { blankOf, sheetOf } from './sheet.ts';
import { text } from './text.ts';

const staff = ['linkworker'] as const;

/** `/referrals/:id/hand-over`: handing a person on to another consultation window, in programs that have a sheet for it. */
export function handOverRoutes({
  pages,
  open,
  programs,
}: SliceNeeds & Readonly<{ programs: readonly Program[] }>): Router {
  const show = async ({ actor, view, req, newId }: Visit, state: FormState, status = 200): Promise<Reply> => {
    const typed = textOf(req.query['q']).trim().slice(0, 50);
    const shown = await open(actor, async (records) => {
      const hand = await readToHand(records, programs, idIn(req));
      const chosen = textOf(state.values['to']);
      return {
        hand,
        bodies: await windowsLike(records, hand.one.person.municipality, typed, chosen),
        said: await gather(records, hand, hand.handOver.items, view.language),
        made: await handOversOf(records, hand),
      };
    });
    const notice = req.method === 'GET' && req.query['said'] === 'done' ? { notice: text.saidDone } : {};
    return html(
      handOverPage({ view: { ...view, ...notice }, state, ...shown, typed, once: newId() }),
      status,
    );
  };

  const make = async (visit: Visit): Promise<Reply> => {
    const { actor, req, once } = visit;
    const form = readForm(handOverSchema, req.body);
    if (!form.ok) return show(visit, form.state, 422);
    const id = idIn(req);
    try {
      await open(actor, (records) => handOn(records, programs, id, form.data), { once });
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
      return show(visit, formAgain(req.body, error.problem.issues), 422);
    }
    return seeOther(`/referrals/${id}/hand-over?said=done#made`);
  };

  return Router()
    .get(
      '/referrals/:id/hand-over',
      pages.forRoles(staff, async (visit) => show(visit, await visit.filled(emptyForm()))),
    )
    .post('/referrals/:id/hand-over', pages.forRoles(staff, make))
    .get(
      '/referrals/:id/hand-over/blank.pdf',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const { hand, data } = await open(actor, (records) =>
          blankOf(records, programs, idIn(req), view.language),
        );
        const name = `${view.t(hand.handOver.title)} ${displayName(hand.one.person, 'ja')}.pdf`;
        return file(await handOverSheet(data), 'application/pdf', name, { inline: true });
      }),
    )
    .get(
      '/referrals/:id/hand-over/:sheet.pdf',
      pages.forRoles(staff, async ({ actor, view, req }) => {
        const { hand, data } = await open(actor, (records) =>
          sheetOf(records, programs, idIn(req), idIn(req, 'sheet'), view.language),
        );
        const name = `${view.t(hand.handOver.title)} ${displayName(hand.one.person, 'ja')}.pdf`;
        return file(await handOverSheet(data), 'application/pdf', name, { inline: true });
      }),
    );
}

/** Records that a person is handed on. Refuses a window that no consent opens the person to. Returns the record's id. */
async function handOn(
  records: Records,
  programs: readonly Program[],
  id: string,
  form: HandOverForm,
): Promise<string> {
  const hand = await readToHand(records, programs, id);
  refuseIdle(hand.one);
  const to = await receiver(records, form);
  const items = await toldTo(records, hand, to);
  if (items.length === 0) throw invalid({ path: 'to', says: text.notOpened(to.name) });
  const { referral, patient } = hand.one;
  const made = records.newId();
  await records.write([
    buildHandOver(
      {
        patient: patient.id,
        requestId: referral.requestId,
        taskId: hand.one.task.id,
        office: records.actor.organization,
        by: records.actor.post,
        at: records.now.toISOString(),
        to,
        reason: form.reason,
        asked: form.asked,
        items,
      },
      made,
    ),
    traceOf(records, patient.id, [['Communication', made]]),
  ]);
  return made;
}

async function receiver(records: Records, form: HandOverForm): Promise<Window> {
  if (form.to !== 'typed') return windowOf(readOrganization(await records.read('Organization', form.to)));
  return {
    name: form.name ?? '',
    kind: form.kind,
    ...(form.phone ? { phone: form.phone } : {}),
    ...(form.fax ? { fax: form.fax } : {}),
  };
}
