import { of, type Texts } from '../kernel/sentence.ts';

/** Words of the sheet about a community resource. */
export const resourceText = {
  assuredOn: (day: string) => of(`内容の確認 ${day}`, `Checked ${day}`),
  resourceWhen: of('日時', 'When'),
  fee: of('費用', 'Fee'),
  eligibility: of('どなたが', 'For whom'),
  appointment: of('予約', 'Appointment'),
  faxLabel: of('FAX', 'Fax'),
  provider: of('運営', 'Run by'),
  map: of('場所', 'Where it is'),
  mapAlt: (name: string) =>
    of(
      `${name}とまわりの場所の略図。名前と距離は次の一覧にあります。`,
      `Sketch of ${name} and places around it; names and distances follow.`,
    ),
  mapNote: of(
    '上が北です。道は描いていません。距離は直線です。',
    'North is up. Streets are not drawn; distances are straight lines.',
  ),
  metres: (metres: number) => of(`${String(metres)}m`, `${String(metres)} m`),
  kilometres: (kilometres: number) => of(`${String(kilometres)}km`, `${String(kilometres)} km`),
  mapQr: of('スマホで地図を見る', 'See the map online'),
  entryQr: of('このページを見る（職員用）', 'This entry (for staff)'),
} as const satisfies Texts;
