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
