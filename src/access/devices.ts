import type { Request } from 'express';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Surroundings } from '../kernel/clock.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { hashSecret, newSecret } from './secrets.ts';

export type Devices = ReturnType<typeof makeDevices>;
type Needs = Readonly<{ database: Database; secure: boolean }> & Pick<Surroundings, 'now'>;

const year = 365 * 24 * 3600;

/**
 * Browsers in which somebody has signed in, by a cookie that opens nothing: it only spares its owner the pause that
 * strangers' wrong guesses at their name would bring (`attempts.ts`).
 */
export function makeDevices({ database, secure, now }: Needs) {
  return {
    /** Remembers this browser for an account; returns the header that tells the browser. */
    remember: async (req: Request, account: string): Promise<string> => {
      const secret = cookieOf(req, 'device', secure) ?? newSecret();
      await database.rows(sql`insert into known_device (token_hash, account_id, seen_at)
        values (${hashSecret(secret)}, ${account}::uuid, ${now()})
        on conflict (token_hash, account_id) do update set seen_at = excluded.seen_at`);
      return setCookie('device', secret, { secure, seconds: year });
    },

    /** Whether that person has signed in with this browser. */
    knows: async (req: Request, login: string): Promise<boolean> => {
      const secret = cookieOf(req, 'device', secure);
      if (secret === undefined) return false;
      const found =
        await database.rows(sql`select 1 as known from known_device d join account a on a.id = d.account_id
        where d.token_hash = ${hashSecret(secret)} and a.login = ${login}`);
      return found.length > 0;
    },
  };
}

export const browserOf = (req: Request): string => req.get('user-agent') ?? '';

/** What a browser says it is, in words; the order matters, since most claim to be one another. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const machines: readonly (readonly [signs: readonly RegExp[], name: Sentence])[] = [
  [[/\biPhone\b/], { ja: 'iPhone', en: 'iPhone' }],
  [[/\biPad\b/], { ja: 'iPad', en: 'iPad' }],
  [[/\bAndroid\b/, /\bMobile\b/], { ja: 'Androidのスマートフォン', en: 'Android telephone' }],
  [[/\bAndroid\b/], { ja: 'Androidのタブレット', en: 'Android tablet' }],
  [[/\bWindows\b/], { ja: 'Windowsのパソコン', en: 'Windows computer' }],
  [[/\bMacintosh\b/], { ja: 'Mac', en: 'Mac' }],
  [[/\bCrOS\b/], { ja: 'Chromebook', en: 'Chromebook' }],
  [[/\bLinux\b/], { ja: 'Linuxのパソコン', en: 'Linux computer' }],
];

/** `Windowsのパソコン（Edge）`; a browser that says nothing we know is just a device. */
export function deviceName(userAgent: string): Sentence {
  const browser = browsers.find(([is]) => is.test(userAgent))?.[1];
  const machine = machines.find(([signs]) => signs.every((sign) => sign.test(userAgent)))?.[1] ?? {
    ja: '端末',
    en: 'Device',
  };
  return browser === undefined
    ? machine
    : { ja: `${machine.ja}（${browser}）`, en: `${machine.en} (${browser})` };
}
