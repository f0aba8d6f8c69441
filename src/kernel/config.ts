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
  TSUNAGI_SECRET_BEFORE: z.string().min(32).optional(),
  TSUNAGI_SECOND_FACTOR: z.enum(['required', 'optional']).optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Tsunagi <no-reply@tsunagi.example>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FORMS_DIR: z.string().default('forms'),
});

export type OutsideSignIn = Readonly<{ issuer: string; clientId: string; clientSecret: string }>;

export type Config = Readonly<{
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  databasePool: number;
  /** Without a trailing slash. */
  publicUrl: string;
  mode: 'demo' | 'production';
  /** Signs access tokens and seals second factors; in demo mode one kept beside the data unless given. */
  secret: string;
  /** The secret before this one: what it sealed and signed is still taken, nothing new is. */
  secretBefore: string | undefined;
  secondFactor: 'required' | 'optional';
  /** The sign-in service of a municipality or employer, when there is one. */
  oidc: OutsideSignIn | undefined;
  /** Whoever shows it may read `/metrics`; without one only a reader on this machine may. */
  metricsToken: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  logLevel: string;
  formsDir: string;
}>;

/**
 * Reads the environment once; throws one sentence a person can act on. `keptSecret` gives the demo's secret, by its data
 * directory, when none is set.
 */
export function readConfig(environment: NodeJS.ProcessEnv, keptSecret: (dataDir: string) => string): Config {
  const read = Environment.safeParse(environment);
  if (!read.success) {
    const first = read.error.issues[0];
    throw new Error(`Setting ${first?.path.join('.') ?? '?'} cannot be used: ${first?.message ?? 'unknown'}`);
  }
  const e = read.data;
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = e;
  const given = [issuer, clientId, clientSecret].filter((one) => one !== undefined).length;
  if (given !== 0 && given !== 3)
    throw new Error('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together.');
  if (e.TSUNAGI_MODE === 'production') {
    for (const name of ['DATABASE_URL', 'TSUNAGI_SECRET', 'PUBLIC_URL', 'SMTP_URL'] as const)
      if (e[name] === undefined) throw new Error(`TSUNAGI_MODE=production needs ${name}; it is not set.`);
    if (issuer?.startsWith('http:') === true)
      throw new Error('TSUNAGI_MODE=production needs an OIDC_ISSUER that begins with https.');
  }
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    databasePool: e.DATABASE_POOL,
    publicUrl: (e.PUBLIC_URL ?? `http://localhost:${String(e.PORT)}`).replace(/\/+$/, ''),
    mode: e.TSUNAGI_MODE,
    secret: e.TSUNAGI_SECRET ?? keptSecret(e.DATA_DIR),
    secretBefore: e.TSUNAGI_SECRET_BEFORE,
    secondFactor: e.TSUNAGI_SECOND_FACTOR ?? (e.TSUNAGI_MODE === 'production' ? 'required' : 'optional'),
    oidc:
      issuer === undefined || clientId === undefined || clientSecret === undefined
        ? undefined
        : { issuer, clientId, clientSecret },
    metricsToken: e.METRICS_TOKEN,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    logLevel: e.LOG_LEVEL,
    formsDir: e.FORMS_DIR,
  };
}
