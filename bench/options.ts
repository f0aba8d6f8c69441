import { z } from 'zod';

const Options = z.object({
  /** A database of its own for measuring; filled when it is empty. Without it an embedded one, in a temporary folder. */
  BENCH_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Keeps the embedded database in this folder, so that the next run need not fill it again. */
  BENCH_DIRECTORY: z.string().optional(),
  BENCH_PATIENTS: z.coerce.number().int().min(100).default(20_000),
  BENCH_TASKS: z.coerce.number().int().min(500).default(100_000),
  /** How long each step is measured. */
  BENCH_SECONDS: z.coerce.number().min(0.5).max(60).default(5),
  BENCH_CLIENTS: z.string().default('1,8,32'),
  /** Steps to run, by words of their names, separated by commas. */
  BENCH_ONLY: z.string().default(''),
  /** Puts the machine and the table between the marks `<!-- bench -->` of this file, such as docs/performance.md. */
  BENCH_REPORT: z.string().optional(),
});

export type Options = Readonly<{
  databaseUrl: string | undefined;
  directory: string | undefined;
  patients: number;
  tasks: number;
  seconds: number;
  clients: readonly number[];
  only: readonly string[];
  report: string | undefined;
}>;

export function readOptions(environment: NodeJS.ProcessEnv): Options {
  const e = Options.parse(environment);
  return {
    databaseUrl: e.BENCH_DATABASE_URL,
    directory: e.BENCH_DIRECTORY,
    patients: e.BENCH_PATIENTS,
    tasks: e.BENCH_TASKS,
    seconds: e.BENCH_SECONDS,
    clients: listed(e.BENCH_CLIENTS).map(Number),
    only: listed(e.BENCH_ONLY),
    report: e.BENCH_REPORT,
  };
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
