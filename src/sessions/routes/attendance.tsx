import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { invalid, issue } from '../../kernel/problem.ts';
import { isId } from '../../fhir/references.ts';
import { choice, emptyForm, readForm, textField, type FormState } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { tick, walkIn } from '../attend.ts';
import { attendances, helpers } from '../model.ts';
import { attendancePage } from '../pages/attendance.tsx';
import { pagesReturned, placesOf, readGathering } from '../queries.ts';
import { joinText } from '../join-text.ts';
import type { SessionNeeds } from './part.ts';

const WalkIn = z.object({
  name: textField({ max: 60, oneLine: true, required: joinText.nameMissing }),
  way: choice(['site', 'online'], joinText.wayMissing),
});

/** `/sessions/:id/attendance` */
export function attendanceRoutes({ open, pages }: SessionNeeds): Router {
  const draw = async ({ actor, req, view, newId }: Visit, state: FormState): Promise<string> => {
    const shown = await open(actor, async (records) => {
      const one = await readGathering(records, idIn(req));
      const returned = actor.role === 'linkworker' ? await pagesReturned(records, one.id) : 0;
      return { one, returned, places: await placesOf(records, one.id) };
    });
    return attendancePage({ view, state, newId, ...shown });
  };
  return Router()
    .get(
      '/sessions/:id/attendance',
      pages.forRoles(helpers, async (visit) => html(await draw(visit, emptyForm()))),
    )
    .post(
      '/sessions/:id/attendance',
      pages.forRoles(helpers, async ({ actor, req, once }) => {
        const id = idIn(req);
        const place = field(req, 'place') ?? '';
        const as = attendances.find((one) => one === field(req, 'as'));
        if (as === undefined || !isId(place))
          throw invalid(issue('', '出欠を選び直してください。', 'Choose again.'));
        await open(actor, (records) => tick(records, id, place, as).then(() => null), { once });
        return seeOther(`/sessions/${id}/attendance#p-${place}`);
      }),
    )
    .post(
      '/sessions/:id/walk-ins',
      pages.forRoles(helpers, async (visit) => {
        const { actor, req, once } = visit;
        const id = idIn(req);
        const read = readForm(WalkIn, req.body);
        if (!read.ok) return html(await draw(visit, read.state), 422);
        const { name, way } = read.data;
        await open(actor, (records) => walkIn(records, id, name, way).then(() => null), { once });
        return seeOther(`/sessions/${id}/attendance#walk-in`);
      }),
    );
}
