import { unseenAnswers } from '../../referral/unseen.ts';
import { Router } from 'express';
import { idIn } from '../../access/request.ts';
import type { Visit } from '../../access/visit.ts';
import { areas as areasKnown, type AreaNames, type MedicalAreas } from '../../directory/areas.ts';
import { isInterest } from '../../directory/interests.ts';
import type { Wish } from '../../matching/rank.ts';
import { needs as allNeeds } from '../../programs/needs.ts';
import { emptyForm } from '../../web/form.tsx';
import { html } from '../../web/replies.ts';
import { readAssessment, type Assessment } from '../assessment.ts';
import { readCase, type Case } from '../case.ts';
import { findResources } from '../find.ts';
import { needKey } from '../pages/goals.tsx';
import { resourcesPage } from '../pages/resources.tsx';
import { interestsIn } from '../record.ts';
import { findWords } from '../request-text.ts';
import { readRequests } from '../requests.ts';
import { office, professional, type SupportNeeds } from './part.ts';

/** `/referrals/:id/resources`: the search starts from what is known of the person. */
export function resourceRoutes(needs: SupportNeeds): Router {
  const { pages, open, programs } = needs;
  return Router().get(
    '/referrals/:id/resources',
    pages.forRoles(
      office,
      professional(needs, async (visit) => {
        const { actor, view, newId } = visit;
        const shown = await open(actor, async (records) => {
          const one = await readCase(records, idIn(visit.req));
          const assessment = await readAssessment(records, programs, one, view.language);
          const known = knownOf(one, assessment);
          const { names, medical } = await areasKnown(records);
          const municipalities = areasFor(names, one);
          const { wish, area } = wishOf(visit, one, known, { municipalities, medical });
          const areas: AreaNames = new Map([
            ...municipalities,
            ...[...medical].map(([value, { name }]) => [value, name] as const),
          ]);
          const found = await findResources(records, wish);
          const requests = await readRequests(records, one.task.id);
          return {
            one,
            known,
            areas,
            area,
            wish,
            found,
            unseen: unseenAnswers(
              one.task,
              requests.map((r) => r.task),
            ).length,
          };
        });
        const trouble = visit.req.query['none'] === '1' ? findWords.nonePicked : undefined;
        const picked = listed(visit.req.query['resource']);
        return html(
          resourcesPage({ view, role: actor.role, newId, state: emptyForm(), trouble, picked, ...shown }),
        );
      }),
    ),
  );
}

type Known = Readonly<{ needs: Wish['needs']; interests: readonly string[] }>;

const knownOf = (one: Case, { program, answers, screening }: Assessment): Known => ({
  needs: one.asked.needs,
  interests: [
    ...new Set([
      ...interestsIn(program.assessment, answers),
      ...interestsIn(program.screening, screening ?? {}),
    ]),
  ].filter(isInterest),
});

/** The person's own municipality stands among the areas even when no body of it is known here. */
function areasFor(known: AreaNames, { person }: Case): AreaNames {
  const { municipalityCode: code, municipality: name } = person;
  return code === '' || known.has(code) ? known : new Map([[code, name || code], ...known]);
}

const listed = (value: unknown): string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string' && one !== '');

/** What was asked for; before anybody asked, everything that is known of the person. */
function wishOf(
  { req }: Visit,
  one: Case,
  known: Known,
  { municipalities, medical }: Readonly<{ municipalities: AreaNames; medical: MedicalAreas }>,
): Readonly<{ wish: Wish; area: string }> {
  const home = one.person.municipalityCode || ([...municipalities.keys()][0] ?? '');
  if (req.query['asked'] === undefined)
    return {
      wish: { needs: known.needs, interests: known.interests, municipality: home },
      area: home,
    };
  const chosen = listed(req.query['need']);
  const area = listed(req.query['area'])[0];
  const words = (listed(req.query['words'])[0] ?? '').trim().slice(0, 80);
  const around = area === undefined ? undefined : medical.get(area);
  const municipality = area !== undefined && municipalities.has(area) ? area : home;
  const wish = {
    needs: allNeeds.filter((n) => chosen.includes(needKey(n))).map(({ system, code }) => ({ system, code })),
    interests: listed(req.query['interest']).filter(isInterest),
    municipality,
    ...(around === undefined ? {} : { within: around.municipalities }),
    ...(words === '' ? {} : { words }),
  };
  return { wish, area: around && area !== undefined ? area : municipality };
}
