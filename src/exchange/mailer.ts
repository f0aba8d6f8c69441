import fs from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import nodemailer from 'nodemailer';
import type { Config } from '../kernel/config.ts';
import { isEmail } from '../kernel/email.ts';

export type Letter = Readonly<{ to: string; subject: string; text: string }>;
export type Mailer = (letter: Letter) => Promise<void>;

/** A subject of one line: names of bodies and groups stand in it, and records may hold line ends of any kind. */
const inOneLine = (subject: string): string => subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** The letter as it may leave. Refuses an address that is not one bare one: a comma would be somebody else's copy. */
function checked(letter: Letter): Letter {
  if (!isEmail(letter.to)) throw new Error('The letter is not to one bare e-mail address.');
  return { ...letter, subject: inOneLine(letter.subject) };
}

/** Sends by SMTP; without `SMTP_URL` (the demo) letters go into `DATA_DIR/mailbox` as `.eml` files that a mail program opens. */
export function makeMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>): Mailer {
  if (config.smtpUrl !== undefined) {
    const transport = nodemailer.createTransport(config.smtpUrl);
    return async (letter) => {
      await transport.sendMail({ from: config.mailFrom, ...checked(letter) });
    };
  }
  const mailbox = path.join(config.dataDir, 'mailbox');
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
  return async (letter) => {
    const { message } = await transport.sendMail({ from: config.mailFrom, ...checked(letter) });
    await fs.mkdir(mailbox, { recursive: true });
    if (Buffer.isBuffer(message)) await fs.writeFile(path.join(mailbox, `${randomUUID()}.eml`), message);
  };
}
