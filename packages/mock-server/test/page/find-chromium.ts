import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The executable of Chromium.
 *
 * @throws {Error} there is none; says how to install it.
 */
export function findChromium(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const candidates = PATH.split(delimiter).flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
  const found = (CHROMIUM_PATH ? [CHROMIUM_PATH] : candidates).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found) return found;
  throw new Error(
    'There is no Chromium. Install it (on Debian: apt-get install -y chromium), or name its executable in CHROMIUM_PATH.',
  );
}
