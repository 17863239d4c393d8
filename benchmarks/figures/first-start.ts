import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diskUsage } from '../measure/disk-usage.ts';
import type { Figure } from '../measure/figure.ts';
import { spread } from '../measure/statistics.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `npm start` as somebody does who has just cloned the repository. Needs a registry. */
export const firstStart: Figure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-start-'));
  try {
    const [clone, home] = [join(folder, 'sync3'), join(folder, 'home')];
    mkdirSync(home);
    spawnSync('git', ['clone', '--quiet', repository, clone], { stdio: 'inherit' });
    const env = environmentWithout(home);
    const startedAt = performance.now();
    const { status, stdout, stderr } = spawnSync('npm', ['start'], {
      cwd: clone,
      env,
      encoding: 'utf8',
    });
    const seconds = (performance.now() - startedAt) / 1000;
    if (status !== 0) throw new Error(`npm start ended with ${status}:\n${stdout}${stderr}`);
    const phases = [...stderr.matchAll(/^(\S.*?) +([\d.]+) s$/gm)].map(([, title = '', time]) => ({
      title: `${title}, s`,
      cells: [spread([Number(time)])],
    }));
    return {
      title: 'The first npm start',
      method:
        "A clone of the last commit, an empty home, no pnpm, the machine's own Node. MB are 10^6 bytes, of blocks of 4 kB; a file with several links is counted once, for the home.",
      subject: 'Phase',
      columns: [{ title: 'value', digits: 1 }],
      rows: [
        ...phases,
        { title: 'All of it, s', cells: [spread([seconds])] },
        { title: 'Home, MB', cells: [spread([diskUsage(home) / 1e6])] },
        { title: 'Home and clone, MB', cells: [spread([diskUsage(home, clone) / 1e6])] },
      ],
      notes: ['Most of it is the codecs of the mock server, 175 MB.'],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** This environment with another home, and without what a package manager has put into it. */
function environmentWithout(home: string): Record<string, string | undefined> {
  const { PATH = '', ...env } = process.env;
  const own = Object.entries(env).filter(([name]) => !/^(npm_|pnpm_|INIT_CWD$|XDG_)/i.test(name));
  const folders = PATH.split(delimiter).filter((entry) => !entry.includes('node_modules'));
  return { ...Object.fromEntries(own), HOME: home, PATH: folders.join(delimiter) };
}
