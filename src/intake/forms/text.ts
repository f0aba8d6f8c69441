import type { Texts } from '../../kernel/sentence.ts';

/** Words of the pages on which forms made elsewhere are loaded, looked at and used. */
export const text = {
  title: { ja: '様式', en: 'Forms' },
  lead: {
    ja: 'ほかで作られた FHIR R4 の Questionnaire を、確かめてから使えるようにします。',
    en: 'Puts FHIR R4 Questionnaires made elsewhere into use, after they were checked.',
  },
  inUse: { ja: '取り込んだ様式', en: 'Forms loaded here' },
  none: { ja: '取り込んだ様式はまだありません', en: 'No form has been loaded yet' },
  load: { ja: '様式を取り込む', en: 'Load a form' },
  file: {
    ja: 'Questionnaire か、その ValueSet も入れた Bundle のファイル（JSON、300KB まで）',
    en: 'File with the Questionnaire, or a Bundle of it and its ValueSets (JSON, up to 300 KB)',
  },
  pasted: { ja: 'または、JSON を貼り付ける', en: 'Or paste the JSON' },
  check: { ja: '確かめる', en: 'Check' },
  nothing: {
    ja: 'ファイルを選ぶか、JSON を貼り付けてください。',
    en: 'Please choose a file or paste the JSON.',
  },
  unusable: { ja: 'この様式は、このままでは使えません', en: 'This form cannot be used as it is' },
  unusableLead: {
    ja: '次の点を、様式を作った人に直してもらってください。何も保存していません。',
    en: 'Please have these mended by whoever made the form. Nothing was stored.',
  },
  lacking: { ja: 'つなぐでは使えない指定', en: 'What does not work here' },
  lackingLead: {
    ja: '質問や答えの意味は変わりませんが、次の指定には従いません。',
    en: 'What is asked and what answers mean stays the same, but these are not acted on.',
  },
  preview: { ja: 'こう見えます', en: 'As people will see it' },
  previewLead: {
    ja: '入力しても保存されません。',
    en: 'What is typed here is not stored.',
  },
  understood: {
    ja: '使えない指定があることを確かめたうえで使う',
    en: 'Use it all the same, knowing what does not work',
  },
  mustUnderstand: {
    ja: '使えない指定を読んで、印を付けてください。',
    en: 'Please read what does not work and tick the box.',
  },
  use: { ja: 'この版を使い始める', en: 'Put this version into use' },
  retire: { ja: 'この版を使うのをやめる', en: 'Take this version out of use' },
  retireLead: {
    ja: 'これまでの回答は残り、読むことができます。元に戻すことはできません。',
    en: 'What was answered stays and can be read. This cannot be undone.',
  },
  retired: { ja: '使われなくなった版です', en: 'This version is out of use' },
  version: { ja: '版', en: 'Version' },
  address: { ja: 'アドレス', en: 'Address' },
  state: { ja: '状態', en: 'State' },
  active: { ja: '使用中', en: 'In use' },
  otherForms: { ja: 'ほかの様式に答える', en: 'Answer another form' },
  otherFormsLead: {
    ja: '管理者が取り込んだ様式です。',
    en: 'Forms that the administrator loaded.',
  },
  linkFor: (title: string) => ({
    ja: `「${title}」の四角い印（QRコード）を作る`,
    en: `Make the QR code for “${title}”`,
  }),
  blankOf: (title: string) => ({
    ja: `白紙の「${title}」（PDF）`,
    en: `Blank “${title}” (PDF)`,
  }),
  fill: { ja: '様式に答える', en: 'Answer a form' },
  notOurs: {
    ja: 'ほかで作られた様式です。',
    en: 'This form was made elsewhere.',
  },
  retiredWhile: {
    ja: '入力している間に、この版は使われなくなりました。書いたものは下に残っていますが、保存していません。',
    en: 'This version was taken out of use while you were filling it in. What you typed is still below; nothing was stored.',
  },
  newerVersion: { ja: '新しい版に答える', en: 'Answer the newer version' },
  noNewer: {
    ja: '新しい版はまだありません。管理者に知らせてください。',
    en: 'There is no newer version yet. Please tell the administrator.',
  },
  saved: { ja: '答えを保存しました。', en: 'The answers were stored.' },
} satisfies Texts;
