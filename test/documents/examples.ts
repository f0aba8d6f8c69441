import type { ConsentFormData } from '../../src/documents/consent-form.ts';
import type { QuestionnaireSheetData } from '../../src/documents/questionnaire-sheet.ts';
import type { ReferralSheetData } from '../../src/documents/referral-sheet.ts';
import type { ReportBackData } from '../../src/documents/report-back.ts';
import type { RequestSheetData } from '../../src/documents/request-sheet.ts';

/** Of no sheet that was ever printed. */
export const sheetId = '00000000-0000-8000-8123-456789abcdef';

/** Everyone and everything here is invented. */
const clinic = {
  organization: 'みずほの杜内科クリニック（架空）',
  person: '髙﨑 直樹',
  postalCode: '010-0000',
  address: '秋田県架空市中央一丁目2番3号',
  tel: '018-000-0101',
  fax: '018-000-0102',
};
const office = {
  organization: '架空市地域包括支援センター つなぐ',
  department: 'リンクワーカー係',
  person: '辻 美咲',
  tel: '018-000-0201',
  fax: '018-000-0202',
};
const patient = {
  name: '𠮷田 ハナ',
  kana: 'よしだ はな',
  birthDate: '1944-03-09',
  gender: 'female' as const,
  postalCode: '010-0001',
  address: '秋田県架空市本町四丁目5番6号 みどり荘203号室',
  phone: '018-000-0301',
  insurer: '秋田県後期高齢者医療広域連合（架空）　39050000　記号・番号 あきた・12345678',
  contactBy: '平日の午前中に電話。耳が遠いので、ゆっくり話す。長女（架空市外）に先に連絡してもよい。',
};

export const questionnaire: QuestionnaireSheetData = {
  sheetId,
  language: 'ja',
  title: 'くらしと健康についての問診票',
  program: '秋田プログラム（架空の運用例）',
  version: '1',
  printedOn: '2026-11-21',
  notTheProjectsForm:
    'この問診票は、公開された説明をもとにこのソフトウェアのために作ったもので、事業で実際に使われている様式ではありません。',
  sections: [
    {
      title: 'お住まいと日々のくらし',
      questions: [
        {
          number: 1,
          text: 'いま、だれと一緒に住んでいますか。',
          kind: 'choice',
          options: ['ひとり暮らし', '夫婦ふたり', '子や孫と同居', 'そのほか'].map((label) => ({
            label,
            chosen: false,
          })),
        },
        {
          number: 2,
          text: 'この1か月で、困ったことはありましたか。',
          kind: 'multi',
          hint: '小さなことでもかまいません。',
          options: [
            '買い物や通院の足がない',
            '食費や光熱費のやりくり',
            '話し相手がいない',
            '家の片づけ・ごみ出し',
            '家族の介護や世話',
            '特にない',
          ].map((label) => ({ label, chosen: false })),
        },
        {
          number: 3,
          text: '外に出る回数は、週に何回くらいですか。',
          kind: 'number',
          hint: '買い物、散歩、ごみ出しも1回と数えます。',
        },
        { number: 4, text: '電気・ガス・水道の支払いが心配になったことがありますか。', kind: 'boolean' },
      ],
    },
    {
      title: '人とのつながり',
      questions: [
        {
          number: 5,
          text: '困ったときに、頼れる人はいますか。',
          kind: 'choice',
          options: ['いる', 'いるが頼みにくい', 'いない'].map((label) => ({ label, chosen: false })),
        },
        {
          number: 6,
          text: 'さびしいと感じることは、どのくらいありますか。',
          kind: 'choice',
          options: ['ほとんどない', 'ときどき', 'よくある', 'いつも'].map((label) => ({
            label,
            chosen: false,
          })),
        },
        { number: 7, text: '最後に健康診断を受けたのは、いつごろですか。', kind: 'date' },
        {
          number: 8,
          text: '好きなこと、得意なこと、これからやってみたいことがあれば、教えてください。',
          kind: 'text',
          hint: '昔やっていたことでもかまいません。',
        },
        {
          number: 9,
          text: '相談員（リンクワーカー）と話してみたいですか。',
          kind: 'choice',
          options: ['話してみたい', '説明を聞いてから決めたい', 'いまは必要ない'].map((label) => ({
            label,
            chosen: false,
          })),
        },
      ],
    },
  ],
};

const chosen: Readonly<Record<number, readonly number[]>> = { 1: [0], 2: [0, 2, 3], 5: [1], 6: [2], 9: [0] };
const answers: Readonly<Record<number, string>> = {
  3: '1回',
  4: 'true',
  7: '2023-06-15',
  8: '夫が元気だったころは、二人で畑をしていました。手を動かすことが好きで、編み物は人に教えていたこともあります。',
};
export const answered: QuestionnaireSheetData = {
  ...questionnaire,
  caseNumber: 'AK-2026-00123',
  patient: { name: patient.name, kana: patient.kana, birthDate: patient.birthDate },
  sections: questionnaire.sections.map((section) => ({
    ...section,
    questions: section.questions.map((question) => {
      const number = Number(question.number);
      const answer = answers[number];
      return {
        ...question,
        ...(answer === undefined ? {} : { answer }),
        ...(question.options
          ? {
              options: question.options.map((o, i) => ({
                ...o,
                chosen: chosen[number]?.includes(i) ?? false,
              })),
            }
          : {}),
      };
    }),
  })),
};

export const blankConsent: ConsentFormData = {
  sheetId,
  language: 'ja',
  purpose:
    'あなたのくらしの困りごとを、相談員（リンクワーカー）や地域の団体と一緒に解決し、健康に過ごしていただくためです。ほかの目的には使いません。',
  recipients: [
    '架空市地域包括支援センター つなぐ（リンクワーカー）',
    '紹介先の地域の団体',
    '加入している健康保険（数だけで、名前は伝えません）',
  ].map((label) => ({ label, chosen: false })),
  items: ['氏名・住所・電話番号', '問診票の答え', '医師からの申し送り', '支援の計画と結果'].map((label) => ({
    label,
    chosen: false,
  })),
  withdraw: {
    how: '下の医療機関に電話するか、窓口でお申し出ください。やめた日から、だれもあなたの情報を見られなくなります。',
    url: 'https://tsunagi.example/w/7Q2K-9FHX',
  },
  clinic,
  program: '秋田プログラム（架空の運用例）',
  version: '1',
  printedOn: '2026-11-21',
  notTheProjectsForm:
    'この同意書は、このソフトウェアのために作ったもので、事業で実際に使われている様式ではありません。',
};

export const givenConsent: ConsentFormData = {
  ...blankConsent,
  patient: { name: patient.name, kana: patient.kana, birthDate: patient.birthDate },
  recipients: blankConsent.recipients.map((r, i) => ({ ...r, chosen: i < 2 })),
  items: blankConsent.items.map((r) => ({ ...r, chosen: true })),
  period: { start: '2026-11-21', end: '2027-11-20' },
  explained: {
    by: '受付 﨑山 まゆみ',
    how: '説明の紙を読み上げ、質問に答えた（およそ10分）',
    on: '2026-11-21',
  },
  signer: {
    kind: 'proxy',
    name: '辻󠄀 由紀子',
    relation: '長女',
    reason: '手のふるえのため字が書けないので、本人の前で代わりに署名した。',
    on: '2026-11-21',
  },
};

export const referral: ReferralSheetData = {
  sheetId,
  language: 'ja',
  to: office,
  from: clinic,
  date: '2026-11-21',
  caseNumber: 'AK-2026-00123',
  patient,
  urgency: 'urgent',
  answerBy: '2026-11-27',
  reason:
    '夫を亡くしてから半年、外出がほとんどなくなり、食事が不規則になっています。通院の足がなく、薬が切れることがありました。くらしの様子を一緒に見て、人とのつながりを取り戻す手助けをお願いしたいです。',
  needs: [
    { name: '移動・通院の足', why: ['「買い物や通院の足がない」に印', '外出は週1回'] },
    {
      name: '人とのつながり・孤立',
      why: ['「さびしいと感じることがよくある」', '頼れる人は「いるが頼みにくい」'],
    },
    { name: '家のこと（片づけ・ごみ出し）', why: ['「家の片づけ・ごみ出し」に印'] },
  ],
  note: '血圧の薬を飲んでいます。急に立ち上がるとふらつくことがあるので、同行されるときはご注意ください。編み物が得意で、以前は公民館で教えていました。集まりに誘うときは、教える側として声をかけると出やすいと思います。',
  consent: {
    givenOn: '2026-11-21',
    signer: { name: '辻 由紀子', relation: '長女' },
    explainedBy: '受付 﨑山 まゆみ',
    start: '2026-11-21',
    end: '2027-11-20',
    recipients: ['リンクワーカー', '紹介先の地域の団体'],
    items: ['氏名・住所・電話番号', '問診票の答え', '医師からの申し送り', '支援の計画と結果'],
  },
  answer: { url: 'https://tsunagi.example/r/4M7P-2XQD' },
};

export const request: RequestSheetData = {
  sheetId,
  language: 'ja',
  to: {
    organization: '編み物サロン ひだまり（架空）',
    person: '佐藤 和子',
    tel: '018-000-0401',
    fax: '018-000-0402',
  },
  from: { ...office, address: '秋田県架空市本町一丁目1番1号', postalCode: '010-0002' },
  date: '2026-12-04',
  requestNumber: 'AK-2026-00123-1',
  person: {
    name: patient.name,
    kana: patient.kana,
    age: 82,
    area: '架空市',
    needs: ['孤立・人とのつながり'],
  },
  asked:
    '編み物の集まりに、見学から参加させていただけないでしょうか。初回はリンクワーカーが一緒にうかがいます。編み物は人に教えていたことがあります。',
  when: '毎週火曜日の午後（12月15日から）',
  where: '本町公民館 2階 和室',
  wishes: '椅子に座って、少人数で。送り迎えがあると助かる。',
  linkWorker: { name: '辻 美咲', tel: '018-000-0201', fax: '018-000-0202' },
  answer: {
    url: 'https://tsunagi.example/a/W8TK-3RNB-5HZC',
    shortUrl: 'tsunagi.example/a/W8TK-3RNB-5HZC',
    validUntil: '2026-12-18',
  },
};

/** The same after the group said yes. */
const { answer: _answered, ...asked } = request;
export const welcomed: RequestSheetData = {
  ...asked,
  person: {
    ...request.person,
    postalCode: patient.postalCode,
    address: patient.address,
    phone: patient.phone,
  },
};

export const report: ReportBackData = {
  sheetId,
  language: 'ja',
  title: '返書：支援計画のお知らせ',
  kind: 'plan',
  to: clinic,
  from: office,
  date: '2026-12-18',
  caseNumber: 'AK-2026-00123',
  patient: { name: patient.name, kana: patient.kana, birthDate: patient.birthDate },
  referredOn: '2026-11-21',
  decided:
    'ご自宅を2回訪問し、ご本人とご長女と話し合って、次の計画を立てました。まず通院の足を確保し、そのうえで週に一度の集まりに出ることから始めます。',
  goals: [
    { text: '月に一度の通院を、自分で予約した乗り合い便で続ける', due: '2027-03-31' },
    { text: '週に一度、編み物サロンに出かける', due: '2027-02-28' },
  ],
  resources: [
    {
      name: '編み物サロン ひだまり（架空）',
      purpose: '毎週火曜日の集まり。教える側としての参加',
      state: '見学済み、参加中',
    },
    { name: '本町たすけあい便（架空）', purpose: '通院と買い物の送り迎え', state: '登録の手続き中' },
  ],
  contacts: [
    { on: '2026-11-24', how: '電話', result: '本人と話す。訪問の日を決めた。' },
    { on: '2026-11-27', how: '訪問', result: '生活の様子をうかがい、アセスメントシートを作成した。' },
    { on: '2026-12-04', how: '訪問', result: 'ご長女も同席。計画の案を見ていただき、了解を得た。' },
  ],
  outcomes: [],
  nextSteps: [
    '1月に電話で様子をうかがい、2月に訪問します。',
    '薬が切れそうなときは、当方から先生にご連絡します。',
  ],
  nextReport: '2027-03-31',
  linkWorker: { name: '辻 美咲', tel: '018-000-0201', fax: '018-000-0202' },
};

export const closing: ReportBackData = {
  ...report,
  title: '返書：支援の結果のお知らせ',
  kind: 'closed',
  date: '2027-04-02',
  decided: 'ご本人と相談し、3月末で支援を終えました。',
  goals: [],
  contacts: [],
  outcomes: [
    { about: '移動・通院の足', text: '乗り合い便を自分で予約し、3か月続けて通院できています。' },
    { about: '人とのつながり', text: '編み物サロンに週に一度参加し、月に一度は教える側に回っています。' },
  ],
  nextSteps: ['困ったときは、本人から当方にお電話いただくことにしています。'],
};
const { nextReport: _none, ...closed } = closing;
export const finalReport: ReportBackData = closed;
