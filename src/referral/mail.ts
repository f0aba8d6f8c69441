import type { Mail } from '../access/outbox.ts';

/**
 * Tells the office that a group has answered. A mail can be read by many, so it names neither the person nor the group
 * nor what was answered: only where to look, after signing in.
 */
export const answeredMail = (given: Readonly<{ to: string; url: string }>): Mail => ({
  to: given.to,
  subject: '活動団体からお返事がありました',
  text: `活動団体への依頼に、お返事がありました。ログインして、次のページでご覧ください。
${given.url}

このメールには、ご本人のことは書いてありません。お心当たりのないときは、このメールは消してください。

--
A community group has answered a request. Sign in and open the page above to read it.
`,
});
