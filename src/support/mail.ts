import type { Mail } from '../access/outbox.ts';
import { showDate } from '../web/dates.ts';

/**
 * Tells a group that a request waits. A mail can be read by many, so it says nothing of the person, not even what the
 * request is about: only where to look, who asks, and by when.
 */
export const requestMail = (
  given: Readonly<{ to: string; url: string; office: string; phone: string | undefined; answerBy: string }>,
): Mail => ({
  to: given.to,
  subject: `受け入れのご依頼が届いています（${given.office}）`,
  text: `${given.office}から、受け入れのご依頼があります。

次のページを開いて、内容をご覧のうえ、お返事をお願いします。ログインはいりません。
${given.url}

お返事の期限：${showDate(given.answerBy, 'ja')}
${given.phone === undefined ? '' : `お電話でも承ります：${given.phone}\n`}
このメールには、ご本人のことは書いてありません。お心当たりのないときは、このメールは消してください。

--
A request to your group from ${given.office} is waiting for your answer by ${showDate(given.answerBy, 'en')}. Open the page above; no sign-in is needed.
`,
});
