import type { Language, Sentence, Texts } from '../kernel/sentence.ts';
import { showDate } from '../web/dates.ts';
import type { AgeBand, Attendance, Gathering, Way } from './model.ts';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
/** 10:00. */
export const sayTime = (at: Date): string => clock.format(at);
/** 11月21日（土） 10:00〜11:30. */
export const sayWhen = (
  { starts_at, ends_at }: Pick<Gathering, 'starts_at' | 'ends_at'>,
  language: Language,
): string => {
  const day = showDate(starts_at, language, { weekday: true });
  return language === 'ja'
    ? `${day} ${sayTime(starts_at)}〜${sayTime(ends_at)}`
    : `${day}, ${sayTime(starts_at)}–${sayTime(ends_at)}`;
};

export const wayNames: Readonly<Record<Way, Sentence>> = {
  site: { ja: '会場で', en: 'On site' },
  online: { ja: 'オンラインで', en: 'Online' },
};
/** Where the places are. */
export const wherePlaces: Readonly<Record<Way, Sentence>> = {
  site: { ja: '会場', en: 'On site' },
  online: { ja: 'オンライン', en: 'Online' },
};
export const attendanceNames: Readonly<Record<Attendance, Sentence>> = {
  present: { ja: '出席', en: 'Present' },
  online: { ja: 'オンライン', en: 'Online' },
  absent: { ja: '欠席', en: 'Absent' },
};
export const ageBandNames: Readonly<Record<AgeBand, Sentence>> = {
  '0-19': { ja: '20歳未満', en: 'Under 20' },
  '20-39': { ja: '20〜39歳', en: '20–39' },
  '40-64': { ja: '40〜64歳', en: '40–64' },
  '65-74': { ja: '65〜74歳', en: '65–74' },
  '75-84': { ja: '75〜84歳', en: '75–84' },
  '85+': { ja: '85歳以上', en: '85 and over' },
  unknown: { ja: 'わからない', en: 'Not known' },
};

export const text = {
  title: { ja: 'つどい', en: 'Sessions' },
  monthBefore: { ja: '前の月', en: 'Month before' },
  monthAfter: { ja: '次の月', en: 'Next month' },
  lead: {
    ja: '日にちと場所を決めて開く、つどいの予定です。',
    en: 'Sessions that are held on a day and at a place.',
  },
  add: { ja: 'つどいを登録する', en: 'Add sessions' },
  print: { ja: 'この月の予定表を印刷（PDF）', en: 'Print this month (PDF)' },
  publicPage: { ja: '申し込みのページを見る', en: 'See the page for signing up' },
  months: { ja: '月', en: 'Month' },
  previous: { ja: '前の月', en: 'Month before' },
  next: { ja: '次の月', en: 'Next month' },
  none: { ja: 'この月のつどいは、まだありません。', en: 'No sessions in this month yet.' },
  noneNext: {
    ja: '「つどいを登録する」から、日にちと場所を入れてください。くり返しの予定も一度に作れます。',
    en: 'Use “Add sessions”. A whole series can be made at once.',
  },
  noProgram: {
    ja: 'つどいを開くプログラムが、この機関に設定されていません。',
    en: 'No program with sessions is set up for this organization.',
  },
  cancelled: { ja: '中止', en: 'Called off' },
  over: { ja: '終わりました', en: 'Over' },
  overTitle: { ja: 'この月に終わったつどい', en: 'Over this month' },
  comingTitle: { ja: 'これからのつどい', en: 'To come' },
  today: { ja: '今日', en: 'Today' },
  full: { ja: '満員', en: 'Full' },
  left: (way: Sentence, n: number) => ({
    ja: `${way.ja}：あと${String(n)}人`,
    en: `${way.en}: ${String(n)} left`,
  }),
  fullWay: (way: Sentence, waiting: number) => ({
    ja: `${way.ja}：満員${waiting > 0 ? `（空き待ち${String(waiting)}人）` : ''}`,
    en: `${way.en}: full${waiting > 0 ? ` (${String(waiting)} waiting)` : ''}`,
  }),
  taken: (booked: number, room: number) => ({
    ja: `${String(booked)} / ${String(room)}人`,
    en: `${String(booked)} of ${String(room)}`,
  }),
  attendedNumber: (n: number) => ({ ja: `参加 ${String(n)}人`, en: `${String(n)} took part` }),
  waitingNumber: (n: number) => ({ ja: `空き待ち ${String(n)}人`, en: `${String(n)} waiting` }),
  dropIn: { ja: '申し込みなしで立ち寄れます', en: 'No need to sign up' },
  back: { ja: 'つどいの予定', en: 'Sessions' },
  backToOne: { ja: 'このつどい', en: 'This session' },

  // one gathering
  when: { ja: '日時', en: 'When' },
  kind: { ja: '種類', en: 'Kind' },
  place: { ja: '場所', en: 'Place' },
  area: { ja: '地区', en: 'District' },
  link: { ja: 'オンラインの入り口', en: 'Where it is online' },
  linkNote: {
    ja: 'オンラインで申し込んだ人だけに見えます。',
    en: 'Shown only to those who have a place online.',
  },
  leader: { ja: '担当', en: 'Led by' },
  phone: { ja: '問い合わせ', en: 'Telephone' },
  note: { ja: '案内', en: 'What it is' },
  room: { ja: '定員', en: 'Room' },
  edit: { ja: '日時・場所などを変える', en: 'Change' },
  callOff: { ja: '中止にする', en: 'Call off' },
  attendance: { ja: '出欠をつける', en: 'Tick who is there' },
  talks: { ja: '立ち寄った人の記録', en: 'Talks with those who dropped in' },
  list: { ja: '出席簿を印刷（PDF）', en: 'Attendance list (PDF)' },
  calls: { ja: '電話をかける人の表（PDF）', en: 'Call list (PDF)' },
  booked: { ja: '申し込んだ人', en: 'Signed up' },
  waiting: { ja: '空きを待つ人', en: 'Waiting list' },
  nobody: { ja: 'まだいません。', en: 'Nobody yet.' },
  unseen: (n: number) => ({
    ja: `ほかに${String(n)}人（専門職が担当している方）`,
    en: `${String(n)} more, whom professionals look after`,
  }),
  name: { ja: '名前', en: 'Name' },
  way: { ja: '参加のしかた', en: 'How' },
  reach: { ja: '連絡先', en: 'Contact' },
  noContact: { ja: '連絡しないでください', en: 'Do not contact' },
  ofCase: { ja: '支援中の方', en: 'Person of a referral' },
  takeOff: { ja: '取り消す', en: 'Take off' },
  takeOffOf: (name: string) => ({ ja: `${name}さんの申し込みを取り消す`, en: `Take ${name} off` }),
  addGuest: { ja: '電話などで申し込みを受ける', en: 'Sign somebody up' },
  addGuestDo: { ja: '申し込みを入れる', en: 'Sign up' },
  saidMade: (n: number) => ({
    ja: n === 1 ? 'つどいを登録しました。' : `つどいを${String(n)}回分、登録しました。`,
    en: n === 1 ? 'The session was added.' : `${String(n)} sessions were added.`,
  }),
  saidChanged: {
    ja: '変えました。日時・場所・オンラインの入り口が変わったときは、メールのある人に知らせます。メールのない人には電話をかけてください。',
    en: 'Changed. If time, place or link changed, those with a mail address are told; please call the others.',
  },
  saidOff: {
    ja: '中止にしました。メールのある人には知らせました。ほかの人には電話をかけてください。',
    en: 'Called off. Those with a mail address were told; please call the others.',
  },
  saidTaken: { ja: '申し込みを入れました。', en: 'Signed up.' },
  saidWaiting: { ja: '満員のため、空き待ちに入れました。', en: 'It is full: put on the waiting list.' },
  saidTakenOff: { ja: '申し込みを取り消しました。', en: 'Taken off.' },
  callNow: {
    ja: '空きが出て、次の方が入りました。メールがないので、電話をかけてください。',
    en: 'A place was free and went to these people, who have no mail address. Please call them.',
  },
  noNumber: { ja: '（番号なし）', en: '(no number)' },

  // calling off
  offTitle: { ja: 'つどいを中止にする', en: 'Call the session off' },
  offLead: {
    ja: 'メールのある人に、中止のわけをそえて知らせます。ほかの人には、電話をかけてください。元には戻せません。',
    en: 'Those with a mail address are told why; please call the others. It cannot be undone.',
  },
  offWhy: { ja: '中止のわけ', en: 'Why' },
  offWhyMissing: { ja: '中止のわけを書いてください。', en: 'Say why.' },
  offWhyHint: { ja: '申し込んだ人がそのまま読みます。例：大雪のため', en: 'They read it as it is.' },
  offDo: { ja: '中止にして知らせる', en: 'Call off and tell them' },
  keep: { ja: 'やめる', en: 'Keep it' },

  // attendance
  callsName: { ja: '電話をかける人', en: 'Calls' },
  attTitle: { ja: '出欠', en: 'Who is there' },
  attLead: { ja: '一人ずつ、押すだけで記録されます。', en: 'One tap records it.' },
  markAs: (name: string, as: Sentence) => ({ ja: `${name}さん：${as.ja}`, en: `${name}: ${as.en}` }),
  now: { ja: '今の記録', en: 'Now' },
  notYet: { ja: 'まだ', en: 'Not ticked' },
  fromPaper: (pages: number) => ({
    ja: `返ってきた出席簿（${String(pages)}枚）を見ながら入力する`,
    en: `Type it in from the list that came back (${String(pages)} pages)`,
  }),
  walkIn: { ja: '申し込みなしで来た人を加える', en: 'Add a walk-in' },
  walkInName: { ja: '呼び名', en: 'What they like to be called' },
  walkInDo: { ja: '加える', en: 'Add' },
  walkInMark: { ja: '当日参加', en: 'Walk-in' },
  walkInAs: { ja: 'どちらで', en: 'How' },
  notBegun: {
    ja: '出欠は、当日からつけられます。',
    en: 'Attendance can be ticked from the day itself.',
  },

  // for a case
  caseTitle: { ja: 'つどい', en: 'Sessions' },
  caseLead: {
    ja: 'ご本人と相談して、つどいに申し込みます。',
    en: 'Sign the person up for a session, as agreed with them.',
  },
  caseHas: { ja: '申し込みずみのつどい', en: 'Signed up for' },
  caseChoose: { ja: 'これからのつどい', en: 'Sessions to come' },
  caseNone: { ja: 'これからのつどいはありません。', en: 'There are no sessions to come.' },
  caseDo: (way: Sentence) => ({
    ja: `申し込む（${way.ja}参加）`,
    en: `Sign up: ${way.en.toLowerCase()}`,
  }),
  caseWait: (way: Sentence) => ({
    ja: `空き待ちに入れる（${way.ja}参加）`,
    en: `Wait for a place: ${way.en.toLowerCase()}`,
  }),
  caseOf: (title: string, when: string, does: Sentence) => ({
    ja: `${title}（${when}）：${does.ja}`,
    en: `${does.en}: ${title}, ${when}`,
  }),
  tellPerson: {
    ja: 'ご本人のメールアドレスに、案内と、近づいたときのお知らせを送ります。',
    en: 'Letters go to the person’s mail address.',
  },
  tellNobody: {
    ja: 'ご本人のメールアドレスがないため、前日に電話で知らせてください（電話をかける人の表に載ります）。',
    en: 'The person has no mail address: please call the day before (they stand on the call list).',
  },
  attendedNote: (title: string, as: Attendance) =>
    ({
      present: { ja: `つどい「${title}」に出席した。`, en: `Came to “${title}”.` },
      online: { ja: `つどい「${title}」にオンラインで参加した。`, en: `Took part in “${title}” online.` },
      absent: { ja: `つどい「${title}」を欠席した。`, en: `Did not come to “${title}”.` },
    })[as],
} as const satisfies Texts;

export const formText = {
  newTitle: { ja: 'つどいを登録する', en: 'Add sessions' },
  editTitle: { ja: 'つどいを変える', en: 'Change the session' },
  program: { ja: 'プログラム', en: 'Program' },
  kind: { ja: '種類', en: 'Kind' },
  title: { ja: '名前', en: 'Title' },
  titleHint: { ja: '予定表に大きく出ます。例：産後ヨガ', en: 'Stands large on the calendar.' },
  titleMissing: { ja: '名前を入れてください。', en: 'Enter a title.' },
  date: { ja: '日にち', en: 'Date' },
  dateMissing: { ja: '日にちを入れてください。', en: 'Enter the date.' },
  past: { ja: '過ぎた日時です。', en: 'This time has passed.' },
  from: { ja: '始まる時刻', en: 'From' },
  to: { ja: '終わる時刻', en: 'Until' },
  timeHint: { ja: '例：10:00', en: 'Such as 10:00' },
  timeWrong: { ja: '時刻を「10:00」のように入れてください。', en: 'Enter a time such as 10:00.' },
  order: { ja: '終わりが始まりより前です。', en: 'It ends before it begins.' },
  repeat: { ja: 'くり返し', en: 'Repeat' },
  repeats: {
    none: { ja: 'くり返さない', en: 'Once' },
    weekly: { ja: '毎週、同じ曜日', en: 'Every week' },
    fortnight: { ja: '2週間ごと、同じ曜日', en: 'Every two weeks' },
    monthly: { ja: '毎月、同じ週の同じ曜日（第2火曜など）', en: 'Every month, same week and weekday' },
  },
  until: { ja: 'いつまでくり返すか', en: 'Repeat until' },
  untilMissing: { ja: 'いつまでくり返すかを入れてください。', en: 'Enter until when it repeats.' },
  untilHint: { ja: 'くり返すときだけ。1年先まで。', en: 'Only for a series; up to a year ahead.' },
  untilFar: { ja: '1年先までにしてください。', en: 'Up to a year ahead.' },
  place: { ja: '場所', en: 'Place' },
  placeHint: {
    ja: '公民館、スーパーなど。道順や目印も書けます。',
    en: 'A hall, a supermarket; also how to get there.',
  },
  placeMissing: { ja: '会場で開くときは、場所を入れてください。', en: 'Enter where it is held.' },
  location: { ja: '登録されている場所から選ぶ', en: 'From the directory' },
  locationOther: { ja: '下に書く', en: 'Written below' },
  municipality: { ja: '市町村', en: 'Municipality' },
  municipalityMissing: { ja: '市町村を選んでください。', en: 'Choose the municipality.' },
  area: { ja: '地区', en: 'District' },
  areaHint: { ja: '統計を分けるための地区名。例：北浜', en: 'By which figures are told apart.' },
  room: { ja: '会場の定員', en: 'Places on site' },
  roomOnline: { ja: 'オンラインの定員', en: 'Places online' },
  roomHint: {
    ja: '申し込みを受けないときは空けておきます。',
    en: 'Leave empty if one cannot sign up for it.',
  },
  dropIn: { ja: '申し込みなしで立ち寄れる', en: 'People may drop in without signing up' },
  noWay: {
    ja: '会場かオンラインの定員を入れるか、「申し込みなしで立ち寄れる」に印をつけてください。',
    en: 'Enter places on site or online, or tick that people may drop in.',
  },
  url: { ja: 'オンラインの入り口（URL）', en: 'Address online' },
  urlHint: {
    ja: 'https:// で始まるもの。オンラインで申し込んだ人だけに見せます。',
    en: 'Begins with https://. Shown only to those with a place online.',
  },
  urlWrong: {
    ja: 'https:// で始まるURLを入れてください。',
    en: 'Enter an address that begins with https://.',
  },
  urlMissing: { ja: 'オンラインで開くときは、入り口のURLが必要です。', en: 'Enter where it is online.' },
  leaderKind: { ja: '担当する人', en: 'Who leads it' },
  leader: { ja: '担当者の名前', en: 'Name' },
  leaderHint: { ja: '予定表に出ます。', en: 'Stands on the calendar.' },
  phone: { ja: '問い合わせの電話', en: 'Telephone' },
  note: { ja: '案内（持ち物など）', en: 'What to know' },
  save: { ja: '保存する', en: 'Save' },
  tooMany: { ja: '一度に作れるのは60回までです。', en: 'At most 60 at once.' },
} as const;

/** What people without an account read. */
export const joinText = {
  listTitle: (body: string) => ({ ja: `${body}のつどい`, en: `Sessions of ${body}` }),
  listLead: {
    ja: 'どなたでも申し込めます。会員登録はいりません。',
    en: 'Anybody can sign up; no account is needed.',
  },
  none: { ja: '今、申し込めるつどいはありません。', en: 'There is nothing to sign up for at the moment.' },
  call: { ja: '電話でもお申し込みいただけます。', en: 'You can also sign up by telephone.' },
  signUp: { ja: '申し込む', en: 'Sign up' },
  signUpTitle: { ja: 'つどいに申し込む', en: 'Sign up' },
  closed: {
    ja: 'このつどいは、申し込みを締め切ったか、中止になりました。',
    en: 'Signing up is over, or the session was called off.',
  },
  name: { ja: 'お名前（呼び名でかまいません）', en: 'Name, as you like to be called' },
  nameMissing: { ja: 'お名前を入れてください。', en: 'Enter a name.' },
  way: { ja: '参加のしかた', en: 'How will you take part?' },
  wayMissing: { ja: '会場かオンラインか、選んでください。', en: 'Choose on site or online.' },
  contact: { ja: '連絡のしかた', en: 'How we reach you' },
  contactMissing: { ja: '連絡のしかたを選んでください。', en: 'Choose how we reach you.' },
  byMail: { ja: 'メール', en: 'By mail' },
  byPhone: { ja: '電話', en: 'By telephone' },
  byNothing: { ja: '連絡はいらない', en: 'Not at all' },
  byNothingHint: {
    ja: '中止や変更になっても、お知らせできません。',
    en: 'You will not be told if it is called off or moved.',
  },
  mail: { ja: 'メールアドレス', en: 'Mail address' },
  mailWrong: { ja: 'メールアドレスを確かめてください。', en: 'Check the mail address.' },
  phone: { ja: '電話番号', en: 'Telephone number' },
  phoneWrong: { ja: '電話番号を確かめてください。', en: 'Check the telephone number.' },
  whom: { ja: 'それを選んだ方に', en: 'If you chose it' },
  use: {
    ja: 'お名前と連絡先は、このつどいの連絡だけに使い、終わって90日たつと消します。',
    en: 'Name and contact are used for this session alone, and erased 90 days after it.',
  },
  send: { ja: '申し込む', en: 'Sign up' },
  wait: {
    ja: '満員です。申し込むと、空きを待つ人の列に入ります。',
    en: 'Full: you will be on the waiting list.',
  },
  haveCode: { ja: '申し込みを取り消す（番号をお持ちの方）', en: 'Cancel with a code' },
  codeTitle: { ja: '申し込みを取り消す', en: 'Cancel' },
  code: { ja: '取り消しの番号（8文字）', en: 'Your code of 8 letters' },
  codeWrong: { ja: 'この番号の申し込みは見つかりません。', en: 'There is no place with this code.' },
  codeDo: { ja: '申し込みを見る', en: 'Show my place' },
  passTitle: { ja: 'お申し込みの内容', en: 'Your place' },
  passBooked: { ja: 'お申し込みを受け付けました', en: 'You have a place' },
  passWaiting: { ja: '空きを待つ列に入りました', en: 'You are on the waiting list' },
  passWaitingWhy: {
    ja: '空きが出たら、早い人から順に入れます。メールのある方にはお知らせします。メールのない方は、前の日までに、問い合わせの電話でお確かめください。',
    en: 'When a place is free, whoever waited longest gets it, and is told by mail. Without mail, please call before the day.',
  },
  passCancelled: { ja: 'お申し込みは取り消しました', en: 'Your place was given up' },
  passOff: { ja: 'このつどいは中止になりました', en: 'This session was called off' },
  passKeep: {
    ja: 'この番号を控えておくと、電話やこのページで取り消せます。',
    en: 'Keep this code: with it you can cancel here or by telephone.',
  },
  online: { ja: 'オンラインの入り口を開く', en: 'Open it online' },
  onlineLater: {
    ja: '時間になったら、ここから入ってください。ほかの人に教えないでください。',
    en: 'Enter here when it begins. Please do not pass it on.',
  },
  giveUp: { ja: 'お申し込みを取り消す', en: 'Give up my place' },
  other: { ja: 'ほかのつどいを見る', en: 'Other sessions' },
} as const satisfies Texts;

export const talkText = {
  title: { ja: '立ち寄った人の記録', en: 'Talks with those who dropped in' },
  lead: { ja: '名前はいりません。押して、記録するだけです。', en: 'No names. Tap, and record.' },
  topics: { ja: 'どんな話でしたか', en: 'What was it about?' },
  topicsMissing: { ja: '話の内容を選んでください。', en: 'Choose what it was about.' },
  minutes: { ja: 'どのくらい話しましたか', en: 'How long?' },
  minutesMissing: { ja: '時間を選んでください。', en: 'Choose how long.' },
  minutesOf: (n: number) => ({ ja: `${String(n)}分くらい`, en: `About ${String(n)} minutes` }),
  age: { ja: 'おいくつくらいの方ですか', en: 'About how old?' },
  ageMissing: { ja: '年代を選んでください。', en: 'Choose about how old.' },
  save: { ja: '記録する', en: 'Record' },
  said: { ja: '記録しました。', en: 'Recorded.' },
  recorded: { ja: 'ここまでの記録', en: 'Recorded so far' },
  none: { ja: 'まだありません。', en: 'None yet.' },
  refer: { ja: '紹介につなぐ', en: 'Make a referral' },
  referOf: (time: string) => ({
    ja: `${time}の記録を紹介につなぐ`,
    en: `Make the talk of ${time} a referral`,
  }),
  referred: { ja: '紹介になりました', en: 'Became a referral' },
  at: { ja: '時刻', en: 'Time' },
  referTitle: { ja: '立ち寄った人を紹介につなぐ', en: 'A talk becomes a referral' },
  referLead: {
    ja: 'ここで初めてお名前をうかがい、同意をいただきます。記録した話とつながります。',
    en: 'Only now the name is asked and consent taken. The talk is linked to the referral.',
  },
  reason: { ja: '紹介のわけ', en: 'Why' },
  reasonMissing: { ja: '紹介のわけを書いてください。', en: 'Say why.' },
  urgency: { ja: '急ぎ具合', en: 'How urgent' },
  consentPart: { ja: '同意', en: 'Consent' },
  known: {
    ja: '同じお名前・生年月日の方が、もう登録されています。別の方のときは、下に印をつけて、もう一度送ってください。',
    en: 'Somebody of this name and birth date is registered already. If this is another person, tick below and send again.',
  },
  another: { ja: '同じ名前の別の方です', en: 'This is another person' },
  send: { ja: '同意を記録して、紹介にする', en: 'Record the consent and make the referral' },
  saidReferred: {
    ja: '紹介になりました。受付箱にあります。',
    en: 'The referral was made; it is in the inbox.',
  },
} as const satisfies Texts;

export const mailText = {
  subject: {
    booked: (title: string) => ({
      ja: `お申し込みを受け付けました：${title}`,
      en: `You have a place: ${title}`,
    }),
    waiting: (title: string) => ({ ja: `空きを待つ列に入りました：${title}`, en: `Waiting list: ${title}` }),
    'moved-up': (title: string) => ({
      ja: `空きが出ました：${title}`,
      en: `A place is free for you: ${title}`,
    }),
    moved: (title: string) => ({ ja: `日時や場所が変わりました：${title}`, en: `It was moved: ${title}` }),
    off: (title: string) => ({ ja: `中止のお知らせ：${title}`, en: `Called off: ${title}` }),
    tomorrow: (title: string) => ({ ja: `もうすぐです：${title}`, en: `Soon: ${title}` }),
    'given-up': (title: string) => ({ ja: `取り消しました：${title}`, en: `Given up: ${title}` }),
  },
  booked: (title: string) => ({
    ja: `「${title}」のお申し込みを受け付けました。`,
    en: `You have a place at “${title}”.`,
  }),
  waiting: (title: string) => ({
    ja: `「${title}」は満員のため、空きを待つ列に入りました。空きが出たら、お知らせします。`,
    en: `“${title}” is full; you are on the waiting list and will be told when a place is free.`,
  }),
  'moved-up': (title: string) => ({
    ja: `「${title}」に空きが出て、お申し込みが決まりました。都合が悪いときは、下のページで取り消してください。`,
    en: `A place at “${title}” is yours now. If it does not suit you, give it up on the page below.`,
  }),
  moved: (title: string) => ({
    ja: `「${title}」の日時や場所が変わりました。都合が悪いときは、下のページで取り消してください。`,
    en: `“${title}” was moved. If it does not suit you, give up your place on the page below.`,
  }),
  off: (title: string) => ({ ja: `「${title}」は中止になりました。`, en: `“${title}” was called off.` }),
  tomorrow: (title: string) => ({
    ja: `お申し込みの「${title}」が近づきました。`,
    en: `“${title}” is soon.`,
  }),
  'given-up': (title: string) => ({
    ja: `「${title}」のお申し込みを取り消しました。`,
    en: `Your place at “${title}” was given up.`,
  }),
  when: { ja: '日時', en: 'When' },
  before: (when: string) => ({ ja: `（前の日時: ${when}）`, en: `(before: ${when})` }),
  where: { ja: '場所', en: 'Where' },
  online: { ja: 'オンライン', en: 'Online' },
  why: { ja: 'わけ', en: 'Why' },
  phone: { ja: 'お問い合わせ', en: 'Telephone' },
  yourPage: { ja: '内容を見る・取り消すページ:', en: 'To see or give up your place:' },
  yourPageOnline: {
    ja: 'オンラインの入り口を開く・取り消すページ:',
    en: 'To enter, or to give up your place:',
  },
  code: (code: string) => ({ ja: `取り消しの番号: ${code}`, en: `Code to cancel: ${code}` }),
  ifNotYou: {
    ja: 'お心当たりのないときは、このメールは消してください。',
    en: 'If this is not about you, please disregard it.',
  },
} as const;
