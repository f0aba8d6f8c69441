import fs from 'node:fs';
import os from 'node:os';

/** What Linux says of processes; on other systems the columns that need it stay empty. */
const perSecond = 100;

/** CPU milliseconds these processes have used so far. */
export function cpuOf(pids: readonly number[]): number | undefined {
  let ticks = 0;
  for (const pid of pids) {
    const fields = readText(`/proc/${String(pid)}/stat`)
      ?.split(') ')[1]
      ?.split(' ');
    if (!fields) continue;
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return fs.existsSync('/proc/self/stat') ? (ticks * 1000) / perSecond : undefined;
}

/** CPU milliseconds of one process so far, to the microsecond; for work of less than a tick. */
export function fineCpuOf(pid: number | undefined): number {
  const text = readText(`/proc/${String(pid)}/schedstat`);
  return text === undefined ? Number.NaN : Number(text.split(' ')[0]) / 1e6;
}

/** Memory of a process that is its own, in MiB: what is shared is divided among those who share it. */
export function memoryOf(pid: number): number | undefined {
  const kib = /^Pss:\s+(\d+) kB/m.exec(readText(`/proc/${String(pid)}/smaps_rollup`) ?? '')?.[1];
  return kib === undefined ? undefined : Number(kib) / 1024;
}

export const machine = (): string =>
  `${os.cpus()[0]?.model.trim() ?? '?'}, ${String(os.cpus().length)} cores, ${String(Math.round(os.totalmem() / 2 ** 30))} GiB; ${os.type()}; Node ${process.versions.node}`;

export const load = (): string =>
  os
    .loadavg()
    .map((n) => n.toFixed(1))
    .join(' ');

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
