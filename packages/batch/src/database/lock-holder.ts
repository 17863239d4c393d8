import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that has a directory open, as it is written beside the lock. */
export interface LockHolder {
  /** New each time the lock is taken. */
  token: string;
  pid: number;
  /** Tells the process from a later one with the same number; `''` where the system does not say. */
  startedAt: string;
  /** Tells process numbers of this machine, start and container from those of others. */
  machine: string;
  hostname: string;
  /** When the lock was taken, ISO 8601. */
  since: string;
}

/** This process. */
export function thisProcess(token: string): LockHolder {
  return {
    token,
    pid: process.pid,
    startedAt: startOf(process.pid) ?? '',
    machine: [
      hostname(),
      readOrEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
      readOrEmpty(() => readlinkSync('/proc/self/ns/pid')),
    ].join(' '),
    hostname: hostname(),
    since: new Date().toISOString(),
  };
}

/** @returns whether the holder lives; `undefined` when it is on another machine. */
export function isAlive(holder: LockHolder): boolean | undefined {
  if (holder.machine !== thisProcess('').machine) return undefined;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const startedAt = startOf(holder.pid);
  return startedAt === undefined || startedAt === holder.startedAt;
}

/** When a process was started, in the clock ticks of Linux; `undefined` where nobody says. */
function startOf(pid: number): string | undefined {
  const stat = readOrEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name of the program, in brackets, may hold anything; the 22nd field is the 20th after it.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent has not looked yet.
  if (state === 'Z') return 'ended';
  return rest[18];
}

function readOrEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
