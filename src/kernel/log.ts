import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * JSON lines on standard output. Never hand it a record, a form or a query string: no patient data in logs. Lines leave
 * together, at the latest after a second and when the process ends: one system call a line is a tenth of an API call.
 */
export const makeLog = (level: string): Log =>
  pino(
    { level, base: null, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 1000 }),
  );

export const silentLog = (): Log => pino({ level: 'silent' });
