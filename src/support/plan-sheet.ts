import { registerSheet } from '../documents/printed.ts';
import type { PlanSheetData } from '../documents/plan-sheet.ts';
import { partyOf, reachOf } from '../documents/party.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { warned } from '../people/danger/marks.tsx';
import { displayName, readOrganization } from '../people/record.ts';
import { needLabel } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import { readAssessment } from './assessment.ts';
import { readCase } from './case.ts';
import { readPlanOf } from './plan.ts';
import { namesOfPosts } from './queries.ts';
import { achievements, readGoal, readPlan } from './record.ts';
import { readRequests, requestStates } from './requests.ts';
import { resourceKinds, threeKinds } from './resource-kinds.ts';
import { resourceKindWords as kinds } from './text.ts';

type Given = Readonly<{ id: string; programs: readonly Program[]; language: Language; blank?: boolean }>;

/**
 * The plan of a referral as it is printed, noted in the access log; `not-found` while there is neither goal nor plan. Blank,
 * it has the person's name and room to write.
 */
export async function planData(
  records: Records,
  { id, programs, language, blank = false }: Given,
): Promise<PlanSheetData> {
  const one = await readCase(records, id);
  const { plan, goals } = await readPlanOf(records, one);
  if (!blank && plan === undefined && goals.length === 0) throw notFound();
  const { program, answers } = await readAssessment(records, programs, one, language);
  const requests = blank ? [] : await readRequests(records, id);
  const [body] = await records.readMany('Organization', [one.referral.to]);
  const office = body && readOrganization(body);
  const worker = one.referral.assignee ?? records.actor.post;
  const names = await namesOfPosts(records, [worker]);
  const resources = threeKinds(program, answers, requests, language);
  const words = plan && !blank ? readPlan(plan).text : undefined;
  const kana = [one.person.familyKana, one.person.givenKana].filter(Boolean).join(' ');
  records.note('print', blank ? 'support plan (blank)' : 'support plan', one.patient.id, `Task/${id}`);
  const about = { type: 'ServiceRequest', id: one.referral.requestId } as const;
  return {
    sheetId: await registerSheet(records, { kind: blank ? 'plan-blank' : 'plan', about, language }),
    language,
    caseNumber: one.referral.caseNumber,
    printedOn: dayInTokyo(records.now),
    program: program.name[language],
    person: {
      name: displayName(one.person, 'ja'),
      ...(kana ? { kana } : {}),
      birthDate: one.person.birthDate,
      ...warned(one.person, language),
    },
    office: partyOf(office),
    linkWorker: {
      name: names.get(worker ?? '') ?? '',
      ...reachOf(office),
    },
    ...(words ? { words } : {}),
    ...(blank ? { blank } : {}),
    goals: (blank ? [] : goals).map(readGoal).map((goal) => ({
      text: goal.text,
      ...(goal.due === undefined ? {} : { due: goal.due }),
      state: achievements[goal.achievement][language],
      needs: goal.needs.map((need) => needLabel(need.code)[language]),
    })),
    resources:
      resources === undefined
        ? []
        : resourceKinds.map((kind) => ({
            kind: kinds[kind][language],
            hint: kinds[`${kind}Hint`][language],
            names: blank ? [] : resources[kind],
          })),
    asked: requests.map(({ name, asked, referral }) => ({
      name,
      purpose: asked?.reason ?? '',
      state: requestStates[referral.status][language],
    })),
  };
}
