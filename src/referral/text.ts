import { of, type Texts } from '../kernel/sentence.ts';

/** Words of urgency, in the order of the choice. */
export const urgencyText = {
  routine: of('通常', 'Routine'),
  urgent: of('お急ぎ', 'Urgent'),
  asap: of('できるだけ早く', 'As soon as possible'),
  stat: of('至急', 'Immediate'),
} as const satisfies Texts;

/** Words of the course of a case. */
export const courseText = {
  sent: of('紹介が送られました', 'The referral was sent'),
  drafted: of('紹介の下書きができました', 'A draft was made'),
  accepted: of('引き受けました', 'Accepted'),
  rejected: of('引き受けられませんでした', 'Declined'),
  inProgress: of('支援を始めました', 'The support began'),
  resumed: of('再開しました', 'Resumed'),
  onHold: of('保留になりました', 'Put on hold'),
  completed: of('終わりました', 'Closed'),
  failed: of('つながらずに終わりました', 'Closed without success'),
  cancelled: of('取り消されました', 'Cancelled'),
  passedOn: of('ほかの窓口へ引き継がれました', 'Passed on to another office'),
  mistake: of('誤りとして取り下げられました', 'Withdrawn as a mistake'),
  step: (step: string) => of(`「${step}」に進みました`, `Now: ${step}`),
  assigned: (name: string) => of(`担当が${name}さんになりました`, `Now in hand of ${name}`),
  assignedSomebody: of('担当が変わりました', 'Handed to somebody else'),
  asked: (body: string) => of(`${body}に依頼しました`, `Asked ${body}`),
  welcomed: (body: string) => of(`${body}：お受けできます`, `${body}: welcome`),
  refused: (body: string) => of(`${body}：お受けできません`, `${body}: cannot take`),
  begun: (body: string) => of(`${body}：参加が始まりました`, `${body}: has begun`),
  paused: (body: string) => of(`${body}：お休み中です`, `${body}: paused`),
  finished: (body: string) => of(`${body}：結果を記録しました`, `${body}: outcome recorded`),
  stopped: (body: string) => of(`${body}：続きませんでした`, `${body}: did not work out`),
  calledOff: (body: string) => of(`${body}への依頼を取り消しました`, `The request to ${body} was cancelled`),
  somebody: of('活動団体', 'A community group'),
  contact: of('連絡の記録', 'Contact'),
  tried: of('連絡を試みました', 'Tried to make contact'),
  reached: of('話ができました', 'Reached'),
  visited: of('会いました（訪問など）', 'Met in person'),
  noAnswer: of('応答がありませんでした', 'No answer'),
  windowReply: of('窓口からの返事', 'Reply of a window'),
  message: of('伝言', 'Message'),
  goal: of('目標を立てました', 'A goal was set'),
  goalReached: of('目標に届きました', 'A goal was reached'),
} as const satisfies Texts;
