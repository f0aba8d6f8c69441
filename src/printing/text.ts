import { of, type Texts } from '../kernel/sentence.ts';

/** Words of printing for many. */
export const text = {
  title: of('まとめて印刷', 'Print for many'),
  lead: (people: number) =>
    of(
      `${String(people)}人分の用紙を、一つのPDFにまとめます。`,
      `Sheets for ${String(people)} ${people === 1 ? 'person' : 'people'}, in one PDF.`,
    ),
  people: of('印刷する方', 'Whom it is for'),
  sheets: of('印刷する用紙', 'Which sheets'),
  sheetsMissing: of('用紙を一つ以上選んでください。', 'Choose at least one sheet.'),
  peopleMissing: of(
    '印刷する方が選ばれていません。一覧に戻って、印をつけてください。',
    'Nobody is chosen. Go back to the list and tick some.',
  ),
  tooMany: (most: number) =>
    of(`一度に印刷できるのは${String(most)}人までです。`, `No more than ${String(most)} people at a time.`),
  first: (most: number) =>
    of(`一覧の初めの${String(most)}人です。`, `These are the first ${String(most)} of the list.`),
  start: of('PDFを作る', 'Make the PDF'),
  running: of(
    'いま作っているPDFがあります。できあがるのを待つか、やめてから、次を始めてください。',
    'One is being made. Wait until it has ended, or end it, before you start another.',
  ),
  seeRunning: of('作っているPDFを見る', 'See the one being made'),
  jobs: of('作ったPDF', 'What was made'),
  none: of('作ったPDFはありません', 'There is nothing here'),
  noneNext: of(
    '患者さんや受付箱の一覧で印をつけて、「まとめて印刷」を押してください。',
    'Tick people in a list and press “Print for many”.',
  ),
  kept: of(
    'できたPDFは、一日たつと消えます。開けるのは、作った本人だけです。',
    'The PDF is deleted after a day. Only you can open it.',
  ),
  started: of('始めた時刻', 'Begun'),
  count: of('人数', 'People'),
  state: of('様子', 'State'),
  stateRunning: of('作っています', 'Being made'),
  stateDone: of('できました', 'Ready'),
  stateFailed: of('作れませんでした', 'Failed'),
  progress: of('進み具合', 'Progress'),
  gathering: (done: number, all: number) =>
    of(
      `書く内容を集めています：${String(all)}人のうち${String(done)}人`,
      `Gathering: ${String(done)} of ${String(all)}`,
    ),
  drawing: (done: number, all: number) =>
    of(
      `用紙に書いています：${String(all)}人のうち${String(done)}人`,
      `Drawing: ${String(done)} of ${String(all)}`,
    ),
  waits: of(
    'このページは自動で新しくなります。閉じても作業は続きます。',
    'This page renews itself. You may leave it; the work goes on.',
  ),
  cancel: of('やめる', 'Cancel'),
  remove: of('いま消す', 'Delete now'),
  saidCancelled: of('印刷をやめ、作りかけのものを消しました。', 'It was ended and deleted.'),
  download: (size: string) => of(`PDFを開く（${size}）`, `Open the PDF (${size})`),
  until: (when: string) => of(`${when}に消えます`, `It is deleted ${when}`),
  leftOut: (people: number) => of(`入れなかった方（${String(people)}人）`, `Left out (${String(people)})`),
  leftOutWhy: of(
    '選んだあとに、同意の取り消しなどで見られなくなった方か、選んだ用紙がまだない方です。',
    'People you may not see any more, such as after a consent was taken back, or who have none of these sheets yet.',
  ),
  failed: of(
    '途中で止まり、作れませんでした。もう一度お試しください。',
    'It stopped and could not be finished. Please try again.',
  ),
  nobody: of(
    '入れられる方が一人もいませんでした。用紙を選び直してください。',
    'There was nobody to print for. Choose other sheets.',
  ),
  closed: of(
    '作ったあとに、同意の取り消しなどで見られなくなった方か、記録の変わった方が入っています。もう一度作ってください。',
    'Somebody in it may not be seen any more, or their record has changed since. Please make it again.',
  ),
  back: of('作ったPDFの一覧', 'What was made'),
  backToList: of('一覧に戻る', 'Back to the list'),
  fileName: (people: number) => of(`まとめて印刷 ${String(people)}人`, `Sheets for ${String(people)}`),

  'questionnaire-blank': of('問診票（白紙）', 'Questionnaire (blank)'),
  'consent-blank': of('同意書（白紙）', 'Consent form (blank)'),
  answers: of('問診票（答えたもの）', 'Questionnaire (answered)'),
  consent: of('同意書（署名したもの）', 'Consent form (signed)'),
  'request-sheet': of('相談依頼票（FAX用・お名前入り）', 'Request sheet to fax, with the name'),
  referral: of('紹介票', 'Referral sheet'),
  provision: of('第三者提供の記録', 'Record of provision'),
  'assessment-blank': of('アセスメントシート（白紙）', 'Assessment (blank)'),
  assessment: of('アセスメントシート（書いたもの）', 'Assessment (filled in)'),
  plan: of('支援計画書', 'Support plan'),
  report: of('返書（いちばん新しいもの）', 'Report to the doctor (the latest)'),
} as const satisfies Texts;
