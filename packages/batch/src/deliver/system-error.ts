import { ConnectionError } from '@sync3/sdk';

/** No room, or no quota, is left. */
export const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Nothing can be written: rights, a file system that is read-only or broken, a share that is gone, too
 * few file handles.
 */
export const unwritable: ReadonlySet<string> = new Set([
  ...['EACCES', 'EPERM', 'EROFS', 'EIO', 'ESTALE', 'ENOTCONN', 'ENODEV', 'ENXIO'],
  ...['EMFILE', 'ENFILE'],
]);

/** The error of the file system, which others may have wrapped. */
export function systemErrorIn(error: unknown): { code: string } | undefined {
  // A firewall answers with codes of the same names.
  if (ConnectionError.is(error)) return undefined;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code && syscall) return { code };
  }
  return undefined;
}
