// Loaded before a program: as long as the file that SYNC3_DISK_FULL names is there, the disk is full
// for everything that is written through a file handle, as results are.
import { access, open } from 'node:fs/promises';

const flag = `${process.env['SYNC3_DISK_FULL']}`;
const handle = await open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const { writeFile } = prototype;
prototype.writeFile = async function (...parameters: unknown[]) {
  const isFull = await access(flag).then(
    () => true,
    () => false,
  );
  if (!isFull) return writeFile.apply(this, parameters);
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
