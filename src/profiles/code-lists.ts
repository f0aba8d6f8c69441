import { items, type Item } from '../access/sight.ts';
import { bodyNames } from '../access/accounts/text.ts';
import { roleName } from '../access/roles.ts';
import { legalBases } from '../consent/legal-basis.ts';
import { howNames, itemNames, recipientNames } from '../consent/text.ts';
import { interests } from '../directory/interests.ts';
import { text as directoryText, viewNames } from '../directory/text.ts';
import { canonical, systems } from '../fhir/codes.ts';
import { of, type Sentence } from '../kernel/sentence.ts';
import { postKinds } from '../people/record.ts';
import { placedItems } from '../programs/items.ts';
import { needs } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import { worded } from '../programs/wording.ts';
import { reportKinds } from '../referral/report.ts';
import { text as scansText } from '../scans/text.ts';
import { figureCodes, figureSystem } from '../statistics/report.ts';
import { outcomes, reasons, steps } from '../referral/workflow.ts';
import { contactKinds } from '../support/record.ts';

/** A code system as the slices keep it: codes in their order, each in both languages. */
export type CodeList = Readonly<{
  system: string;
  title: Sentence;
  about: Sentence;
  codes: Readonly<Record<string, Sentence>>;
}>;

/** What goes with a referral anyway and stands on no consent form, so that the form has no words for it. */
const itemsBesides: Readonly<Record<Exclude<Item, keyof typeof itemNames>, Sentence>> = {
  request: of('紹介・依頼の内容', 'The referral or request itself'),
  insurance: of('保険の情報', 'Insurance'),
};

const communications = {
  'medical-note': of('医師からの申し送り', 'Note of the doctor'),
  report: of('医師への返書', 'Report back to the doctor'),
  message: of('連絡', 'Message'),
  contact: of('本人への連絡・訪問の記録', 'Contact with the person'),
} as const satisfies Record<string, Sentence>;

const outputs = {
  outcome: of('結果', 'What came of it'),
  'resulting-activity': of('行われたこと', 'What was done'),
} as const satisfies Record<string, Sentence>;

/** Every code system of ours, from the lists that pages and rules use. */
export const codeLists = (programs: readonly Program[]): readonly CodeList[] => [
  {
    system: systems.organizationType,
    title: of('機関の種類', 'Kinds of organization'),
    about: of(
      '紹介に関わる機関の種類。resident は機関ではなく、同意の相手としてだけ使う。',
      'What an organization is in a referral; resident is none and is only named as a recipient of a consent.',
    ),
    codes: { ...bodyNames, resident: recipientNames.resident },
  },
  {
    system: systems.post,
    title: of('役割', 'Posts'),
    about: of('機関のなかでの役割。', 'What somebody is in an organization.'),
    codes: Object.fromEntries(postKinds.map((kind) => [kind, roleName(kind)])),
  },
  {
    system: systems.need,
    title: of('困りごと（日本で足したもの）', 'Needs that Japan names'),
    about: of(
      'SDOH Clinical Care の分類にない困りごと。記録では sdoh-category-unspecified と並べる。',
      'Needs that the SDOH Clinical Care guide has no category for; in records they stand beside sdoh-category-unspecified.',
    ),
    codes: Object.fromEntries(needs.flatMap((n) => (n.system === systems.need ? [[n.code, n.label]] : []))),
  },
  {
    system: systems.businessStatus,
    title: of('紹介の段階', 'Steps of a referral'),
    about: of('Task.status より細かい、現場での段階。', 'Steps that are finer than Task.status.'),
    codes: steps,
  },
  {
    system: systems.statusReason,
    title: of('理由', 'Reasons'),
    about: of(
      '引き受けない・保留・終了・取り消しの理由。言葉での説明（text）が必ず要る。',
      'Why something was declined, held, failed or cancelled; words beside the code are mandatory.',
    ),
    codes: reasons,
  },
  {
    system: systems.outcome,
    title: of('結果', 'Outcomes'),
    about: of('紹介・依頼の結果。', 'What came of a referral or a request.'),
    codes: outcomes,
  },
  {
    system: systems.taskOutput,
    title: of('Task の出力', 'Outputs of a task'),
    about: of('Task.output の種類。', 'Kinds of Task.output.'),
    codes: outputs,
  },
  {
    system: systems.consentItem,
    title: of('同意で開く内容', 'What a consent opens'),
    about: of('同意書で選ぶ、渡してよい内容。', 'What may be passed on, as a consent form offers it.'),
    codes: Object.fromEntries(
      items.map((item) => [
        item,
        item === 'request' || item === 'insurance' ? itemsBesides[item] : itemNames[item],
      ]),
    ),
  },
  {
    system: systems.legalBasis,
    title: of('同意によらない提供の根拠', 'Legal bases'),
    about: of('同意なしに情報を提供する法律上の根拠。', 'On what a disclosure without consent rests.'),
    codes: legalBases,
  },
  {
    system: systems.consentExplained,
    title: of('同意の説明のしかた', 'How a consent was explained'),
    about: of('同意をとるときの説明のしかた。', 'How the consent was explained to the person.'),
    codes: howNames,
  },
  {
    system: systems.communication,
    title: of('連絡の種類', 'Kinds of communication'),
    about: of('Communication.category に使う。', 'Used in Communication.category.'),
    codes: communications,
  },
  {
    system: systems.contact,
    title: of('連絡のようす', 'How a contact went'),
    about: of(
      '本人に連絡をとったときのようすと、引き継ぎ先の窓口からの返事。',
      'How an attempt to reach the person went, and the reply of a window they were handed on to.',
    ),
    codes: contactKinds,
  },
  {
    system: systems.contactTopic,
    title: of('連絡の話題', 'Topics of a contact'),
    about: of(
      '本人や機関と話したことのうち、記録に意味のあるもの。',
      'What was talked about, with the person or between bodies, where the records depend on it.',
    ),
    codes: {
      'current-will': of('本人の意向の確認', 'The person said again that they want it'),
      'hand-over': of('相談窓口への引き継ぎ', 'Handed on to another consultation window'),
      'shared-sheet': of('情報共有シートの申し送り', 'Note beside the shared sheet'),
    },
  },
  {
    system: systems.incomingDocument,
    title: of('届いた書類の種類', 'Kinds of incoming document'),
    about: of(
      'FAXやスキャナーで届いた紙が何の用紙か。DocumentReference.type で LOINC のコードと並べる。',
      'What a page that came by fax or scanner is; in DocumentReference.type it stands beside the code of LOINC.',
    ),
    codes: scansText.whats,
  },
  {
    system: figureSystem,
    title: of('統計の区分', 'Breakdowns of figures'),
    about: of(
      '統計（MeasureReport）で数を分けるときの分け方。',
      'By what the figures of a MeasureReport are broken down.',
    ),
    codes: figureCodes,
  },
  {
    system: `${canonical}/CodeSystem/encounter-type`,
    title: of('面談・参加の種類', 'Types of encounter'),
    about: of('Encounter.type に使う。', 'Used in Encounter.type.'),
    codes: { session: of('つどい', 'Took part in a session') },
  },
  {
    system: `${canonical}/CodeSystem/report-kind`,
    title: of('返書の種類', 'Kinds of report'),
    about: of('医師への返書の種類。', 'What a report to the doctor tells.'),
    codes: reportKinds,
  },
  {
    system: systems.interest,
    title: of('関心', 'Interests'),
    about: of('人の好きなこと、活動の内容。', 'What a person likes and what an activity is about.'),
    codes: interests,
  },
  {
    system: systems.resourceView,
    title: of('社会資源の見方', 'Lists of resources'),
    about: of('社会資源の一覧の種類。', 'In which lists a community resource stands.'),
    codes: viewNames,
  },
  {
    system: systems.resourceKind,
    title: of('社会資源の性質', 'Kinds of resource'),
    about: of('制度か、住民の活動か。', 'Whether a resource is formal or informal.'),
    codes: { formal: directoryText.formal, informal: directoryText.informal },
  },
  {
    system: `${canonical}/CodeSystem/item-use`,
    title: of('質問の使いみち', 'Uses of a question'),
    about: of('様式の質問の答えが使われるところ。', 'What becomes of the answer to a question of a form.'),
    codes: { report: of('医師への返書に載せる', 'Goes into the report to the doctor') },
  },
  ...answerLists(programs),
];

/** The options of a program's forms, which are codes of the program's own. */
function answerLists(programs: readonly Program[]): CodeList[] {
  const found = new Map<string, { program: Program; codes: Map<string, Sentence[]> }>();
  for (const program of programs)
    for (const form of [program.screening, program.assessment, program.consent])
      for (const { item } of placedItems(form))
        for (const { valueCoding: option } of item.answerOption ?? []) {
          const { system = '', code } = option ?? {};
          if (!option || code === undefined || !system.endsWith(`/CodeSystem/${program.id}-answers`))
            continue;
          const list = found.get(system) ?? { program, codes: new Map<string, Sentence[]>() };
          found.set(system, list);
          const said = worded(option, 'display');
          const before = list.codes.get(code) ?? [];
          if (!before.some((one) => one.ja === said.ja)) list.codes.set(code, [...before, said]);
        }
  return [...found].map(([system, { program, codes }]) => ({
    system,
    title: of(`${program.name.ja}：選択肢`, `${program.name.en}: options`),
    about: of(
      '様式の選択肢。同じコードの言葉は質問ごとに少し違うことがあり、そのときは並べて書く。',
      'Options of the forms. A code may be worded a little differently from question to question; then all wordings stand here.',
    ),
    codes: Object.fromEntries(
      [...codes].map(([code, said]) => [
        code,
        of(said.map((s) => s.ja).join('／'), said.map((s) => s.en).join(' / ')),
      ]),
    ),
  }));
}
