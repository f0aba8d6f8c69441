import { pino, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on standard output. Never hand it a record, a form or a query string: no patient data in logs. */
export const makeLog = (level: string): Log =>
  pino({ level, base: null, redact: ['req.headers.cookie', 'req.headers.authorization'] });

export const silentLog = (): Log => pino({ level: 'silent' });
