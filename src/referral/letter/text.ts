import type { Texts } from '../../kernel/sentence.ts';

/** Why a referral cannot be handed out as a document. */
export const letterText = {
  noConsent: {
    ja: 'この紹介には、送り先に情報を渡す有効な同意がないため、文書にできません。',
    en: 'No consent in force opens the person to the receiver, so this referral cannot be made into a document.',
  },
  draft: {
    ja: 'まだ送っていない紹介（下書き）は、文書にできません。',
    en: 'A referral that has not been sent, a draft, is not made into a document.',
  },
  mistaken: {
    ja: '誤りとして取り下げた紹介は、文書にできません。',
    en: 'A referral that was withdrawn as a mistake is not made into a document.',
  },
} as const satisfies Texts;

/** The words of the document itself, which is a Japanese one whoever asks for it. */
export const letterWords = {
  title: '社会的処方の紹介票',
  issued: '社会的処方の紹介',
  sheet: '紹介票（PDF）',
  notHere: 'この文書には含まれません',
  outside: '地域の外に送る理由',
  given: '同意した日',
  signer: '同意した人',
  until: '同意の期限',
  recipients: '伝えてよい相手',
  items: '伝えてよい内容',
  answerBy: '返事の期限',
} as const;
