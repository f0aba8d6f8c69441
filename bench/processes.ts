import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';

export type Server = Readonly<{ port: number; pid: number; stop: () => Promise<void> }>;

/** Starts a TypeScript program that listens on `PORT`, and resolves when `/health` answers. */
export async function startServer(program: string, environment: NodeJS.ProcessEnv): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, [...profiling(), ...asStarted(), program], {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error(`${program} did not start.`);
    const answered = await fetch(`http://127.0.0.1:${String(port)}/health`)
      .then((r) => r.ok)
      .catch(() => false);
    if (answered) break;
    await new Promise((later) => setTimeout(later, 100));
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(late);
  };
  killWithParent(child);
  return { port, pid: child.pid ?? 0, stop };
}

/** What `npm start` gives Node before the program's name, so that what is measured is what is run. */
function asStarted(): string[] {
  const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1, -1);
}

/** `BENCH_PROFILE=folder` writes a CPU profile of every server there when it stops. */
const profiling = (): string[] => {
  const folder = process.env['BENCH_PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
};

function killWithParent(child: ChildProcess): void {
  process.once('exit', () => child.kill('SIGKILL'));
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
