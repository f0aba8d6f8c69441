import { forbidden, issue, type Issue, type Refused } from '../kernel/problem.ts';
import type { Keeper } from './keeper.ts';

/** What is said to somebody who may not keep an entry; the same on a page and under the FHIR API. */
export const notAKeeper = (): Refused =>
  forbidden({
    ja: '地域の資源を登録・変更できるのは、生活支援コーディネーター、リンクワーカー、活動している団体です。直してほしいことは、窓口にお伝えください。',
    en: 'Coordinators, link workers and the groups themselves keep the directory. Please tell one of them what needs correcting.',
  });

export const notYours = (keeper: Keeper): Refused =>
  forbidden(
    keeper.role === 'resource'
      ? {
          ja: '変更できるのは、ご自分の団体の登録だけです。',
          en: 'You can change the entries of your own group only.',
        }
      : {
          ja: '担当の市町村の人を受け入れている資源だけを変更できます。',
          en: 'You can change only resources that take people from the municipalities you work for.',
        },
  );

export const outsideArea = (path: string, keeper: Keeper): Issue =>
  keeper.role === 'coordinator'
    ? issue(
        path,
        `対象の地域に、担当の市町村（${keeper.name}）を入れてください。`,
        `Include the municipality you work for (${keeper.name}) in the areas.`,
      )
    : issue(
        path,
        '対象の地域に、担当の市町村を一つ以上入れてください。',
        'Include at least one municipality that your office serves in the areas.',
      );

export const unfitProvider = (path: string): Issue =>
  issue(
    path,
    '活動する団体として登録された機関を選んでください。',
    'The provider must be registered as a community group.',
  );
