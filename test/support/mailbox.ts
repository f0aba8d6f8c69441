import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Arrived = Readonly<{ to: readonly string[]; subject: string; text: string }>;

export type Mailbox = Readonly<{
  smtpUrl: string;
  letters: readonly Arrived[];
  /** The first letter, arrived or to arrive, that `is` takes; fails after ten seconds. */
  wait: (is: (letter: Arrived) => boolean) => Promise<Arrived>;
  stop: () => Promise<void>;
}>;

/** A mail server on this machine that keeps what it is given. */
export async function startMailbox(): Promise<Mailbox> {
  const letters: Arrived[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((one) => one.address);
        letters.push({ to, ...readLetter(Buffer.concat(pieces).toString('latin1')) });
        done();
      });
    },
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${String(port)}`,
    letters,
    wait: async (is) => {
      for (let tries = 0; tries < 100; tries += 1) {
        const found = letters.find(is);
        if (found) return found;
        await new Promise((later) => setTimeout(later, 100));
      }
      throw new Error(`No such letter among ${String(letters.length)}`);
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
      }),
  };
}

/** Subject and text of a plain letter, as a mail program shows them. */
function readLetter(raw: string): Pick<Arrived, 'subject' | 'text'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const header = (name: string): string =>
    lines.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  const body = rest.join('\r\n\r\n');
  const coding = header('content-transfer-encoding').toLowerCase();
  const bytes =
    coding === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(coding === 'quoted-printable' ? unquoted(body) : body, 'latin1');
  return { subject: unworded(header('subject')), text: bytes.toString('utf8').replaceAll('\r\n', '\n') };
}

const unquoted = (text: string): string =>
  text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** RFC 2047: `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; pieces next to each other are one word. */
const unworded = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : Buffer.from(unquoted(word.replaceAll('_', ' ')), 'latin1').toString('utf8'),
    );
