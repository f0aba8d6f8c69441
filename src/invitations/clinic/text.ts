import { of, type Texts } from '../../kernel/sentence.ts';

/** Words for the clinic that an invited person comes to. */
export const text = {
  title: of('受診案内で来た方', 'Came by invitation'),
  lead: of(
    '手紙の番号（または保険の番号）と生年月日で、お一人だけさがします。名簿を見ることはできません。',
    'Finds one person by the number on the letter (or of the insurance) and the date of birth. The list itself cannot be seen.',
  ),
  code: of('手紙の番号', 'Number on the letter'),
  codeHint: of(
    '12けた。手紙がないときは、空けてください。',
    'Twelve figures; leave it empty without the letter.',
  ),
  codeWrong: of('手紙の番号は12けたの数字です。', 'The number on the letter has twelve figures.'),
  noLetter: of('手紙がないとき', 'Without the letter'),
  symbol: of('保険の記号', 'Symbol of the insurance'),
  symbolHint: of('なければ空けてください。', 'Leave it empty if there is none.'),
  number: of('保険の番号', 'Number of the insurance'),
  numberHint: of(
    '資格確認書か、オンライン資格確認の画面にあります。',
    'It stands on the certificate of eligibility, or on the screen of the online check.',
  ),
  birth: of('生年月日', 'Date of birth'),
  birthMissing: of('生年月日を入れてください。', 'Enter the date of birth.'),
  oneNeeded: of(
    '手紙の番号か、保険の番号を入れてください。',
    'Enter the number on the letter, or the one of the insurance.',
  ),
  find: of('さがす', 'Find'),
  notFound: of(
    'この番号と生年月日でご案内を受けた方は見つかりません。番号を確かめてください。ご案内が終わった方は、ふつうの受付で登録できます。',
    'Nobody was invited by this number and date of birth. Look at the number again. Whoever’s invitation has ended is registered as anybody is.',
  ),
  tooOften: of(
    '番号と生年月日が合わないことが続いたので、少しお休みしています。15分ほどたってから、もう一度お試しください。',
    'Too many tries without a match. Please try again in a quarter of an hour.',
  ),

  foundTitle: of('ご案内を受けた方', 'Somebody who was invited'),
  foundLead: of(
    'まだ患者さんとして登録していません。同意書をいただくまで、何も保存しません。',
    'Not registered yet: nothing is kept before there is a consent.',
  ),
  invitedBy: of('ご案内した保険者', 'Invited by'),
  reason: of('ご案内の理由', 'Why'),
  known: of('この医院に、同じ方かもしれない登録があります', 'Perhaps registered here already'),
  knownLead: of(
    '同じ方なら、その記録を使います。健康保険の内容は、患者さんのページで直せます。',
    'If it is the same person, use that record. The card can be corrected on the person’s page.',
  ),
  useKnown: (name: string) => of(`${name}さんの記録を使って、同意へ`, `Use the record of ${name}`),
  register: of('登録する内容', 'What will be registered'),
  registerLead: of(
    '名簿の内容を入れてあります。ご本人と確かめて、足りないところを入れてください。',
    'Filled in from the list. Check it with the person and add what is missing.',
  ),
  toConsent: of('同意の説明へ', 'On to the consent'),
  refused: of('同意されないとき', 'If they do not consent'),
  refusedLead: of(
    '「何も保存しないで終わる」を選ぶと、ここで見た内容はどこにも残りません。来られたことも、保険者には伝わりません。',
    'If you leave, nothing of what you saw is kept, and the insurer is not told that they came.',
  ),
  leave: of('何も保存しないで終わる', 'Leave without keeping anything'),
  noMore: of('ご案内はもう要らないとのこと', 'They want no more invitations'),
  consentTitle: of('同意をいただきます', 'Taking the consent'),
  consentLead: (name: string) =>
    of(
      `${name}さん。記録するまで、何も保存しません。「保険者」を選ばれたときだけ、来られたことが保険者に伝わります。`,
      `${name}. Nothing is kept before you record it. The insurer is told of the visit only if it is named below.`,
    ),
  save: of('登録して、同意と来院を記録する', 'Register, and record consent and visit'),
  blank: of('同意書（空欄）を印刷', 'Print a blank consent form'),
  saidEnded: of('名簿から消しました。', 'Deleted from the list.'),
  over: of(
    'この方のご案内は、先に終わりました。ふつうの受付で登録してください。',
    'The invitation has ended meanwhile. Please register the person as usual.',
  ),
} as const satisfies Texts;
