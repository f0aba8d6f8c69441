import { of, type Texts } from '../kernel/sentence.ts';

/** Words about handing a person on to another consultation window. */
export const text = {
  make: of('引き継ぎ票を作る', 'Make a hand-over sheet'),
  what: of(
    '相手の窓口に渡す紙を作ります。この紹介は、この窓口に残ります。',
    'Makes a sheet for another window. The case stays with this office.',
  ),
  lead: of(
    'ご本人のことは、記録から票に入ります。もう一度書く必要はありません。',
    'What is known of the person comes from the record; nothing is written twice.',
  ),
  back: of('紹介のページへ', 'Back to the referral'),
  search: of('相手の窓口を名前でさがす', 'Find the window by name'),
  searchHint: of('下を書く前にさがしてください。', 'Search before you fill in the rest.'),
  find: of('さがす', 'Find'),
  to: of('引き継ぐ相手', 'To whom'),
  toMissing: of('引き継ぐ相手を選んでください。', 'Choose to whom.'),
  typed: of('ここにない窓口（下に書く）', 'A window that is not listed (write it below)'),
  name: of('窓口の名前', 'Name of the window'),
  nameMissing: of('窓口の名前を書いてください。', 'Write the name of the window.'),
  kind: of('どんな窓口ですか', 'What kind of window'),
  kindMissing: of('どんな窓口かを選んでください。', 'Choose what kind of window it is.'),
  office: of('リンクワーカー・専門職のいる窓口', 'An office with link workers or professionals'),
  resource: of('地域の団体・サービス', 'A community group or service'),
  phone: of('電話番号', 'Phone'),
  fax: of('FAX', 'Fax'),
  numberWrong: of('電話番号の形ではありません。', 'This is no telephone number.'),
  reason: of('引き継ぐ理由', 'Why'),
  reasonMissing: of('引き継ぐ理由を書いてください。', 'Write why.'),
  asked: of('お願いしたいこと', 'What is asked'),
  askedMissing: of('お願いしたいことを書いてください。', 'Write what you ask for.'),
  agreed: of(
    'ご本人に、この相手に伝えることを話し、了承を得ました',
    'The person was told whom this goes to, and agrees',
  ),
  agreedMissing: of(
    'ご本人の了承を確かめてから、印をつけてください。',
    'Make sure that the person agrees, and tick the box.',
  ),
  notOpened: (name: string) =>
    of(
      `いまの同意では、${name}にご本人のことを伝えられません。医療機関に、この相手を含む同意をもらうよう頼んでください。`,
      `No consent lets ${name} be told of the person. Ask the clinic for a consent that names them.`,
    ),
  says: of('票にのる内容', 'What the sheet says'),
  saysLead: of(
    '同意で相手に伝えてよいことだけが、票にのります。',
    'Only what the consent opens to the receiver stands on it.',
  ),
  save: of('記録して票を作る', 'Record it and make the sheet'),
  saidDone: of('引き継ぎ票を作りました。下から印刷してください。', 'The sheet was made. Print it below.'),
  before: of('これまでの引き継ぎ票', 'Hand-over sheets so far'),
  none: of('まだありません。', 'None yet.'),
  madeOn: of('作った日', 'Made on'),
  print: of('票（PDF）', 'Sheet (PDF)'),
  blank: of('手で書く用紙を印刷する（PDF）', 'Print a blank sheet to write on (PDF)'),
  needs: of('困りごと', 'Needs'),
  summary: of('アセスメントのまとめ', 'Summary of the assessment'),
  goals: of('目標', 'Goals'),
  onlyContact: of(
    'この相手には、名前と連絡先だけを伝えます。',
    'The receiver is told the name and how to reach the person only.',
  ),
} as const satisfies Texts;
