import { of, type Texts } from '../kernel/sentence.ts';

/** Words that all pages about a case share. */
export const caseWords = {
  of: (name: string, page: string) => of(`${name}さん：${page}`, `${page}: ${name}`),
  person: (name: string) => of(`${name}さん`, name),
  back: of('受付箱へ戻る', 'Back to the inbox'),
  caseNumber: (number: string) => of(`案件番号 ${number}`, `Case ${number}`),
  age: (years: number) => of(`${String(years)}歳`, `aged ${String(years)}`),
  next: (when: string) => of(`期限 ${when}`, `Due ${when}`),
  notAccepted: of('まだ引き受けていない紹介です', 'This referral has not been accepted yet'),
  notAcceptedNext: of(
    '概要のページで内容を読み、引き受けてください。',
    'Read it on its overview and accept it there.',
  ),
  over: of('この紹介は終わっています', 'This referral is over'),
  overNext: of(
    '記録は読めますが、足すことはできません。',
    'Its records can be read, and nothing can be added.',
  ),
  notForYou: of('このページは専門職が使います', 'This page is for professionals'),
  notForYouNext: of(
    '問診票の答え、アセスメント、計画、依頼は、担当の専門職が受けもちます。気になることがあれば、事務所に伝えてください。',
    'Answers, assessment, plan and requests are in the hands of the office’s professionals. If something worries you, tell the office.',
  ),
  toContacts: of('連絡の記録へ', 'To the contacts'),
  saidConfirm: of('返事を確かめ、進みぐあいを更新しました。', 'The progress of the referral was updated.'),
  somebody: of('（名前の記録なし）', '(no name recorded)'),
} as const satisfies Texts;

/** Words of the contacts. */
export const contactWords = {
  page: of('連絡の記録', 'Contacts'),
  write: of('連絡を記録する', 'Log a contact'),
  kind: of('どうでしたか', 'How did it go'),
  kindMissing: of('どうだったかを一つ選んでください。', 'Choose how it went.'),
  text: of('ひとこと', 'In a few words'),
  textHint: of(
    '聞いたこと、約束したことなど。1000文字まで。',
    'What you heard, what was agreed. Up to 1000 characters.',
  ),
  next: of('次の連絡', 'Next contact'),
  nextHint: of('選ぶと、この紹介の期限になります。', 'Becomes the deadline of this referral.'),
  nextNone: of('今は決めない', 'Not now'),
  nextDays: (days: number) =>
    of(`${String(days)}営業日後`, days === 1 ? 'In 1 working day' : `In ${String(days)} working days`),
  nextOther: of('日を選ぶ', 'Another day'),
  nextOn: of('次に連絡する日', 'Day of the next contact'),
  nextOnMissing: of('次に連絡する日を入れてください。', 'Enter the day of the next contact.'),
  when: of('連絡した日時を変える', 'Change when it was'),
  whenHint: of('空けておくと、今の日時になります。', 'Left empty, it is now.'),
  on: of('連絡した日', 'Day'),
  time: of('時刻', 'Time'),
  timeHint: of('例：14:30', 'For example 14:30'),
  timeWrong: of('時刻は「14:30」のように入れてください。', 'Enter the time like 14:30.'),
  save: of('記録する', 'Log it'),
  list: of('これまでの連絡', 'Contacts so far'),
  none: of('まだ連絡の記録はありません', 'No contact has been logged yet'),
  noneNext: of(
    '電話や訪問をしたら、つながらなくても記録してください。',
    'Log every call and visit, also when nobody answered.',
  ),
  will: of('ご本人の意向を確認', 'The person’s wish confirmed'),
  unknown: of('連絡', 'Contact'),
  by: (name: string) => of(`記録：${name}`, `By ${name}`),
  said: of('連絡を記録しました。', 'The contact was logged.'),
  saidStarted: of(
    '連絡を記録しました。ご本人と話せたので、支援が始まりました。',
    'The contact was logged. You have spoken with the person, so the support has started.',
  ),
} as const satisfies Texts;

/** Words of the assessment. */
export const sheetWords = {
  page: of('アセスメント', 'Assessment'),
  lead: of(
    '問診票の答えを入れてあります。話を聞いて直し、足りないところを書いてください。',
    'Filled in from the questionnaire. Correct it after talking with the person and add what is missing.',
  ),
  carried: of('【問診票から】', '[From the questionnaire]'),
  screening: (day: string) =>
    of(`問診票の答えを見る（${day}）`, `Show the answers to the questionnaire (${day})`),
  noScreening: of('見られる問診票の答えはありません。', 'There are no answers to a questionnaire to show.'),
  keep: of('途中まで保存する', 'Save for now'),
  complete: of('アセスメントを終える', 'Finish the assessment'),
  saveAgain: of('直した内容を保存する', 'Save the changes'),
  inProgress: of('記入の途中', 'In progress'),
  done: of('記入済み', 'Finished'),
  savedAt: (when: string) => of(`${when}に保存`, `Saved ${when}`),
  edit: of('内容を直す', 'Change it'),
  danger: of('問診票では、危険があるという答えでした', 'The answers to the questionnaire tell of danger'),
  dangerAnswered: (day: string) => of(`${day}の答え`, `Answered on ${day}`),
  dangerHere: of('このシートでは', 'On this sheet'),
  dangerRuledOut: of(
    '危険はないと確かめたときに、話したこと',
    'What you talked about when you ruled the danger out',
  ),
  dangerHint: of(
    '確かめたときだけ書いてください。まだ危険があるときや分からないときは、シートの答えを直してください。500文字まで。',
    'Only if you have made sure. If there is danger or you do not know yet, change the sheet instead. Up to 500 characters.',
  ),
  toGoals: of('目標を書く', 'Write goals'),
  toResources: of('資源を探す', 'Find resources'),
  none: of('アセスメントはまだありません', 'There is no assessment yet'),
  saidKeep: of('途中まで保存しました。', 'Saved for now.'),
  saidComplete: of(
    'アセスメントを終えました。次は目標を書き、資源を探します。',
    'The assessment is finished. Next, write goals and find resources.',
  ),
  saidSaved: of('直した内容を保存しました。', 'The changes were saved.'),
} as const satisfies Texts;

/** Words of the domains of an assessment sheet. */
export const domainWords = {
  title: of('領域ごとの様子', 'Domain by domain'),
  lead: (levels: readonly string[]) =>
    of(
      `外側ほど困りごとが大きいことを表します。線は内側から「${levels.join('」「')}」です。`,
      `Further out means more trouble. The rings from the inside: ${levels.join(', ')}.`,
    ),
  leadPlain: of('外側ほど困りごとが大きいことを表します。', 'Further out means more trouble.'),
  score: (score: number, highest: number) =>
    of(`${String(score)} / ${String(highest)}`, `${String(score)} of ${String(highest)}`),
  partly: (score: number, highest: number, open: number) =>
    of(
      `${String(score)} / ${String(highest)}（${String(open)}問未確認）`,
      `${String(score)} of ${String(highest)} (${String(open)} not known)`,
    ),
  ranged: (score: number, { least, most }: Readonly<{ least: number; most: number }>, open: number) => {
    const range = `${String(least)}〜${String(most)}点`;
    return of(
      `${String(score)}（${range}で${open > 0 ? `、${String(open)}問未確認` : ''}）`,
      `${String(score)} (${String(least)} to ${String(most)}${open > 0 ? `; ${String(open)} not known` : ''})`,
    );
  },
  unknown: of('未確認', 'Not known'),
  notAsked: of('この日のシートにない', 'Not on that sheet'),
  otherVersion: (day: string, version: string) =>
    of(
      `${day}のシートは、別の版（${version}）です。同じ領域どうしを比べています。`,
      `The sheet of ${day} is another version (${version}). The same domains are compared.`,
    ),
  missing: (day: string, names: readonly string[]) =>
    of(
      `${day}のシートには「${names.join('」「')}」がありません。図では点がなく、線が切れています。`,
      `The sheet of ${day} does not ask about: ${names.join(', ')}. It has no point there, and its line is broken.`,
    ),
  changed: (name: string, scales: readonly Readonly<{ day: string; least: number; most: number }>[]) =>
    of(
      `「${name}」は点数の幅が変わりました（${scales.map((one) => `${one.day}：${String(one.least)}〜${String(one.most)}点`).join('、')}）。図では同じ幅に直して描いています。`,
      `The scale of "${name}" changed (${scales.map((one) => `${one.day}: ${String(one.least)} to ${String(one.most)}`).join('; ')}). The chart draws both over the same span.`,
    ),
  apart: (day: string, version: string) =>
    of(
      `${day}のシート（版 ${version}）とは、同じ領域がないので比べていません。`,
      `The sheet of ${day} (version ${version}) has no domain in common and is not compared.`,
    ),
  one: of(
    'シートを後日もう一度書き直すと、前の様子と線で比べられます。',
    'When the sheet is written again on a later day, this chart compares the two.',
  ),
} as const satisfies Texts;

/** Words of the three kinds of resource. */
export const resourceKindWords = {
  title: of('三つの資源', 'Three kinds of resource'),
  formal: of('制度・サービス', 'Services and schemes'),
  informal: of('人とのつながり', 'Ties with people'),
  inner: of('本人の力', 'The person’s own strengths'),
  formalHint: of('介護保険、手当、相談窓口など', 'insurance, allowances, consultation'),
  informalHint: of('家族、友人、近所、集まりなど', 'family, friends, neighbours, groups'),
  innerHint: of('得意なこと、経験、大切にしていること', 'skills, experience, what matters'),
  none: of('まだ書かれていません', 'Nothing written yet'),
  formalOnly: of(
    '制度・サービスだけの計画です。つながりと本人の力も、アセスメントで聞いてみてください。',
    'So far the plan has services alone. Ask about ties and the person’s own strengths in the assessment, too.',
  ),
  asked: (name: string, state: string) => of(`${name}（${state}）`, `${name} (${state})`),
} as const satisfies Texts;

/** Words of the sheets of a case. */
export const caseSheetWords = {
  blank: of('用紙を印刷する（PDF）', 'Print the blank form (PDF)'),
  filled: of('印刷する（PDF）', 'Print (PDF)'),
  plan: of('支援計画書を印刷する（PDF）', 'Print the support plan (PDF)'),
  planForm: of('白紙の支援計画書を印刷する（PDF）', 'Print a blank support plan (PDF)'),
  howToAsk: of(
    'ご本人の話を聞きながら、あてはまる□に印（✓）をつけてください。まだ分からないことは「まだ分からない」か空欄のままにします。',
    'Tick the boxes while you talk with the person. Leave open what is not known yet.',
  ),
} as const satisfies Texts;

/** Words of goals and plan. */
export const goalWords = {
  page: of('目標・計画', 'Goals and plan'),
  goals: of('目標', 'Goals'),
  none: of('目標はまだありません', 'There are no goals yet'),
  noneNext: of('ご本人の言葉で、一つから始めてください。', 'Begin with one, in the person’s own words.'),
  add: of('目標を書く', 'Write a goal'),
  addAnother: of('目標を足す', 'Add a goal'),
  change: of('この目標を直す', 'Change this goal'),
  text: of('目標', 'Goal'),
  textHint: of(
    'ご本人が言ったとおりに。例：週に一度、お茶を飲みに出かける',
    'In the person’s words, such as: go out for tea once a week',
  ),
  textMissing: of('目標を書いてください。', 'Write down the goal.'),
  due: of('いつごろまでに', 'By about when'),
  dueShown: (day: string) => of(`${day}まで`, `by ${day}`),
  needs: of('どの困りごとのためですか', 'For which needs'),
  achievement: of('今のようす', 'Where it stands'),
  save: of('目標を保存する', 'Save the goal'),
  plan: of('支援計画を医師に知らせる', 'Tell the doctor of the plan'),
  planLead: of(
    '目標、依頼した先、連絡した日が、紹介した医師に返書で届きます。ひとことの記録や聞き取りの内容は届きません。',
    'The doctor who referred receives the goals, whom you asked and when you were in touch; not what was said.',
  ),
  planNeedsGoal: of(
    '目標を一つ書くと、医師に知らせられます。',
    'Write a goal first; then the doctor can be told.',
  ),
  planText: of('決まったこと', 'What was decided'),
  planTextHint: of('医師が読みます。1500文字まで。', 'Read by the doctor. Up to 1500 characters.'),
  planTextMissing: of('決まったことを書いてください。', 'Write down what was decided.'),
  planNext: of('これからのこと', 'Next steps'),
  planNextHint: of('1行に一つずつ。', 'One a line.'),
  tell: of('医師に知らせる', 'Tell the doctor'),
  told: (day: string) => of(`${day}に医師へ知らせました。`, `The doctor was told on ${day}.`),
  tellAgain: of(
    '変わったところがあれば、もう一度知らせられます。',
    'If something has changed, you can tell the doctor again.',
  ),
  saidGoal: of('目標を保存しました。', 'The goal was saved.'),
  saidPlan: of('支援計画を医師に知らせました。', 'The doctor was told of the plan.'),
} as const satisfies Texts;
