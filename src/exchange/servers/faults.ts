import { isNode } from '../../fhir/definitions/rule.ts';
import { of, type Sentence } from '../../kernel/sentence.ts';
import { Unwilling } from './model.ts';

/** Why something did not go to another server, in words for whoever looks after it. */
export const faults = {
  unreachable: of('相手のサーバーにつながりません。', 'Their server cannot be reached.'),
  slow: of('相手のサーバーの返事が間に合いませんでした。', 'Their server did not answer in time.'),
  notPublic: of(
    '相手のサーバーのアドレスが、インターネットから届くものではありません。',
    'The address of their server is not public.',
  ),
  tooLarge: of(
    '相手のサーバーの返事が大きすぎて読めません。',
    'The answer of their server is too large to read.',
  ),
  unreadable: of(
    '相手のサーバーの返事が FHIR（JSON）として読めません。',
    'The answer of their server is not FHIR in JSON.',
  ),
  tooDeep: of('記録の入れ子が深すぎて読めません。', 'The record is nested too deeply to read.'),
  noToken: of(
    '相手のサーバーに、トークンを受け取るアドレスが書かれていません（smart-configuration）。',
    'Their server does not say where tokens are given (smart-configuration).',
  ),
  refusedUs: of(
    '相手のサーバーが、こちらのクライアントIDと秘密の文字列を受け付けません。',
    'Their server does not accept our client id and secret.',
  ),
  refusedKey: of(
    '相手のサーバーが、こちらのクライアントIDと署名を受け付けません。こちらの公開鍵が、相手に登録されているか確かめてください。',
    'Their server does not accept our client id and signature. Please check that our public key is registered there.',
  ),
  noClient: of(
    'クライアントIDがまだありません。公開鍵のアドレスを相手に渡し、もらったクライアントIDを入れてください。',
    'There is no client id yet. Give them the address of our public key, and enter the client id that they give you.',
  ),
  sealed: of(
    '保存してある秘密の文字列を開けません。もう一度入力してください。',
    'The secret that is kept here cannot be opened. Please enter it again.',
  ),
  refused: (status: number): Sentence =>
    of(
      `相手のサーバーが受け取りませんでした（${String(status)}）。`,
      `Their server did not take it (${String(status)}).`,
    ),
  failing: (status: number): Sentence =>
    of(
      `相手のサーバーで障害が起きています（${String(status)}）。`,
      `Their server fails (${String(status)}).`,
    ),
  overtaken: of(
    '相手のサーバーで、同時にほかの変更がありました。',
    'Something else was changed on their server at the same moment.',
  ),
  noAnswer: of(
    '相手のサーバーは受け取りましたが、記録の番号（id）を返していません。',
    'Their server took it and does not say what it became.',
  ),
  closed: of(
    'いまの同意と連絡の制限では、この相手にご本人の記録を渡せません。電話などで伝えてください。',
    'Under the present consent and limits of contact, the record of the person is not open to this body. Please speak to it.',
  ),
  notOurs: (from: Sentence, to: Sentence): Sentence =>
    of(
      `相手のサーバーでは「${from.ja}」のままです。「${to.ja}」にできるのは相手だけです。`,
      `It is still “${from.en}” on their server, and only they can make it “${to.en}”.`,
    ),
  ended: (theirs: Sentence, ours: Sentence): Sentence =>
    of(
      `相手のサーバーでは「${theirs.ja}」、こちらでは「${ours.ja}」で終わっています。`,
      `It ended as “${theirs.en}” on their server and as “${ours.en}” here.`,
    ),
  incomplete: of(
    '相手のサーバーの紹介に、ご本人（Patient）か依頼の内容（ServiceRequest）がありません。',
    'The referral on their server lacks its Patient or its ServiceRequest.',
  ),
  lost: of(
    '相手のサーバーに、この紹介の記録がもうありません。',
    'The referral is no longer on their server.',
  ),
  limited: of(
    'ご本人に連絡の制限がつきました。相手のサーバーでは、ご本人の電話番号と住所を消し、制限があることだけを知らせます。すぐに電話で伝え、ご家族の連絡先や控えも使わないよう頼んでください。',
    'The person must no longer be contacted freely. On their server, telephone and address are removed and it is said that there is a limit, no more. Please speak to the body at once, also about numbers of relatives and copies.',
  ),
  hidden: of(
    '相手のサーバーで、ご本人が見られなくなりました。連絡の制限がついたものとして扱い、ここにあった電話番号と住所を消しました。すぐに電話で確かめてください。',
    'The person is not shown on their server any more. It is taken for a limit of contact: telephone and address were removed here. Please ask them by telephone at once.',
  ),
  withdrawn: of(
    '相手のサーバーで、ご本人も同意書も見られなくなりました。同意が取り消されたものとして扱います。電話などで確かめてください。',
    'Neither the person nor the consent is shown on their server any more. The consent is taken to be withdrawn. Please ask them by telephone.',
  ),
  notTaken: (why: Sentence): Sentence =>
    of(
      `相手のサーバーで変わったことを、ここに写せませんでした。${why.ja}`,
      `What changed on their server could not be taken over here. ${why.en}`,
    ),
  someoneElse: of(
    '相手のサーバーでこの番号にあるのは、別の人の記録のようです（名前も生年月日も違います）。写さずにあります。相手に確かめてください。',
    'What is under this id on their server seems to be somebody else (another name and another date of birth). It was not taken over. Please ask them.',
  ),
  another: of(
    '相手のサーバーでこの番号にあるのは、この紹介の記録ではありません。サーバーの住所が正しいか確かめてください。',
    'What is under this id on their server is not the record of this referral. Please check the address of the server.',
  ),
  ourFault: of('こちらの不具合で送れませんでした。', 'It could not be sent because of a fault of ours.'),
} as const;

const most = 500;
const flat = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, most);

/** What an OperationOutcome says: words first, else code and place. */
function wordsIn(body: unknown): string | undefined {
  const issues: unknown = isNode(body) && body['resourceType'] === 'OperationOutcome' ? body['issue'] : [];
  const said = (Array.isArray(issues) ? issues : []).slice(0, 5).flatMap((issue: unknown) => {
    if (!isNode(issue)) return [];
    const details = isNode(issue['details']) ? issue['details']['text'] : undefined;
    const words = [details, issue['diagnostics'], issue['code']].find((one) => typeof one === 'string');
    const place = Array.isArray(issue['expression']) ? issue['expression'][0] : undefined;
    return typeof words === 'string' ? [typeof place === 'string' ? `${place}: ${words}` : words] : [];
  });
  return said.length === 0 ? undefined : flat(said.join(' / '));
}

/** Answers that say nothing of the content: it may go the next time. */
const passing: readonly number[] = [401, 408, 409, 412, 425, 429];

export function refusedWith(status: number, body: unknown): Unwilling {
  const said = wordsIn(body);
  const fault = status >= 500 ? faults.failing(status) : faults.refused(status);
  return new Unwilling(
    { ...fault, ...(said === undefined ? {} : { said }) },
    { status, final: status < 500 && !passing.includes(status) },
  );
}

/** What became of a connection, in words. */
export function unreached(error: unknown): Unwilling {
  const words = error instanceof Error ? error.message : '';
  if (words === 'The answer is late.') return new Unwilling(faults.slow);
  if (words === 'The address is not public.') return new Unwilling(faults.notPublic, { final: true });
  if (words === 'The answer is too large.') return new Unwilling(faults.tooLarge, { final: true });
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return new Unwilling({ ...faults.unreachable, ...(code === undefined ? {} : { said: code.slice(0, 40) }) });
}
