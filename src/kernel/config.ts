import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TSUNAGI_MODE: z.enum(['demo', 'production']).default('demo'),
  TSUNAGI_SECRET: z.string().min(32).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Tsunagi <no-reply@tsunagi.example>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FORMS_DIR: z.string().default('forms'),
});

export type Config = Readonly<{
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  databasePool: number;
  /** Without a trailing slash. */
  publicUrl: string;
  mode: 'demo' | 'production';
  /** Signs access tokens and form tokens; in demo mode a fresh one at each start unless given. */
  secret: string;
  smtpUrl: string | undefined;
  mailFrom: string;
  logLevel: string;
  formsDir: string;
}>;

/** Reads the environment once; throws one sentence a person can act on. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const read = Environment.safeParse(environment);
  if (!read.success) {
    const first = read.error.issues[0];
    throw new Error(`Setting ${first?.path.join('.') ?? '?'} cannot be used: ${first?.message ?? 'unknown'}`);
  }
  const e = read.data;
  if (e.TSUNAGI_MODE === 'production') {
    for (const name of ['DATABASE_URL', 'TSUNAGI_SECRET', 'PUBLIC_URL', 'SMTP_URL'] as const)
      if (e[name] === undefined) throw new Error(`TSUNAGI_MODE=production needs ${name}; it is not set.`);
  }
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    databasePool: e.DATABASE_POOL,
    publicUrl: (e.PUBLIC_URL ?? `http://localhost:${String(e.PORT)}`).replace(/\/+$/, ''),
    mode: e.TSUNAGI_MODE,
    secret: e.TSUNAGI_SECRET ?? randomBytes(32).toString('hex'),
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    logLevel: e.LOG_LEVEL,
    formsDir: e.FORMS_DIR,
  };
}
