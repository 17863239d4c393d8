import { copyFile } from 'node:fs/promises';
import { linkFile } from '../link-file.js';
import type { RenderedFile, RenderJob } from './render-job.js';
import type { Renderer } from './renderer.js';

/** Renders that are remembered, the latest. */
const mostRemembered = 64;
/** Jobs that share a file. Each of them may give it 21 names, and NTFS allows 1,024. */
const mostSharing = 40;

interface Shared {
  file: Promise<RenderedFile>;
  /** How many jobs have it. */
  sharing: number;
}

/**
 * A renderer that renders the same only once: a job whose inputs and settings are those of an
 * earlier one gets a name of its own for the same bytes. A path must never get other contents.
 *
 * A render that failed, or whose file is gone, is done again. A job with a signal shares nothing, or
 * one job's abort would be the end of another's.
 */
export function shareRenders(renderer: Renderer): Renderer {
  const renders = new Map<string, Shared>();

  /** Makes a file to share: a copy of the one that has enough names, if it is still there. */
  const make = async (job: RenderJob, full: Shared | undefined): Promise<RenderedFile> => {
    const file = await full?.file;
    const isCopied = file && (await isThere(copyFile(file.path, job.outputPath)));
    return isCopied ? { ...file, path: job.outputPath } : renderer.render(job);
  };

  const render = async (job: RenderJob): Promise<RenderedFile> => {
    if (job.signal) return renderer.render(job);
    const { outputPath, contents = {}, ...same } = job;
    const key = JSON.stringify(same, (name, value) =>
      name === 'path' || name === 'videoPath' ? (contents[value] ?? value) : value,
    );
    const earlier = renders.get(key);
    if (earlier && earlier.sharing < mostSharing) {
      earlier.sharing += 1;
      const file = await earlier.file;
      if (await isThere(linkFile(file.path, outputPath))) return { ...file, path: outputPath };
      // Whoever notices first has it rendered for all.
      if (renders.get(key) === earlier) renders.delete(key);
      return render(job);
    }
    const shared = { file: make(job, earlier), sharing: 1 };
    renders.set(key, shared);
    const [oldest = key] = renders.keys();
    if (renders.size > mostRemembered) renders.delete(oldest);
    try {
      return await shared.file;
    } catch (error) {
      if (renders.get(key) === shared) renders.delete(key);
      throw error;
    }
  };

  return { render, close: () => renderer.close() };
}

/** Whether something could be done with a file; `false` when it is gone. */
async function isThere(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
