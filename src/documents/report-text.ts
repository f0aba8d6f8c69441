import { of, type Texts } from '../kernel/sentence.ts';

/** Words of the report back to a doctor. */
export const reportText = {
  greeting: of('いつも大変お世話になっております。', 'Thank you for your referral.'),
  openAccepted: (name: string) =>
    of(
      `ご紹介いただきました${name}様の相談を、当方でお受けいたしました。次のとおりお知らせいたします。`,
      `We have taken on ${name}, whom you referred to us. This is what was decided.`,
    ),
  openPlan: (name: string) =>
    of(
      `ご紹介いただきました${name}様の支援計画がまとまりましたので、次のとおりお知らせいたします。`,
      `The support plan for ${name}, whom you referred to us, is ready.`,
    ),
  openClosed: (name: string) =>
    of(
      `ご紹介いただきました${name}様への支援を終えましたので、次のとおりお知らせいたします。`,
      `Our support of ${name}, whom you referred to us, has ended. This is our report.`,
    ),
  openDeclined: (name: string) =>
    of(
      `ご紹介いただきました${name}様の相談を、当方ではお受けできませんでした。次のとおりお知らせいたします。`,
      `We could not take on ${name}, whom you referred to us, for the following reason.`,
    ),
  openPassed: (name: string) =>
    of(
      `ご紹介いただきました${name}様の支援を、ほかの窓口へ引き継ぎました。次のとおりお知らせいたします。`,
      `The support of ${name}, whom you referred to us, goes on at another office.`,
    ),
  openCancelled: (name: string) =>
    of(
      `ご紹介いただきました${name}様のご紹介は、取り消しとなりました。次のとおりお知らせいたします。`,
      `The referral of ${name} has been cancelled, for the following reason.`,
    ),
  openOther: (name: string) =>
    of(
      `ご紹介いただきました${name}様について、次のとおりお知らせいたします。`,
      `This is to tell you about ${name}, whom you referred to us.`,
    ),
  closing: of('今後ともどうぞよろしくお願いいたします。', 'With thanks for working with us.'),
  referredOn: of('ご紹介日', 'Referred on'),
  decided: of('決まったこと', 'What was decided'),
  goalDue: (day: string) => of(`${day}まで`, `by ${day}`),
  linked: of('つないだ先', 'Where they were linked'),
  contacts: of('これまでの連絡', 'Contacts so far'),
  contactOn: of('日付', 'Date'),
  contactHow: of('方法', 'How'),
  contactResult: of('結果', 'Result'),
  outcomes: of('結果', 'Outcomes'),
  nextSteps: of('これからのこと', 'Next steps'),
  nextReport: (day: string) => of(`次の返書の予定：${day}`, `Next report expected: ${day}`),
} as const satisfies Texts;
