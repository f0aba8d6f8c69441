import { of, type Texts } from '../../kernel/sentence.ts';

/** Words of a group's answer, with and without an account. */
export const text = {
  linkTitle: of('受け入れのご依頼', 'A request to your group'),
  linkLead: (office: string) =>
    of(
      `${office}からのご依頼です。下を読んで、お返事をお聞かせください。`,
      `${office} asks for your help. Please read this and answer below.`,
    ),
  someOffice: of('相談窓口', 'the office'),
  late: of('過ぎていますが、まだお返事できます', 'It has passed, but you can still answer'),
  byPhone: of('この下の欄のほか、お電話でもお返事できます。', 'You can answer below or by telephone.'),
  who: of('だれからのご依頼か', 'Who asks'),
  office: of('窓口', 'Office'),
  phone: of('電話', 'Phone'),
  noPhone: of('登録がありません。窓口にお尋ねください。', 'Not known. Please ask the office.'),
  what: of('ご依頼の内容', 'What is asked'),
  resource: of('どの活動に', 'For which activity'),
  wish: of('お願いしたいこと', 'What we ask'),
  person: of('どなたのことか', 'Whom it is about'),
  name: of('お名前', 'Name'),
  age: of('年齢', 'Age'),
  years: (age: number) => of(`${String(age)}歳`, String(age)),
  personPhone: of('ご本人の電話', 'Phone of the person'),
  area: of('お住まい', 'Lives in'),
  needs: of('困りごと', 'Needs'),
  address: of('住所', 'Address'),
  reachLater: of(
    'ご本人の電話番号と住所は、お受けいただいたあとにお伝えします。',
    'Phone number and address follow once you have said that the person is welcome.',
  ),
  secret: of(
    'ここに書いてあることは、この件だけに使ってください。ほかの人に伝えないでください。',
    'Use what stands here for this request alone. Please tell nobody else.',
  ),

  answerPanel: of('お返事をお願いします', 'Please answer'),
  answer: of('お返事', 'Your answer'),
  answerMissing: of('お返事を一つ選んでください。', 'Please choose one answer.'),
  fullHint: of('空きがないとき', 'There is no room'),
  unsuitableHint: of('対象や内容が合わないとき', 'The person or the wish does not fit'),
  welcomeHint: of('来ていただけるとき', 'The person can come'),
  words: of('ひとこと', 'A few words'),
  wordsHint: of(
    'なくてもかまいません。例：火曜の10時に来てください。',
    'Not needed. For example: Please come on Tuesday at ten.',
  ),
  toCheck: of('次へ進む（まだ送りません）', 'Next (nothing is sent yet)'),
  checkTitle: of('この内容でお返事します', 'This is your answer'),
  checkLead: of(
    '間違いがなければ、「お返事を送る」を押してください。',
    'If it is right, press “Send the answer”.',
  ),
  markFull: of('資源の一覧でも「満員」にする', 'Show us as full in the directory too'),
  markFullHint: of(
    'ほかの方の依頼が届きにくくなります。空きが出たら、窓口にお知らせください。',
    'Fewer requests will come. Tell the office when there is room again.',
  ),
  send: of('お返事を送る', 'Send the answer'),
  correct: of('戻って直す', 'Go back and change it'),

  doneTitle: of('ありがとうございました', 'Thank you'),
  doneAnswer: (says: string) => of(`お返事：${says}`, `Your answer: ${says}`),
  doneSent: of('お返事を窓口に伝えました。', 'Your answer has reached the office.'),
  next: of('このあとのこと', 'What happens next'),
  nextWelcome: of(
    '窓口から、日時などの打ち合わせのご連絡があります。ご本人の連絡先も、そのときにお伝えします。',
    'The office will call you to arrange day and time, and tell you then how to reach the person.',
  ),
  nextRefuse: of(
    '窓口がほかの行き先を探します。していただくことは、もうありません。',
    'The office will look for another place. There is nothing more for you to do.',
  ),
  change: of(
    'お返事を変えたいときは、窓口にお電話ください。',
    'To change your answer, please call the office.',
  ),

  answeredTitle: of('お返事はいただいています', 'This has been answered'),
  answered: of(
    'もうお返事をいただいているので、この欄からは変えられません。ありがとうございました。',
    'You have answered already, so it can no longer be changed here. Thank you.',
  ),
  answeredOn: (day: string) => of(`（${day}）`, ` (${day})`),
  expiredTitle: of('お返事の期限が過ぎました', 'The time to answer has passed'),
  expiredOn: (day: string) =>
    of(`このページは${day}まで使えました。`, `This page could be used until ${day}.`),
  expired: of(
    'ここからはもうお返事できませんが、お電話ならまだお返事できます。',
    'You can no longer answer here. By telephone you still can.',
  ),
  unknownTitle: of('このページは使えません', 'This page cannot be used'),
  unknown: of(
    'アドレスが違うようです。紙やメールにあるアドレスを、もう一度確かめてください。',
    'The address seems to be wrong. Please check it on the sheet or in the mail.',
  ),
  calledOffTitle: of('このご依頼は取り下げられました', 'This request was called off'),
  calledOff: of(
    'ご都合が変わり、お返事や準備はいらなくなりました。お手数をおかけしました。',
    'Things have changed, and no answer or preparation is needed any more. We are sorry for the trouble.',
  ),
  takenBack: of(
    'ご本人が同意を取り消されたため、この方のことは見られなくなりました。お返事や準備、ご本人への連絡はいりません。印刷した紙や書きとめたメモは、処分してください。お手数をおかけしました。',
    'The person took the consent back, so nothing about them can be seen here any more. No answer, preparation or call is needed. Please destroy what you printed or wrote down. We are sorry for the trouble.',
  ),
  ranOut: of(
    'ご本人の同意の期限が切れたため、この方のことは見られなくなりました。お返事や準備、ご本人への連絡はいりません。印刷した紙や書きとめたメモは、処分してください。',
    'The person’s consent has run out, so nothing about them can be seen here any more. No answer, preparation or call is needed. Please destroy what you printed or wrote down.',
  ),
  whomToCall: of('お問い合わせ先', 'Whom to call'),
  askOffice: of(
    'わからないことや変えたいことは、こちらの窓口にお電話ください。',
    'If you have a question or want to change something, please call this office.',
  ),
  callNamed: of(
    '紙やメールに書いてある窓口にお電話ください。',
    'Please call the office named on the sheet or in the mail.',
  ),
  again: of(
    '記録が重なりました。お手数ですが、もう一度お返事を選んでください。',
    'Somebody else was writing at the same moment. Please choose your answer again.',
  ),

  list: of('届いた依頼', 'Requests'),
  listLead: of(
    '窓口から届いた依頼です。お返事の期限の近いものが上にあります。',
    'What offices ask your group. What is due soon comes first.',
  ),
  tabs: of('依頼の分け方', 'Views'),
  tabNew: of('お返事待ち', 'To answer'),
  tabOpen: of('お受けした', 'Welcomed'),
  tabClosed: of('終わった', 'Over'),
  noneNew: of('お返事を待っている依頼はありません', 'Nothing waits for your answer'),
  noneNewNext: of(
    '新しい依頼が届くと、ここに出ます。空きや日時が変わったら、「地域の資源」の登録を直してください。',
    'New requests will show here. If your room or times change, please correct your entry in the directory.',
  ),
  noneOpen: of('お受けした依頼はありません', 'There are no requests you welcomed'),
  noneClosed: of('終わった依頼はありません', 'No request is over yet'),
  ownEntries: of('自分の団体の登録を見る', 'See the entries of our group'),
  state: of('今のようす', 'State'),
  due: of('お返事の期限', 'Answer by'),
  asked: of('届いた日', 'Asked on'),
  noDue: of('なし', 'None'),
  passed: of('期限を過ぎています', 'Past its day'),
  hidden: of('（見られません）', '(no longer visible)'),
  withheld: of('（安全のため、お名前は伏せています）', '(name withheld for safety)'),
  detail: (name: string) => of(`${name}さんの受け入れ`, `Request for ${name}`),
  detailHidden: of('受け入れの依頼', 'A request'),
  back: of('届いた依頼の一覧へ', 'Back to the requests'),
  number: of('依頼番号', 'Request number'),
  reason: of('理由', 'Why'),
  outcome: of('どうなったか', 'What came of it'),
  notes: of('窓口へのひとこと', 'Words to the office'),
  over: of('この依頼は終わっています。', 'This request is over.'),
  onward: of('その後のことを知らせる', 'Tell what happened'),
  move: of('どうなりましたか', 'What happened'),
  moveMissing: of('どうなったかを一つ選んでください。', 'Choose what happened.'),
  whyCode: of('理由', 'Why'),
  whyMissing: of('理由を選んでください。', 'Choose why.'),
  whyWords: of('くわしく', 'In more words'),
  whyWordsHint: of(
    'なくてもかまいません。病気のことは書かないでください。',
    'Not needed. Leave out illness.',
  ),
  outcomeCode: of('どうなったか', 'What came of it'),
  outcomeMissing: of('どうなったかを選んでください。', 'Choose what came of it.'),
  tell: of('窓口に知らせる', 'Tell the office'),
  said: of('お返事を窓口に伝えました。ありがとうございました。', 'The office has your answer. Thank you.'),
  saidMove: of('窓口に知らせました。', 'The office has been told.'),
} as const satisfies Texts;

/** What each later move is called on the page of the group. */
export const moveSays = {
  begin: of('参加が始まった', 'It has begun'),
  pause: of('しばらくお休みする', 'It pauses for a while'),
  resume: of('また始まった', 'It has begun again'),
  finish: of('終わった', 'It is finished'),
  fail: of('続かなかった', 'It did not work out'),
} as const;
