import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** How the server's binaries are started here: PostgreSQL refuses to run as root. */
export type Runner = Readonly<{
  prefix: readonly string[];
  bin: string;
  /** Who must own the data directory, when another account runs the server. */
  owner?: { uid: number; gid: number };
  /** A copy of the binaries to remove at the end. */
  scratch?: string;
}>;

const answers = (prefix: readonly string[], bin: string): boolean => {
  const [command, ...rest] = [...prefix, path.join(bin, 'postgres'), '--version'];
  return spawnSync(command, rest).status === 0;
};

/**
 * As an ordinary user: directly. As root, the first way that works: a user namespace (needs nothing, refused in a chroot
 * and by Docker's default profile); the account `postgres` or `nobody`; that account with a copy of the binaries and the
 * right to pass private directories, for a project that lies under /root.
 */
export function runnerFor(native: string, data: string): Runner {
  const bin = path.join(native, 'bin');
  if (process.platform === 'win32' || process.getuid?.() !== 0) return { prefix: [], bin };

  const namespace = ['unshare', '--user'];
  if (answers(namespace, bin)) return { prefix: namespace, bin };

  const owner = unprivilegedAccount();
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  fs.chownSync(data, owner.uid, owner.gid);
  const account = [
    'setpriv',
    `--reuid=${String(owner.uid)}`,
    `--regid=${String(owner.gid)}`,
    '--clear-groups',
  ];
  if (answers(account, bin)) return { prefix: account, bin, owner };

  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'postgres-'));
  fs.chmodSync(scratch, 0o755);
  fs.cpSync(native, scratch, { recursive: true });
  const reaching = [...account, '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const copy = path.join(scratch, 'bin');
  if (answers(reaching, copy)) return { prefix: reaching, bin: copy, owner, scratch };
  fs.rmSync(scratch, { recursive: true, force: true });
  throw new Error(
    'PostgreSQL cannot be started as root here: start as an ordinary user, or set DATABASE_URL.',
  );
}

function unprivilegedAccount(): { uid: number; gid: number } {
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  const entry = accounts
    .map((line) => line.split(':'))
    .filter(([name]) => name === 'postgres' || name === 'nobody')
    .toSorted(([a = ''], [b = '']) => b.localeCompare(a))[0];
  return { uid: Number(entry?.[2] ?? 65534), gid: Number(entry?.[3] ?? 65534) };
}
