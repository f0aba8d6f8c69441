import { of, type Texts } from '../../kernel/sentence.ts';

/** Words about persons who must not be contacted freely, and about sealed addresses. */
export const dangerText = {
  notHome: of('自宅に連絡しないでください', 'Do not contact this person at home'),
  allowed: (how: string) => of(`連絡してよい方法：${how}`, `Contact is allowed only like this: ${how}`),
  askSender: of('紹介を送った医療機関に確かめてください。', 'Ask the clinic that sent the referral.'),
  allowedLabel: of('連絡してよい方法', 'How contact is allowed'),
  'danger-at-home': of('自宅に危険がある（暴力など）', 'There is danger at home (violence, for instance)'),
  other: of('そのほかの事情がある', 'Another reason'),
  throughOffice: of(
    'この方に直接連絡しないでください。ご用のときは、依頼をした窓口へお電話ください。お名前と連絡先は、安全のため表示していません。',
    'Do not contact this person yourselves; call the office that asked. Name and number are withheld for their safety.',
  ),
  throughOfficeOnPaper: of(
    'この方に直接連絡しないでください。ご用のときは、依頼をした窓口へお電話ください。',
    'Do not contact this person yourselves. Call the office that asked.',
  ),
  keptFromGroup: of(
    '安全のため、お名前と連絡先は見せません。団体とのやりとりは、窓口が間に入ってください。',
    'Name and number are withheld for safety. Speak with the group for the person.',
  ),
  page: of('連絡の制限', 'Limits on contact'),
  lead: (name: string) => of(`${name}さん`, name),
  explain: of(
    'ここに記録すると、この方の画面・一覧・印刷物のすべてに「自宅に連絡しないでください」と表示されます。活動団体には、お名前と連絡先を見せません。',
    'Once recorded, every page, list and print about this person says “do not contact at home”, and community groups see neither name nor number.',
  ),
  why: of('理由', 'Why'),
  whyMissing: of('理由を選んでください。', 'Choose why.'),
  how: of('連絡してよい方法', 'How contact is allowed'),
  howHint: of(
    '例: 平日の昼に携帯電話だけ。相手を確かめるまで名乗らない。留守番電話に残さない。',
    'For example: mobile phone only, weekdays at noon; do not say who you are; leave no message.',
  ),
  howMissing: of(
    '連絡してよい方法を書いてください。まったく連絡できないときは、そのように書いてください。',
    'Write how contact is allowed, or that it is not allowed at all.',
  ),
  since: of('いつから', 'Since'),
  by: of('記録した人', 'Recorded by'),
  set: of('連絡を制限する', 'Limit contact'),
  change: of('書きかえる', 'Change it'),
  changeTitle: of('内容を書きかえる', 'Change what it says'),
  lift: of('制限を解除する', 'Lift the limits'),
  liftTitle: of('制限を解除する', 'Lift the limits'),
  liftSure: of(
    '解除してよいことを、ご本人に安全な方法で確かめました',
    'The person confirmed, in a safe way, that the limits can be lifted',
  ),
  liftUnsure: of(
    'ご本人に確かめてから、しるしを付けてください。',
    'Confirm with the person first, and tick the box.',
  ),
  saidSet: of('連絡の制限を記録しました。', 'The limits on contact were recorded.'),
  saidLifted: of('連絡の制限を解除しました。', 'The limits on contact were lifted.'),
  toLimits: of('連絡の制限', 'Limits on contact'),
  setLink: of('自宅に連絡してはいけない方ですか', 'Must this person not be contacted at home?'),
  stale: of(
    'ほかの人が先にこの方の登録を変更しました。今の内容を確かめて、もう一度送ってください。',
    'Somebody else changed this person’s record first. Look at it as it is now and send again.',
  ),
  backToPerson: of('この方の画面へ', 'To this person’s page'),
  backToCase: of('紹介のページへ', 'Back to the referral'),
  notYours: of(
    '連絡の制限を記録できるのは、かかりつけの医療機関と、今この方を支援している窓口です。',
    'Only the clinic and the office that is supporting this person now can record limits on contact.',
  ),

  sealed: of('住所と電話番号は伏せられています', 'Address and phone number are sealed'),
  seenBy: (names: string) => of(`見られる人：${names}`, `Who can see them: ${names}`),
  toSeal: of('住所を伏せる', 'Seal the address'),
  toSealed: of('伏せた住所', 'The sealed address'),
  sealPage: of('住所を伏せる', 'Seal the address'),
  sealedPage: of('伏せた住所', 'The sealed address'),
  sealExplain: of(
    '住所・電話番号・家族の連絡先を記録から取り出し、選んだ人だけが見られるようにします。ほかの人には、画面にも、印刷物にも、前の記録にも出ません。電話番号でさがしても見つかりません。',
    'Address, numbers and relatives are taken out of the record for named people alone. Nobody else finds them on a page, on paper, in earlier versions, or by searching for the number.',
  ),
  named: of('見られる人', 'Who can see it'),
  namedHint: of(
    '二人以上を選びます。あなたは必ず入ります。休みの日にも連絡できるようにするためです。',
    'Two or more; you are always one of them. Somebody must be able to act while you are away.',
  ),
  namedTooFew: of(
    'あなたのほかに、見られる人を一人以上選んでください。',
    'Choose at least one person besides yourself.',
  ),
  namedUnknown: of(
    '選べない人が入っています。一覧から選び直してください。',
    'Somebody chosen is not on the list. Choose again.',
  ),
  sealWhy: of('伏せる理由', 'Why it is sealed'),
  sealWhyHint: of('例: 別居した夫から身を守るため。', 'For example: protection from the husband who left.'),
  sealWhyMissing: of('伏せる理由を書いてください。', 'Write why it is sealed.'),
  sealNow: of('伏せる', 'Seal it'),
  saidSealed: of('住所と電話番号を伏せました。', 'Address and phone number are sealed.'),
  saidUnsealed: of('住所と電話番号を元に戻しました。', 'Address and phone number are shown again.'),
  sealedAlready: of(
    'この方の住所は、すでに伏せられています。',
    'The address of this person is sealed already.',
  ),
  correct: of('書きかえる', 'Correct it'),
  correctTitle: of('伏せたまま書きかえる', 'Correct it under the seal'),
  correctExplain: of(
    '引っ越したときや、番号が変わったときに使います。伏せたままなので、名前のある人のほかには、前の住所も新しい住所も見えません。家族などの連絡先は変わりません。',
    'For a move or a new number. It stays sealed: nobody but the named people sees the old or the new address. Relatives stay as they are.',
  ),
  correctedMeanwhile: of(
    'ほかの人が先に書きかえました。今の住所を確かめて、もう一度送ってください。',
    'Somebody else corrected it first. Look at the address as it is now and send again.',
  ),
  saidCorrected: of('伏せたまま書きかえました。', 'It was corrected and stays sealed.'),
  sealedBefore: of('前の住所と電話番号', 'Before'),
  untilDay: (day: string) => of(`（${day}まで）`, `(until ${day})`),
  unseal: of('元に戻す', 'Unseal'),
  unsealTitle: of('伏せるのをやめる', 'Stop sealing'),
  unsealExplain: of(
    '住所と電話番号が記録に戻り、この方を見られる人みなに見えるようになります。前の記録も見えます。',
    'Address and number go back into the record, and everybody who sees the person sees them, in earlier versions too.',
  ),
  unsealSure: of(
    '元に戻してよいことを、ご本人に確かめました',
    'The person confirmed that it may be shown again',
  ),
  since2: of('伏せた日', 'Sealed on'),
  forNamed: of(
    'この画面を印刷した紙は、名前のある人だけで扱い、使い終えたら細断してください。',
    'Anything printed from this page is for the named people; shred it after use.',
  ),
  notNamed: of(
    '住所を見られるのは、下の人だけです。必要なときは、この人たちに頼んでください。',
    'Only these people can see the address. Ask one of them where you need it.',
  ),
  address: of('住所', 'Address'),
  phone: of('電話番号', 'Phone'),
  email: of('メールアドレス', 'E-mail'),
  relatives: of('家族などの連絡先', 'Relatives'),
  sealedInForm: of(
    '住所と連絡先は伏せられているため、ここでは変えられません。',
    'Address and numbers are sealed and cannot be changed here.',
  ),
} as const satisfies Texts;
