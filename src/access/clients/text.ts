import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';

export const text = {
  title: of('連携するシステム', 'Connected systems'),
  lead: of(
    'ほかの会社や機関のシステムが「つなぐ」に入るための登録です。登録のないシステムは、何も見られません。',
    'Software of others that gets in. What is not registered here sees nothing.',
  ),
  add: of('システムを登録する', 'Register a system'),
  back: of('システムの一覧', 'All systems'),
  listed: of('登録したシステム', 'Registered systems'),
  none: of('登録したシステムはありません', 'No system is registered'),
  noneNext: of(
    '「システムを登録する」から、機関を選んで登録します。',
    'Register one for an organization with the button above.',
  ),
  name: of('名前', 'Name'),
  organization: of('機関', 'Organization'),
  role: of('どの役割として', 'As which role'),
  roleHint: of(
    'システムが見られるのは、この機関のこの役割の人が見られるものまでです。あとから変えられません。',
    'It sees what people of this role at this organization see, and no more. It cannot be changed later.',
  ),
  may: of('できること', 'May do'),
  mayKinds: (n: number): Sentence => of(`${String(n)}種類`, `${String(n)} kinds`),
  proof: of('確かめ方', 'Proof'),
  lastUsed: of('最後に使った日時', 'Last used'),
  until: of('いつまで', 'Until'),
  untilHint: of(
    'この日が終わると、入れなくなります。空にすると、期限がなくなります。',
    'After this day it no longer gets in. Empty: no end.',
  ),
  untilPast: of('今日かそれより後の日を入力してください。', 'Enter today or a later day.'),
  noEnd: of('決まっていません', 'No end'),
  state: of('状態', 'State'),
  active: of('使える', 'On'),
  off: of('停止中', 'Switched off'),
  over: of('期限切れ', 'Over'),
  unproved: of('確かめ方なし', 'No proof'),
  never: of('まだありません', 'Never'),
  bySecret: of('秘密の文字列', 'Secret'),
  byKeys: (n: number): Sentence =>
    of(`公開鍵 ${String(n)}個`, n === 1 ? '1 public key' : `${String(n)} public keys`),

  whichTitle: of('システムを登録する：どの機関のものですか', 'Register a system: whose is it'),
  newTitle: (body: string): Sentence => of(`${body}のシステムを登録する`, `Register a system of ${body}`),
  nameHint: of('どのシステムか分かる名前。', 'A name that says which system it is.'),
  nameMissing: of('名前を入力してください。', 'Enter a name.'),
  id: of('識別名（client_id）', 'Identifier (client_id)'),
  idHint: of(
    '半角の小文字と数字、「.」「-」「_」で3文字から40文字。閲覧の記録にこの名前で残ります。あとから変えられません。',
    'Small letters, figures, “.”, “-” and “_”, 3 to 40. The access log knows it by this. It cannot be changed later.',
  ),
  idWrong: of(
    '識別名は、半角の小文字か数字で始まる3文字から40文字にしてください。使える記号は「.」「-」「_」です。',
    'An identifier has 3 to 40 small letters, figures, “.”, “-” or “_” and begins with a letter or figure.',
  ),
  idTaken: of(
    'この識別名は使われています。別の名前にしてください。',
    'This identifier is taken. Choose another.',
  ),
  purpose: of('目的', 'Purpose'),
  purposeHint: of('何のために、何を読み書きするか。', 'What it reads or writes, and what for.'),
  purposeMissing: of('何のために使うかを書いてください。', 'Write what it is for.'),
  contact: of('担当者のメールアドレス', 'E-mail address of whoever looks after it'),
  contactMissing: of('担当者のメールアドレスを入力してください。', 'Enter the e-mail address of a contact.'),
  contactWrong: of(
    'メールアドレスの形が違います。確かめて入力し直してください。',
    'This is not an e-mail address. Check it and enter it again.',
  ),
  roleMissing: of('役割を選んでください。', 'Choose the role.'),

  extent: of('何ができるようにしますか', 'What may it do'),
  extentHint: of(
    '必要なものだけを選んでください。どれを選んでも、役割で見られないものは見られません。SMARTのスコープでは system/Patient.rs のように書きます。',
    'Choose only what it needs. Whatever is chosen, it never sees more than its role. As SMART scopes: system/Patient.rs and so on.',
  ),
  extentMissing: of('できることを選んでください。', 'Choose what it may do.'),
  chosen: of('下で選んだものだけ', 'Only what is ticked below'),
  read: of('役割で見られるものを、すべて読む', 'Read all that the role sees'),
  all: of('役割でできることを、すべて行う', 'Do all that the role does'),
  nothingTicked: of('できることを一つ以上選んでください。', 'Tick at least one thing that it may do.'),
  beyondRole: of('この役割にできないことが選ばれています。', 'This role may not do all that was ticked.'),

  proofAsk: of('何で確かめますか', 'How does it prove itself'),
  proofMissing: of('確かめ方を選んでください。', 'Choose how it proves itself.'),
  proofKeys: of('公開鍵（おすすめ）', 'Public keys (advised)'),
  proofKeysHint: of(
    '秘密の鍵は相手のシステムから出ません（SMART Backend Services、private_key_jwt）。',
    'The private half never leaves the other system (SMART Backend Services, private_key_jwt).',
  ),
  proofSecret: of('秘密の文字列', 'A secret'),
  proofSecretHint: of(
    '登録すると一度だけ表示します。「つなぐ」には、もとに戻せない形で保存します。',
    'It is shown once, after registering. Only a hash of it is kept.',
  ),
  keys: of('公開鍵（JWKS）', 'Public keys (JWKS)'),
  keysHint: of(
    '相手から受け取った JWK Set をそのまま貼ってください。RS384（2048ビット以上）か ES384（P-384）の公開鍵だけを受けつけます。',
    'Paste the JWK Set as it came. Only public keys for RS384 (2048 bits or more) or ES384 (P-384) are taken.',
  ),
  keysMissing: of('公開鍵を貼ってください。', 'Paste the public keys.'),
  keysUnreadable: of(
    '公開鍵として読めません。JWK Set の文字をすべて写せたか確かめてください。',
    'This cannot be read as public keys. Check that the whole JWK Set was copied.',
  ),
  keysLong: of('公開鍵が長すぎます。', 'This is too long for public keys.'),
  keysMany: (n: number): Sentence => of(`公開鍵は${String(n)}個までです。`, `At most ${String(n)} keys.`),
  keyPrivate: of(
    '秘密の鍵が貼られたので、受けつけず、消しました。この鍵はもう使わず、相手に新しい鍵の組を作って公開鍵だけを送るよう頼んでください。',
    'A private key was pasted; it was refused and discarded. Treat it as leaked: have a new pair made, and only its public half sent.',
  ),
  keyWeak: (bits: number): Sentence =>
    of(
      `弱い鍵です。RSAは${String(bits)}ビット以上、指数は65537にしてください。`,
      `The key is too weak: RSA needs ${String(bits)} bits or more and the exponent 65537.`,
    ),
  keyKind: of(
    'この種類の鍵は使えません。RS384のRSAか、ES384のP-384にしてください。',
    'This kind of key is not taken: RSA for RS384, or P-384 for ES384.',
  ),
  keyUse: of('署名を確かめるための鍵ではありません。', 'This key is not for checking signatures.'),
  keyId: of(
    '鍵の名前（kid）に使えない文字があります。',
    'The name of a key (kid) has characters that are not taken.',
  ),
  keyTwice: of('同じ鍵か、同じ名前（kid）の鍵があります。', 'The same key, or the same kid, is there twice.'),
  register: of('登録する', 'Register'),

  doneTitle: of('システムを登録しました', 'The system was registered'),
  secretTitle: of('新しい秘密の文字列を作りました', 'A new secret was made'),
  secretLead: of(
    'この文字列は、ここで一度だけ表示します。担当者に安全な方法で渡してください。メールには書かないでください。',
    'It is shown here once. Hand it over in a safe way, not by e-mail.',
  ),
  secret: of('秘密の文字列（client_secret）', 'Secret (client_secret)'),
  secretGone: of('秘密の文字列は、もう表示できません', 'The secret cannot be shown again'),
  secretGoneNext: of(
    '控えていないときは、システムの画面で新しいものを作ってください。',
    'If nobody has it, make a new one on the page of the system.',
  ),
  toProgram: of('このシステムを見る', 'See this system'),

  facts: of('登録の内容', 'Entry'),
  since: of('登録した日', 'Since'),
  edit: of('登録の内容を変える', 'Change the entry'),
  editTitle: (name: string): Sentence => of(`${name}の登録を変える`, `Change the entry of ${name}`),
  editLead: of(
    'できることを減らすと、今使われているトークン、通知の登録、書き出しにも、すぐに効きます。',
    'What is taken away here is taken at once, from running tokens, subscriptions and exports too.',
  ),
  save: of('変更を保存する', 'Save the changes'),
  overtaken: of(
    'ほかの管理者が先に変えました。今の内容を下の一覧で確かめて、もう一度保存してください。',
    'Another administrator was faster. Check the entry and save once more.',
  ),

  connect: of('つなぎ方', 'How to connect'),
  connectLead: of(
    '担当者に、このまま渡せます。トークンは15分使えます。',
    'This can be handed to whoever looks after the system. A token is good for 15 minutes.',
  ),
  connectToken: of('トークンを受け取る', 'Get a token'),
  connectRead: of('つながったことを確かめる', 'See that it works'),
  placeholderSecret: of('ここに秘密の文字列', 'the-secret'),
  placeholderAssertion: of('署名したJWT', 'signed-JWT'),

  secretPart: of('秘密の文字列', 'Secret'),
  secretNone: of('秘密の文字列はありません。', 'There is no secret.'),
  secretMade: (at: string): Sentence => of(`${at}に作りました。`, `Made on ${at}.`),
  secretBefore: (at: string): Sentence =>
    of(`前の文字列も${at}まで使えます。`, `The one before is good until ${at} as well.`),
  overlap: of('今の文字列は、いつまで使えますか', 'How long is the present one still good'),
  overlapNow: of(
    'すぐに終わらせる（知られてしまったとき）',
    'End it at once (when somebody else may have it)',
  ),
  overlapNowHint: of('今使われているトークンも、すぐに終わります。', 'Running tokens end at once as well.'),
  overlapDays: (n: number): Sentence =>
    of(
      `${String(n)}日のあいだ、両方使える`,
      n === 1 ? 'Both are good for a day' : `Both are good for ${String(n)} days`,
    ),
  renew: of('新しい文字列を作る', 'Make a new secret'),
  dropSecret: of('秘密の文字列をなくす', 'Remove the secret'),
  dropSecretLead: of(
    '公開鍵だけで確かめるようにします。今使われているトークンは終わります。',
    'Public keys alone are left as proof. Running tokens end.',
  ),

  keysPart: of('公開鍵', 'Public keys'),
  keysNone: of('公開鍵はありません。', 'There are no public keys.'),
  kid: of('鍵の名前（kid）', 'Name (kid)'),
  algorithm: of('署名の方式', 'Algorithm'),
  print: of('指紋（SHA-256）', 'Thumbprint (SHA-256)'),
  action: of('操作', 'Action'),
  removeKey: of('外す', 'Remove'),
  removeKeyOf: (kid: string): Sentence => of(`${kid}を外す`, `Remove ${kid}`),
  addKeys: of('公開鍵を加える', 'Add public keys'),

  manage: of('停止・再開', 'Switch off or on'),
  disable: of('停止する', 'Switch off'),
  disableLead: of(
    'すぐに入れなくなります。使用中のトークンと書き出しは終わり、通知は止まります。',
    'It gets in no more. Its tokens and exports end at once, and it is told of nothing.',
  ),
  enable: of('また使えるようにする', 'Switch on again'),
  enableLead: of(
    '同じ確かめ方で、また入れます。通知は、システムが登録し直すまで止まったままです。',
    'It gets in again with the same proof. It is told of changes once it asks for that anew.',
  ),

  lately: of('この30日にしたこと', 'What it did in the last 30 days'),
  latelyLead: of(
    '新しいものから出しています。だれの記録かは、管理者には見えません。',
    'The newest first. Whose records they were, administrators do not see.',
  ),
  latelyNone: of('この30日は、何もしていません。', 'Nothing in the last 30 days.'),
  at: of('日時', 'When'),
  what: of('内容', 'What'),
  number: of('記録・人', 'Records, persons'),
  numberOf: (records: number, persons: number): Sentence =>
    of(`${String(records)}件・${String(persons)}人`, `${String(records)}, ${String(persons)}`),
  from: of('どこから', 'From'),
  onlyNewest: (n: number): Sentence =>
    of(`新しい${String(n)}件だけを出しています。`, `Only the newest ${String(n)} are shown.`),
  changes: of('登録の変更', 'Changes of the entry'),
  by: of('だれが', 'By'),
  changesNone: of('変更はありません。', 'Nothing was changed.'),

  saidEdited: of('変更を保存しました。', 'The changes were saved.'),
  saidDisabled: of('停止しました。', 'The system was switched off.'),
  saidEnabled: of('また使えるようにしました。', 'The system was switched on again.'),
  saidKeysAdded: of('公開鍵を加えました。', 'The keys were added.'),
  saidKeyRemoved: of('公開鍵を外しました。', 'The key was removed.'),
  saidSecretRemoved: of('秘密の文字列をなくしました。', 'The secret was removed.'),
} as const satisfies Texts;
