import net from 'node:net';

export type Reply = Readonly<{ status: number; body: string; header: (name: string) => string | undefined }>;
export type Ask = Readonly<{
  method: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}>;

/**
 * One connection that is kept open, one request at a time. It shares the machine with what it measures, so it does no
 * more than it must: no redirects, no cookies, no chunked bodies (an answer without a length is an error).
 */
export async function connectTo(port: number) {
  const socket = net.connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let parts: Buffer[] = [];
  let settle: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  const finish = (take: (waiting: NonNullable<typeof settle>) => void): void => {
    const waiting = settle;
    settle = undefined;
    parts = [];
    if (waiting) take(waiting);
  };
  socket.on('data', (chunk: Buffer) => {
    parts.push(chunk);
    try {
      const reply = readReply(parts.length === 1 ? chunk : Buffer.concat(parts));
      if (reply) finish(({ resolve }) => resolve(reply));
    } catch (error) {
      finish(({ reject }) => reject(error as Error));
    }
  });
  const broken = (error?: Error): void => finish(({ reject }) => reject(error ?? new Error('closed')));
  socket.on('error', broken);
  socket.on('close', () => broken());

  return {
    ask: ({ method, path, headers = {}, body }: Ask): Promise<Reply> =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        const length = body === undefined ? '' : `Content-Length: ${String(Buffer.byteLength(body))}\r\n`;
        socket.write(
          `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\n${lines.join('')}${length}\r\n${body ?? ''}`,
        );
      }),
    close: () => socket.destroy(),
  };
}

export type Connection = Awaited<ReturnType<typeof connectTo>>;

function readReply(received: Buffer): Reply | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end);
  const header = (name: string): string | undefined =>
    new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i').exec(head)?.[1];
  const length = Number(header('content-length') ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error(`An answer without a length: ${head.slice(0, 200)}`);
  if (received.length < end + 4 + length) return undefined;
  return {
    status: Number(head.slice(9, 12)),
    body: received.toString('utf8', end + 4, end + 4 + length),
    header,
  };
}
