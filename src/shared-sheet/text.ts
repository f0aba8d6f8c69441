import type { Texts } from '../kernel/sentence.ts';

const of = (ja: string, en: string) => ({ ja, en });

/** Words of the sheet that an insurer and a doctor share. */
export const text = {
  write: of('シートを書く', 'Write the sheet'),
  change: of('シートを書き直す', 'Change the sheet'),
  read: of('シートを開く', 'Open the sheet'),
  none: of('シートはまだありません', 'There is no sheet yet'),
  noneNext: of('かかりつけ医が書くと、ここに出ます。', 'It stands here once the doctor has written it.'),
  noneDoctor: of(
    '書くと、同意された保険者も読めます。',
    'Once written, the insurer reads it, too, where the person agreed.',
  ),
  sheet: of('シート', 'Sheet'),
  print: of('印刷（PDF）', 'Print (PDF)'),
  save: of('保存して共有する', 'Save and share'),
  cancel: of('やめる', 'Cancel'),
  saidSaved: of('シートを保存しました。', 'The sheet was saved.'),
  versions: of('だれがいつ書いたか', 'Who wrote it, and when'),
  version: (n: string) => of(`第${n}版`, `Version ${n}`),
  who: of('書いた人', 'Written by'),
  when: of('日時', 'When'),
  older: of('古い版', 'Older version'),
  newest: of('いまの版', 'This version'),
  showNewest: of('いまの版を見る', 'Show the newest version'),
  remarks: of('保険者と医師の申し送り', 'Notes between insurer and doctor'),
  remarksNone: of('まだありません。', 'None yet.'),
  remark: of('申し送りを書く', 'Write a note'),
  remarkHint: of(
    '相手の機関だけが読みます。あとから直せません。',
    'Read by the other side alone. It cannot be changed later.',
  ),
  remarkMissing: of('申し送りを書いてください。', 'Write the note.'),
  saidSent: of('申し送りを送りました。', 'The note was sent.'),
  sendTo: (name: string) => of(`${name}へ送る`, `Send to ${name}`),
  nobody: of(
    '同意が保険者を含まないか、保険証の登録がないため、保険者は読めません。',
    'No insurer reads it: the consent does not name one, or there is no card on record.',
  ),
  readers: (names: string) => of(`読める保険者：${names}`, `Read by: ${names}`),
  somebody: of('（お名前は見られません）', '(name not shown)'),
  backToPerson: of('患者さんのページへ', 'Back to the person'),
  backToShared: of('共有された方のページへ', 'Back to the person'),
  overtaken: of(
    'ほかの人が先に書き直しました。今の内容を確かめて、もう一度保存してください。入力した内容は残してあります。',
    'Somebody else changed it first. Look at how it stands now and save again. What you typed is still here.',
  ),
  question: of('項目', 'Item'),
  answer: of('内容', 'What was found'),
} as const satisfies Texts;
