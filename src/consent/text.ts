import type { Sentence, Texts } from '../kernel/sentence.ts';
import type { ConsentItem, ExplainedHow, RecipientKind } from './record.ts';

/** What a consent opens, in the words of the consent form: whoever agreed reads the same words ever after. */
export const itemNames: Readonly<Record<ConsentItem, Sentence>> = {
  contact: { ja: '名前・住所・電話番号', en: 'Name, address and telephone number' },
  answers: { ja: '問診票の答え', en: 'Your answers to the questionnaire' },
  assessment: { ja: 'リンクワーカーが聞き取ったこと', en: 'What the link worker learns from you' },
  plan: { ja: '支援の計画と、その後のようす', en: 'The plan of support and how it goes' },
  'medical-note': {
    ja: 'お医者さんからの申し送り（病気のことなど）',
    en: 'The doctor’s note (illness and the like)',
  },
};
export const recipientNames: Readonly<Record<RecipientKind, Sentence>> = {
  office: { ja: 'リンクワーカーのいる窓口', en: 'The office where the link workers are' },
  resident: {
    ja: '地域で手伝う住民リンクワーカー（お願いの内容と連絡先だけ）',
    en: 'Residents who help the link workers (only the request and how to reach you)',
  },
  resource: {
    ja: 'つなぎ先の団体・サービス（お願いの内容と連絡先だけ）',
    en: 'The group or service you are linked to (only the request and how to reach you)',
  },
  insurer: { ja: '加入している医療保険の保険者', en: 'Your health insurer' },
  meeting: {
    ja: '市町村などが開く支援会議（支える人の集まり）',
    en: 'The meeting of supporters that the municipality holds',
  },
};
/** What a narrow recipient may be told beyond the request and how to reach the person. */
export const alsoNames = {
  resident: {
    ja: '住民リンクワーカーに、ほかに伝えてよいもの',
    en: 'What residents who help may be told besides',
    easy: 'まちで てつだう 人に、もっと つたえて いい こと',
  },
  resource: {
    ja: 'つなぎ先の団体に、ほかに伝えてよいもの',
    en: 'What groups may be told besides',
    easy: 'たすける グループや サービスに、もっと つたえて いい こと',
  },
} as const satisfies Partial<Record<RecipientKind, Sentence>>;
export const howNames: Readonly<Record<ExplainedHow, Sentence>> = {
  spoken: { ja: '話して説明した', en: 'Explained by word of mouth' },
  read: { ja: '用紙を読み上げた', en: 'Read aloud' },
  translated: { ja: '通訳・翻訳をつけた', en: 'With an interpreter or translation' },
  'easy-japanese': { ja: 'やさしい日本語で説明した', en: 'In easy Japanese' },
};

export const text = {
  consent: { ja: '同意', en: 'Consent' },
  record: { ja: '同意を記録する', en: 'Record consent' },
  recordLead: {
    ja: '下の説明をご本人に伝え、選んでもらったとおりに記録してください。',
    en: 'Tell the person what stands below and record what they choose.',
  },
  which: { ja: 'どの同意書ですか', en: 'Which consent form?' },
  explain: { ja: 'ご本人に伝えること', en: 'What to tell the person' },
  printBlank: { ja: '白紙の同意書を印刷する（PDF）', en: 'Print a blank consent form (PDF)' },
  language: { ja: '同意書のことば', en: 'Language of the form' },
  printIn: (variant: Sentence) => ({
    ja: `同意書を印刷する（${variant.ja}）`,
    en: `Print the consent form (${variant.en})`,
  }),
  explaining: { ja: '説明', en: 'Explanation' },
  explainedBy: { ja: '説明した人', en: 'Explained by' },
  explainedHow: { ja: '説明のしかた', en: 'How it was explained' },
  choosing: { ja: 'ご本人が選んだこと', en: 'What the person chose', easy: 'あなたが きめた こと' },
  recipients: { ja: '伝えてよい相手', en: 'Who may be told', easy: 'だれに つたえて いいですか' },
  items: { ja: '伝えてよい内容', en: 'What may be told', easy: 'なにを つたえて いいですか' },
  itemsHint: {
    ja: 'ご本人が選んだものだけに印をつけます。',
    en: 'Tick only what the person chose.',
    easy: 'つたえて いい ものだけに しるしを つけます。',
  },
  alsoHint: {
    ja: 'ふつうは、依頼の内容と連絡先だけが伝わります。ご本人が望むときだけ印をつけます。',
    en: 'Usually they get the request and how to reach the person. Tick only what the person wants besides.',
    easy: 'いつもは、おねがいの ことと れんらくさきだけを つたえます。もっと つたえて いい ときだけ、しるしを つけます。',
  },
  until: { ja: 'いつまで', en: 'Until', easy: 'いつまで' },
  untilHint: (months: number) => ({
    ja: `ふつうは${String(months)}か月です。その日まで有効で、過ぎると自動で見られなくなります。`,
    en: `Usually ${String(months)} months. It holds through that day and then closes by itself.`,
    easy: `いつもは ${String(months)}か月です。その 日の あとは、見る ことが できません。`,
  }),
  signing: { ja: '署名', en: 'Signature' },
  signer: { ja: '署名する人', en: 'Who signs' },
  person: { ja: 'ご本人', en: 'The person' },
  proxy: { ja: '代わりの人', en: 'Somebody in their place' },
  proxyName: { ja: '代わりに署名する人の名前', en: 'Name of whoever signs' },
  proxyRelation: { ja: 'ご本人との関係', en: 'Relation to the person' },
  proxyRelationHint: { ja: '例: 長女、成年後見人', en: 'For example: daughter, legal guardian' },
  proxyWhy: { ja: 'ご本人が署名できないわけ', en: 'Why the person cannot sign' },
  evidence: { ja: '署名のしかた', en: 'How it is signed' },
  drawn: { ja: 'この画面に署名する', en: 'Sign on this screen' },
  paper: { ja: '紙に署名し、紙を保管する', en: 'Sign on paper, and keep the paper' },
  scanSealed: {
    ja: 'この方の住所は閉じられています。紙の写しは、住所を見られる人だけが開けます。',
    en: 'The address of this person is sealed. Only those who may see it can open the copy.',
  },
  scan: { ja: '紙に署名し、写真などを取り込む', en: 'Sign on paper, and upload a copy' },
  signature: { ja: '署名', en: 'Signature' },
  kept: { ja: '紙の保管場所', en: 'Where the paper is kept' },
  keptHint: { ja: '例: 当院のカルテ庫', en: 'For example: our record room' },
  paperTitle: (where: string): Sentence => ({
    ja: `同意書（紙、${where}）`,
    en: `Consent form (paper, ${where})`,
  }),
  scanFile: { ja: '写しのファイル', en: 'The copy' },
  scanHint: {
    ja: 'PDF・JPEG・PNG、5MBまで。直して送り直すときは、もう一度選んでください。',
    en: 'PDF, JPEG or PNG, at most 5 MB. Choose it again when the form comes back.',
  },
  save: { ja: 'この内容で同意を記録する', en: 'Record this consent' },
  cancel: { ja: 'やめる', en: 'Cancel' },

  explainerMissing: { ja: '説明した人を選んでください。', en: 'Choose who explained it.' },
  howMissing: { ja: '説明のしかたを選んでください。', en: 'Choose how it was explained.' },
  recipientsMissing: { ja: '伝えてよい相手を選んでください。', en: 'Choose who may be told.' },
  itemsMissing: { ja: '伝えてよい内容を選んでください。', en: 'Choose what may be told.' },
  contactNeeded: {
    ja: '「名前・住所・電話番号」が選ばれていません。これがないと、窓口はご本人に連絡できません。ご本人に確かめてください。',
    en: 'Name and contact are not among what may be told. Without them nobody can get in touch with the person.',
  },
  untilMissing: { ja: 'いつまで有効かを入力してください。', en: 'Enter until when it holds.' },
  untilPast: {
    ja: '終わりの日が今日より前です。今日以降の日にしてください。',
    en: 'That day has passed already. Choose today or later.',
  },
  untilFar: {
    ja: '終わりの日が5年より先です。5年以内にしてください。',
    en: 'That is more than five years ahead. Choose a day within five years.',
  },
  signerMissing: { ja: '署名する人を選んでください。', en: 'Choose who signs.' },
  evidenceMissing: { ja: '署名のしかたを選んでください。', en: 'Choose how it is signed.' },
  proxyNameMissing: {
    ja: '代わりに署名する人の名前を入力してください。',
    en: 'Enter the name of whoever signs.',
  },
  proxyRelationMissing: { ja: 'ご本人との関係を入力してください。', en: 'Enter the relation to the person.' },
  proxyWhyMissing: {
    ja: 'ご本人が署名できないわけを入力してください。',
    en: 'Enter why the person cannot sign.',
  },
  signatureMissing: {
    ja: '署名がまだありません。枠の中に署名してもらうか、「紙に署名し」を選んでください。',
    en: 'There is no signature yet. Have it signed in the box, or choose paper.',
  },
  signatureBroken: {
    ja: '署名を読み取れませんでした。もう一度署名してもらってください。',
    en: 'The signature could not be read. Please have it signed again.',
  },
  keptMissing: { ja: '紙の保管場所を入力してください。', en: 'Enter where the paper is kept.' },
  scanMissing: { ja: '写しのファイルを選んでください。', en: 'Choose the file of the copy.' },
  scanKind: {
    ja: 'このファイルは使えません。PDF・JPEG・PNGのどれかを選んでください。',
    en: 'This file cannot be used. Choose a PDF, JPEG or PNG.',
  },

  title: { ja: '同意の内容', en: 'Consent' },
  status: { ja: '状態', en: 'State' },
  valid: { ja: '有効', en: 'In force' },
  expired: { ja: '期限切れ', en: 'Expired' },
  withdrawn: { ja: '撤回済み', en: 'Withdrawn' },
  opens: { ja: 'この同意で見られること', en: 'What it opens' },
  whose: { ja: 'どなたの同意', en: 'Whose consent' },
  period: { ja: '期間', en: 'Period' },
  span: (from: string, until: string) => ({ ja: `${from}から${until}まで`, en: `From ${from} to ${until}` }),
  given: { ja: '同意した日', en: 'Given on' },
  brief: (signed: string, span: string, whom: string): Sentence => ({
    ja: `${signed && `${signed}に署名。`}${span}。相手：${whom}`,
    en: `${signed && `Signed ${signed}. `}${span}. For: ${whom}`,
  }),
  used: { ja: 'もとになる同意', en: 'Consent it rests on' },
  several: (n: number): Sentence => ({ ja: `同意 ${String(n)}`, en: `Consent ${String(n)}` }),
  taker: { ja: '同意を受けた機関', en: 'Taken by' },
  signedBy: { ja: '署名した人', en: 'Signed by' },
  signedByProxy: (name: string, relation: string, why: string) => ({
    ja: `${name}（${[relation, why].filter(Boolean).join('、')}）`,
    en: `${name} (${[relation, why].filter(Boolean).join(', ')})`,
  }),
  evidenceShown: { ja: '署名・証拠', en: 'Proof' },
  drawnShown: { ja: '画面に書いた署名', en: 'Signature drawn on the screen' },
  openScan: { ja: '写しを開く', en: 'Open the copy' },
  namedBody: { ja: '名前をあげた機関', en: 'A body named one by one' },
  whatOthersSee: {
    ja: '紹介を受けた相手だけが、ここに書かれた内容を見られます。同意だけでは、だれにも見えません。',
    en: 'Only those who have been sent a referral see what stands here. The consent alone opens nothing.',
  },
  print: { ja: '同意書を印刷する（PDF）', en: 'Print the consent form (PDF)' },
  withdrawLink: { ja: '同意を取り消す', en: 'Withdraw this consent' },
  takenBack: { ja: '取り消された部分', en: 'Parts taken back' },
  partJoin: { ja: 'への', en: ': ' },
  endedWithdrawn: (day: string): Sentence => ({
    ja: `撤回済み${day && `（${day}）`}　この同意は取り消されています。いまは使えません。`,
    en: `Withdrawn${day && ` on ${day}`}: this consent can no longer be used.`,
  }),
  endedExpired: (day: string): Sentence => ({
    ja: `期限切れ（${day}まで）　この同意の期間は終わっています。いまは使えません。`,
    en: `Expired (held until ${day}): this consent can no longer be used.`,
  }),
  withdrawnWhy: { ja: '取り消しのわけ', en: 'Why' },

  saidAlready: {
    ja: 'この同意は、ほかの人が先に取り消していました。あらためてすることはありません。',
    en: 'Somebody else had withdrawn this consent just before. There is nothing more to do.',
  },
  saidPart: {
    ja: '同意の一部を取り消しました。下に、取り消したものが出ています。',
    en: 'A part of the consent was withdrawn; it is listed below.',
  },
  saidWithdrawn: {
    ja: '同意を取り消しました。紹介先からは、もう見えません。',
    en: 'The consent was withdrawn; it opens nothing any more.',
  },

  nextConsent: { ja: '同意を記録する', en: 'Record consent' },
  renewConsent: { ja: '新しい同意を記録する', en: 'Record a new consent' },
  ending: (day: string) => ({
    ja: `同意の期限が近づいています（${day}まで）`,
    en: `The consent ends soon (${day})`,
  }),
  none: { ja: 'まだ同意がありません', en: 'No consent yet' },
  noneNext: {
    ja: '紹介には、ご本人の同意が必要です。',
    en: 'A referral needs the person’s consent.',
  },
  another: { ja: '新しい同意を記録する', en: 'Record another consent' },
  validUntil: (until: string) => ({ ja: `${until}まで`, en: `until ${until}` }),
  see: { ja: '内容を見る', en: 'See it' },
} as const satisfies Texts;
