import { of, type Texts } from '../../kernel/sentence.ts';

/** Said to whoever was invited, on a telephone that is perhaps not their own: of the person it says nothing. */
export const text = {
  title: of('受診のご案内へのお返事', 'Your answer to the invitation'),
  lead: of(
    '手紙の番号と、生年月日を入れてください。',
    'Enter the number on the letter and your date of birth.',
  ),
  leadCode: of('生年月日を入れてください。', 'Enter your date of birth.'),
  code: of('手紙の番号（12けた）', 'Number on the letter (12 figures)'),
  codeHint: of('例：1234-5678-9012', 'For example 1234-5678-9012'),
  birth: of('生年月日', 'Date of birth'),
  next: of('つぎへ', 'Go on'),
  notFound: of(
    '番号か生年月日が違うか、ご案内はもう終わっています。手紙をもう一度確かめてください。分からないときは、手紙の電話番号におかけください。',
    'The number or the date of birth is wrong, or the invitation has ended. Look at the letter once more; if in doubt, call the number on it.',
  ),
  tooOften: of(
    '番号と生年月日が合わないことが続いたので、少しお休みしています。15分ほどたってから、もう一度お試しください。',
    'Too many tries. Please try again in a quarter of an hour.',
  ),
  ask: of('受診されますか', 'Will you see your doctor?'),
  askLead: of(
    'お返事がどちらでも、保険の扱いは変わりません。',
    'Your insurance stays the same whichever you answer.',
  ),
  yes: of('はい、受診します', 'Yes, I will go'),
  yesHint: of(
    '「はい」のときは、手紙を持って、かかりつけのお医者さんに行ってください。',
    'If you press “Yes”, take the letter to your doctor.',
  ),
  been: of('もう受診しました', 'I have seen a doctor already'),
  beenHint: of(
    'お知らせいただくと、もうおすすめの手紙や電話は行きません。',
    'If you tell us, there will be no more letters or calls.',
  ),
  beenTitle: of('受診されたときのこと', 'About your visit'),
  beenLead: of(
    'わかる範囲でかまいません。書かなくても送れます。',
    'Only what you remember. You can send it without.',
  ),
  beenDay: of('受診した日', 'When'),
  beenPlace: of('受診したところ', 'Where'),
  beenPlaceHint: of('例：〇〇医院', 'For example the name of the clinic'),
  beenSend: of('「もう受診しました」と送る', 'Send: I have been already'),
  beenKnown: of(
    '「もう受診しました」とお返事をいただいています。',
    'You have told us that you have seen a doctor.',
  ),
  beenBack: of('まちがいでした（取り消す）', 'That was a mistake (take it back)'),
  doneBeen: of('お知らせありがとうございました', 'Thank you for telling us'),
  doneBeenLead: of(
    'おすすめの手紙や電話は、もう行きません。まちがえたときは、下のボタンで取り消せます。',
    'There will be no more letters or calls. If it was a mistake, take it back below.',
  ),
  doneBack: of('取り消しました', 'Taken back'),
  doneBackLead: of(
    '「もう受診しました」を取り消しました。手紙を持って、かかりつけのお医者さんに行ってください。',
    'You have not been yet, then. Please take the letter to your doctor.',
  ),
  no: of('いいえ、ご案内は要りません', 'No, I do not want this'),
  noHint: of(
    '「いいえ」を押すと、このご案内のためのあなたの情報は、すぐに消えます。もう手紙も電話も行きません。',
    'If you press “No”, what is held of you for this invitation is deleted at once. There will be no more letters or calls.',
  ),
  alreadyYes: of('「受診します」とお返事をいただいています。', 'You have told us that you will go.'),
  doneYes: of('お返事をいただきました', 'Thank you for your answer'),
  doneYesLead: of(
    '手紙と、マイナ保険証（または資格確認書）を持って、かかりつけのお医者さんに行ってください。かかりつけがないときは、手紙の電話番号にお聞きください。',
    'Please take the letter and your insurance card to your doctor. If you have none, call the number on the letter.',
  ),
  doneNo: of('ご案内を終えました', 'The invitation has ended'),
  doneNoLead: of(
    'このご案内のためのあなたの情報を消しました。お医者さんには、いつでもかかれます。',
    'What was held of you for this invitation is deleted. You can see a doctor whenever you like.',
  ),
  insurer: of('お問い合わせ', 'Questions'),
  close: of('この画面は閉じてかまいません。', 'You may close this page.'),
} as const satisfies Texts;
