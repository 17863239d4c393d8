import { Lipsync } from './lipsync/lipsync.js';
import { sync3Model } from './lipsync/sync-3.js';
import { Media } from './media/media.js';
import { type ClientOptions, resolveOptions } from './options.js';
import { createTaskContext } from './tasks/task-context.js';
import { Tasks } from './tasks/tasks.js';

/**
 * A client for sync-3, the lip-sync model on the Runware API. Make one and share it: all waits of a
 * client are answered by the same few requests.
 *
 * @example
 * const sync3 = new Sync3();
 * const { videos } = await sync3.lipsync.run({
 *   inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
 * });
 */
export class Sync3 {
  /** Submit jobs. */
  declare readonly lipsync: Lipsync;
  /** Find jobs again. */
  declare readonly tasks: Tasks;
  /** Store files. */
  declare readonly media: Media;

  /**
   * @throws {Sync3Error} when there is no API key, or the base URL is not one.
   */
  constructor(options: ClientOptions = {}) {
    const settings = resolveOptions(options);
    const context = createTaskContext(settings, sync3Model);
    this.media = new Media(settings);
    this.lipsync = new Lipsync(context);
    this.tasks = new Tasks(context);
  }
}
