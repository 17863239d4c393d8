// Loaded before a program: as long as the file that SYNC3_DISK_FAULT names is there, everything that is
// written through a file handle, as results are, fails with the code that stands in that file.
import { open, readFile } from 'node:fs/promises';

const flag = `${process.env['SYNC3_DISK_FAULT']}`;
const handle = await open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const { writeFile } = prototype;
prototype.writeFile = async function (...parameters: unknown[]) {
  const code = await readFile(flag, 'utf8').catch(() => undefined);
  if (code === undefined) return writeFile.apply(this, parameters);
  throw Object.assign(new Error(`${code}: it cannot be written, write`), {
    code,
    syscall: 'write',
  });
};
