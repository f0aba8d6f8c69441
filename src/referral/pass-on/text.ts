import { of, type Sentence } from '../../kernel/sentence.ts';

/** Words of passing a referral on to another office of the network. */
export const text = {
  title: of('ほかの窓口へ引き継ぐ', 'Pass on to another office'),
  about: (name: string, number: string): Sentence =>
    of(
      name === '' ? `案件番号 ${number}` : `${name}さん　案件番号 ${number}`,
      `${name} Case ${number}`.trim(),
    ),
  lead: (network: Sentence): Sentence =>
    of(
      `${network.ja}の窓口へ、この紹介を引き継ぎます。これまでの経過は、引き継ぎ先と医療機関が読めます。`,
      `Passes this referral on to an office of the ${network.en}. That office and the clinic can read what has happened so far.`,
    ),
  after: of(
    '引き継ぐと、この窓口からはご本人のことが見られなくなります。団体への依頼のうち終わっていないものは取り消されます。医師には知らせが届きます。',
    'From then on this office no longer sees the person. Requests to groups that are still open are called off. The doctor is told.',
  ),
  to: of('引き継ぎ先', 'Office'),
  toMissing: of('引き継ぎ先を選んでください。', 'Choose the office.'),
  notOpen: (name: string): Sentence =>
    of(
      `ご本人の同意は、${name}に伝えることを含んでいません。医療機関で同意を受け直してください。`,
      `The person’s consent does not name ${name}. Ask the clinic for one that does.`,
    ),
  reason: of('引き継ぐ理由', 'Why'),
  reasonHint: of(
    '引き継ぎ先と医療機関が読みます。300文字まで。',
    'Read by that office and the clinic. Up to 300 characters.',
  ),
  reasonMissing: of('引き継ぐ理由を書いてください。', 'Write down why.'),
  pass: of('引き継ぐ', 'Pass on'),
  cancel: of('やめる', 'Cancel'),
  back: of('紹介へ戻る', 'Back to the referral'),
  nobody: of('引き継げる窓口がありません。', 'There is no office to pass it on to.'),
  said: of('引き継ぎました。医師に知らせました。', 'Passed on. The doctor has been told.'),
  reasonKept: (name: string, why: string): string => `${name}へ引き継ぎ：${why}`,
  told: (name: string, why: string): string => `この紹介を、${name}へ引き継ぎました。理由：${why}`,
  next: (name: string): string => `これからは、${name}がご本人に連絡します。`,
} as const;
