import type { Texts } from '../../../kernel/sentence.ts';

/** What is said of documents that come in. */
export const documentText = {
  onlyDocument: {
    ja: 'ここには type が document の Bundle を送ってください。transaction と batch は /fhir へ送ります。',
    en: 'Only a Bundle of type document is taken here; send a transaction or batch to the base.',
  },
  noIdentifier: {
    ja: '文書の番号（identifier の system と value）が必要です。',
    en: 'A document needs an identifier with a system and a value.',
  },
  noTimestamp: { ja: '文書の日時（timestamp）が必要です。', en: 'A document needs a timestamp.' },
  compositionFirst: {
    ja: '文書の最初の項目は Composition です。',
    en: 'The first entry of a document is its Composition.',
  },
  onlyContent: {
    ja: '文書の項目に request、response、search は書けません。',
    en: 'An entry of a document has no request, response or search.',
  },
  noFullUrl: { ja: '項目には fullUrl が必要です。', en: 'An entry needs a fullUrl.' },
  noResource: { ja: '項目にはリソースが必要です。', en: 'An entry needs a resource.' },
  onlyLetter: {
    ja: '受け取れる文書は、紹介状（57133-1）だけです。',
    en: 'Only letters of referral (57133-1) are taken.',
  },
  onlyFinal: {
    ja: '受け取れるのは、完成した文書（final か amended）だけです。',
    en: 'Only a finished document is taken: final or amended.',
  },
  noPerson: {
    ja: 'subject には、この文書の中の患者（Patient）が必要です。',
    en: 'subject must lead to a Patient of this document.',
  },
  twoPersons: {
    ja: '一つの文書は、一人の患者についてのものです。',
    en: 'A document is about one patient; this is another.',
  },
  manyBodies: (most: number) => ({
    ja: `文書の中の機関は ${String(most)} 件までです。`,
    en: `At most ${String(most)} organizations are taken in one document.`,
  }),
  noSender: {
    ja: '紹介元（920 の Organization）が必要です。',
    en: 'The sender is missing: an Organization in section 920.',
  },
  otherSender: {
    ja: '紹介元は、ご自分の機関でなければなりません。ここで登録されている番号（医療機関コードなど）で示してください。',
    en: 'The sender must be your own organization, named by an identifier that is registered here.',
  },
  noReceiver: {
    ja: '紹介先（910 の Organization）が必要です。',
    en: 'The receiver is missing: an Organization in section 910.',
  },
  twoReceivers: {
    ja: '紹介先は一つだけです。',
    en: 'A referral has one receiver; this is another.',
  },
  unknownReceiver: {
    ja: '紹介先の番号に合う機関が、ここに一つだけ見つかりません。',
    en: 'The identifiers of the receiver lead to no organization here, or to several.',
  },
  noOffice: {
    ja: '紹介先は、リンクワーカーの窓口（office）でなければなりません。',
    en: 'The receiver must be a link-worker office in service.',
  },
  severalKnown: {
    ja: '患者の番号に合う人が、ここに二人以上います。',
    en: 'The identifiers of the patient lead to more than one person here.',
  },
  bornOtherwise: {
    ja: '同じ番号の患者がここにいますが、生年月日が違います。',
    en: 'The patient with this identifier was born on another day here.',
  },
  noPurpose: {
    ja: '紹介目的（950）が必要です。',
    en: 'The purpose of the referral is missing: section 950.',
  },
  unopened: {
    ja: 'この同意では、紹介先に情報を渡せません。紹介先と期間を確かめてください。',
    en: 'This consent does not let the receiver see the person today. Look at its recipients and period.',
  },
  otherContent: {
    ja: '同じ番号の文書を、違う内容で受け取っています。別の番号で送ってください。',
    en: 'A document with this identifier came before with other content. Send this one under another identifier.',
  },
  otherEdition: (referral: string) => ({
    ja: `同じ紹介状の別の版を受け取っています（Task/${referral}）。その紹介を取り消してから、新しい紹介状として送ってください。`,
    en: `Another edition of this letter was taken before (Task/${referral}). Cancel that referral and send a letter of its own.`,
  }),

  referred: (which: Readonly<{ caseNumber: string; task: string; request: string }>) => ({
    ja: `紹介を受け取りました（案件番号 ${which.caseNumber}、Task/${which.task}、ServiceRequest/${which.request}）。`,
    en: `The referral was made (case ${which.caseNumber}, Task/${which.task}, ServiceRequest/${which.request}).`,
  }),
  knownAlready: (task: string) => ({
    ja: `この文書はすでに受け取っています（Task/${task}）。新しい紹介はつくりませんでした。`,
    en: `This document was taken before (Task/${task}). No second referral was made.`,
  }),
  waits: {
    ja: '文書に同意（Consent）がないため、紹介は下書きです。紹介先にはまだ送られていません。同意を記録してから送ってください。',
    en: 'The document holds no Consent, so the referral is a draft and was not sent to the receiver. Record the consent, then send it.',
  },
  original: (document: string) => ({
    ja: `文書はそのまま残しました（DocumentReference/${document}）。送った機関だけが読めます。`,
    en: `The document is kept as it came (DocumentReference/${document}); only the body that sent it reads it.`,
  }),
  knownPerson: (patient: string) => ({
    ja: `患者はここにいる人です（Patient/${patient}）。その記録は書き換えていません。`,
    en: `The patient is known here (Patient/${patient}); that record was left as it is.`,
  }),
  knownConcern: (id: string) => ({
    ja: `同じ困りごとがすでにあります（Condition/${id}）。それを使いました。`,
    en: `The same concern is known here already (Condition/${id}) and was used.`,
  }),
  sealedElsewhere: {
    ja: '住所と連絡先は送り元で伏せられています。記録するときは、ここでも伏せてください。',
    en: 'Address and contact details are sealed at the sender. Seal them here too when they are recorded.',
  },
  limitsElsewhere: {
    ja: '文書では、ご本人への連絡が制限されています。紹介にも記しました。',
    en: 'The document limits contact with the person; the referral says so.',
  },
  noteUnopened: {
    ja: '同意に「医師からの申し送り」が入っていないため、この節は紹介先に伝えません。',
    en: 'The consent does not include a medical note, so this section is not passed on.',
  },
  unknownForm: {
    ja: 'この回答の様式はここにないため、記録にしませんでした。文書には残っています。',
    en: 'The form of these answers is not known here, so they became no record. They stay in the document.',
  },
  noRecord: (type: string) => ({
    ja: `「${type}」は記録にしませんでした。文書には残っています。`,
    en: `${type} became no record. It stays in the document.`,
  }),
  noSection: (title: string) => ({
    ja: `節「${title}」は紹介に使いませんでした。文書には残っています。`,
    en: `The section "${title}" is not used for the referral. It stays in the document.`,
  }),
  unknownSection: (title: string) => ({
    ja: `節「${title}」の番号は知られていません。文書には残っています。`,
    en: `The code of the section "${title}" is not known. It stays in the document.`,
  }),
} satisfies Texts;
