import fs from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import nodemailer from 'nodemailer';
import type { Config } from '../kernel/config.ts';

export type Letter = Readonly<{ to: string; subject: string; text: string }>;
export type Mailer = (letter: Letter) => Promise<void>;

/** Sends by SMTP; without `SMTP_URL` (the demo) letters go into `DATA_DIR/mailbox` as `.eml` files that a mail program opens. */
export function makeMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>): Mailer {
  if (config.smtpUrl !== undefined) {
    const transport = nodemailer.createTransport(config.smtpUrl);
    return async (letter) => {
      await transport.sendMail({ from: config.mailFrom, ...letter });
    };
  }
  const mailbox = path.join(config.dataDir, 'mailbox');
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
  return async (letter) => {
    const { message } = await transport.sendMail({ from: config.mailFrom, ...letter });
    await fs.mkdir(mailbox, { recursive: true });
    if (Buffer.isBuffer(message)) await fs.writeFile(path.join(mailbox, `${randomUUID()}.eml`), message);
  };
}
