import { of, type Texts } from '../kernel/sentence.ts';

/** Words of the pages that send a referral. */
export const sendText = {
  title: (name: string) => of(`${name}さんの紹介を送る`, `Send a referral for ${name}`),
  backToPatient: of('この方の画面へ', 'To this person’s page'),
  lead: of(
    'つなぐ窓口（リンクワーカー）に相談をお願いします。送る前に、内容を確かめる画面があります。',
    'Asks an office of link workers to help. You can check everything before it goes.',
  ),
  noConsent: of('有効な同意がまだありません', 'There is no active consent yet'),
  noConsentNext: of(
    '紹介を送るには、ご本人の同意が要ります。説明して、同意を記録してください。',
    'A referral needs the person’s consent. Explain it and record the consent first.',
  ),
  toConsent: of('同意を記録する', 'Record consent'),
  noOffice: of('今の同意で送れる窓口がありません', 'The consent opens no office'),
  noOfficeNext: of(
    '同意書に、送りたい窓口を加えてください。',
    'Record a consent that names the office you want to send to.',
  ),
  consent: of('使う同意', 'Consent'),
  already: (number: string) =>
    of(
      `この方には、進行中の紹介（${number}）があります。重ねて送る前に、ようすを見てください。`,
      `This person has an open referral (${number}). Look at it before you send another one.`,
    ),
  consentItems: of('渡してよい情報', 'May be passed on'),
  needs: of('送る困りごと', 'Needs to send'),
  needsHint: of(
    '問診票の答えから見つかったものです。診断ではありません。送らないものは印を外してください。',
    'Found in the answers; no diagnosis. Clear the tick of what you do not want to send.',
  ),
  needsMissing: of('送る困りごとを一つ以上選んでください。', 'Choose at least one need to send.'),
  noNeeds: of(
    '問診票の答えから見つかった困りごとはありません。紹介の理由に書いてください。',
    'The answers show no needs. Say in the reason what it is about.',
  ),
  office: of('送り先の窓口', 'Office'),
  officeHintArea: (area: string) =>
    of(
      `${area}の市町村を受け持つ窓口です。ご本人の市町村の窓口が先に並びます。`,
      `Offices that serve municipalities of ${area}; those of the person’s own municipality come first.`,
    ),
  officeHint: of(
    'ご本人の市町村を受け持つ窓口です。',
    'Offices that serve the municipality where the person lives.',
  ),
  officeMissing: of('送り先の窓口を選んでください。', 'Choose the office.'),
  noLocalOffice: of(
    'ご本人の市町村を受け持つ窓口で、今の同意で送れるところはありません。',
    'No office that serves this municipality is open under the consent.',
  ),
  outside: of('地域外の窓口に送る', 'Send to an office elsewhere'),
  outsideHint: of(
    'ご家族の近くなど、わけがあるときだけ選んでください。',
    'Only with a reason, such as family living there.',
  ),
  outsideOffice: of('地域外の窓口', 'Office elsewhere'),
  outsideOfficeMissing: of('地域外の窓口を選んでください。', 'Choose the office elsewhere.'),
  outsideReason: of('地域外に送る理由', 'Why elsewhere'),
  outsideReasonMissing: of('地域外の窓口に送る理由を書いてください。', 'Write why it goes elsewhere.'),
  serves: (areas: string) => of(`受け持ち：${areas}`, `Serves: ${areas}`),
  phone: (number: string) => of(`電話 ${number}`, `Phone ${number}`),
  closedOffices: (names: string) =>
    of(
      `今の同意では送れない窓口：${names}。送るには、同意を取り直してください。`,
      `Not open under the consent: ${names}. Sending there needs a new consent.`,
    ),
  urgency: of('急ぎ具合', 'Urgency'),
  urgencyMissing: of('急ぎ具合を選んでください。', 'Choose how urgent it is.'),
  urgencyDays: (accept: string, contact: string) =>
    of(
      `窓口は${accept}に返事をし、引き受けてから${contact}にご本人に連絡します。`,
      `The office answers ${accept} and contacts the person ${contact} of accepting.`,
    ),
  suggested: (urgency: string) =>
    of(
      `この困りごとでは「${urgency}」か、それより急ぐ扱いをおすすめします。`,
      `For these needs at least “${urgency}” is advised.`,
    ),
  lessUrgent: (advised: string, chosen: string) =>
    of(
      `この困りごとでは「${advised}」か、それより急ぐ扱いをおすすめしています。今は「${chosen}」になっています。`,
      `For these needs at least “${advised}” is advised. It is “${chosen}” now.`,
    ),
  lessUrgentMeant: (chosen: string) =>
    of(`「${chosen}」でよいことを確かめました`, `I have made sure that “${chosen}” is meant`),
  lessUrgentMissing: of(
    '急ぎ具合をおすすめより下げて送るときは、確かめた印を付けてください。',
    'To send it less urgent than advised, tick that it is meant.',
  ),
  reason: of('紹介の理由', 'Reason'),
  reasonHint: of(
    'リンクワーカーに知ってほしいことを、ふつうの言葉で。500文字まで。',
    'What the link worker should know, in plain words. Up to 500 characters.',
  ),
  reasonProposed: of(
    '問診票でわかったことを下書きに入れてあります。直して使ってください。500文字まで。',
    'Begun from what the answers showed: change it as you like. Up to 500 characters.',
  ),
  reasonIntro: of('問診票から、次のことが気がかりです。', 'The answers to the questionnaire speak of:'),
  reasonLine: (need: string, why: string) =>
    of(`・${need}${why && `（${why}）`}`, `- ${need}${why && ` (${why})`}`),
  reasonJoin: of('。', '; '),
  reasonMissing: of('紹介の理由を書いてください。', 'Write why you refer the person.'),
  note: of('医師からの申し送り', 'Medical note'),
  noteHint: of(
    '病気や薬のことで、知っておいてほしいこと。専門職のリンクワーカーだけが読みます。2000文字まで。',
    'Illness and medication that matter here. Read by professional link workers only. Up to 2,000 characters.',
  ),
  noteClosed: of(
    '今の同意には「医師からの申し送り」が入っていないので、申し送りは送れません。',
    'The consent does not include a medical note, so none can be sent.',
  ),
  toCheck: of('内容を確かめる', 'Check it'),
  check: of('送る前に確かめてください', 'Check before sending'),
  checkLead: of('「送る」を押すまで、どこにも届きません。', 'Nothing goes out until you press “Send”.'),
  send: of('この内容で送る', 'Send'),
  backToForm: of('入力に戻る', 'Go back to the form'),
  person: of('ご本人', 'The person'),
  answers: of('問診票の答え', 'Answers to the questionnaire'),
  answersOf: (day: string) => of(`${day}の答えを付けます`, `The answers of ${day} go along`),
  answersNone: of('付けません', 'None go along'),
  noNote: of('なし', 'None'),
  sentTitle: of('紹介を送りました', 'The referral has been sent'),
  caseNumber: of('案件番号', 'Case number'),
  next: of('このあと', 'What happens next'),
  nextAccept: (office: string, day: string) =>
    of(
      `${office}が、${day}までに引き受けるかどうかを返事します。`,
      `${office} answers by ${day} whether it takes this on.`,
    ),
  nextContact: (days: string) =>
    of(
      `引き受けたあと、${days}にリンクワーカーがご本人に連絡します。`,
      `After accepting, a link worker contacts the person ${days}.`,
    ),
  nextReport: of(
    '引き受けたとき、計画ができたとき、終わったときに、返書が届きます。「送った紹介」でいつでも見られます。',
    'A report comes back when it is accepted, when there is a plan and at the end. See “Referrals sent” at any time.',
  ),
  openSheet: of('紹介票を印刷する（PDF）', 'Print the referral sheet (PDF)'),
  openCase: of('紹介のようすを見る', 'See the referral'),
} as const satisfies Texts;
