import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The executable of Chromium.
 *
 * @throws {Error} there is none.
 */
export function findChromium(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const found = PATH.split(delimiter).flatMap((folder) =>
    ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)),
  );
  for (const path of CHROMIUM_PATH ? [CHROMIUM_PATH] : found) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // It may be in another folder.
    }
  }
  throw new Error(
    'There is no Chromium. Install it (on Debian: apt-get install -y chromium), or name its executable in CHROMIUM_PATH.',
  );
}
