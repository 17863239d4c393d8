/** What the file system says, in words. Node's own messages name temporary files. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'nothing may be written there',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'a file may not be as large',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'there is no such folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'nothing may be written there',
  EROFS: 'the file system is read-only',
};

/** The system's code in an error or its causes, such as `ENOSPC`. */
export function systemCodeOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall !== undefined || (code !== undefined && code in reasons)) return code;
  }
  return undefined;
}

/** Why a file could not be written. */
export function writeFailure(path: string, error: unknown): string {
  const code = systemCodeOf(error);
  return `Cannot write "${path}": ${reasons[`${code}`] ?? `the system says ${code}`}.`;
}
