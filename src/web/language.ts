import { Router, type Request } from 'express';
import { isLanguage, type Language } from '../kernel/sentence.ts';
import { localPath, seeOther, send } from './replies.ts';

const cookie = 'language';

/** The reader's language: what they chose, else what their browser asks for, else Japanese. */
export function languageOf(req: Pick<Request, 'headers' | 'acceptsLanguages'>): Language {
  const chosen = /(?:^|;\s*)language=(ja|en)(?:;|$)/.exec(req.headers.cookie ?? '')?.[1];
  if (isLanguage(chosen)) return chosen;
  const asked = req.headers['accept-language'] === undefined ? 'ja' : req.acceptsLanguages('ja', 'en');
  return isLanguage(asked) ? asked : 'ja';
}

/** `/language/:language?to=/path` keeps the choice for a year and goes back. Only a preference, so a link may set it. */
export function languageRoutes(): Router {
  return Router().all('/language/:language', (req, res, next) => {
    const { language } = req.params;
    if (!isLanguage(language)) {
      next();
      return;
    }
    const secure = req.secure ? '; Secure' : '';
    const kept = `${cookie}=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${secure}`;
    send(res, seeOther(localPath(req.query['to']) ?? '/', { 'Set-Cookie': kept }));
  });
}
