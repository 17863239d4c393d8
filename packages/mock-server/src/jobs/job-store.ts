import { randomUUID } from 'node:crypto';
import type { VideoInferenceTask } from '@sync3/generated';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { MediaError } from '../media/media-error.js';
import type { Voice } from '../media/render-job.js';
import { createRenderer, type Renderer } from '../media/renderer.js';
import { Refusal } from '../refusal.js';
import type { MediaStore } from '../storage/media-store.js';
import { Job, type Rendering } from './job.js';

const mediaTypes = { MP4: 'video/mp4', WEBM: 'video/webm', MOV: 'video/quicktime' };

/** The jobs of one server. Durations and seeds depend only on its seed and the order of jobs. */
export class JobStore {
  readonly #jobs = new Map<string, Job>();
  readonly #media: MediaStore;
  readonly #renderer: Renderer = createRenderer();
  readonly #durationMs: readonly [shortest: number, longest: number];
  readonly #random: ReturnType<typeof xoroshiro128plus>;

  constructor(media: MediaStore, durationMs: [shortest: number, longest: number], seed: number) {
    this.#media = media;
    this.#durationMs = durationMs;
    this.#random = xoroshiro128plus(seed);
    // The first draws hardly differ between seeds.
    for (let draw = 0; draw < 20; draw++) uniformInt(this.#random, 0, 1);
  }

  get all(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  find(taskUUID: string): Job | undefined {
    return this.#jobs.get(taskUUID.toLowerCase());
  }

  /**
   * Accepts a job and begins with it.
   *
   * @param outcome what comes of it, when that is decided beforehand.
   * @throws {Refusal} its UUID is in use.
   */
  accept(task: VideoInferenceTask, outcome?: Rendering): Job {
    const key = task.taskUUID.toLowerCase();
    const existing = this.#jobs.get(key);
    if (existing) {
      existing.note('conflict');
      const message = `A task with the UUID ${task.taskUUID} exists already.`;
      throw new Refusal(400, 'conflictTaskUUID', message, 'taskUUID');
    }
    const now = Date.now();
    const [shortest, longest] = this.#durationMs;
    const results = Array.from({ length: task.numberResults ?? 1 }, () => ({
      videoUUID: randomUUID(),
      seed: uniformInt(this.#random, 0, 2 ** 31 - 1),
      readyAt: now + uniformInt(this.#random, shortest, longest),
    }));
    const job = new Job(task, results);
    job.charges += 1;
    job.note('accepted');
    this.#jobs.set(key, job);
    if (outcome) job.rendering = outcome;
    else void this.#render(job);
    return job;
  }

  async close(): Promise<void> {
    await this.#renderer.close();
  }

  async #render(job: Job): Promise<void> {
    try {
      job.rendering = await this.#renderFile(job.task);
      job.note('rendered');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code =
        error instanceof Refusal
          ? error.code
          : error instanceof MediaError
            ? 'processingFailed'
            : 'inferenceError';
      job.rendering = { code, message };
      job.note('failed');
    }
  }

  async #renderFile(task: VideoInferenceTask): Promise<Rendering> {
    const { inputs, settings = {}, outputFormat = 'MP4', outputQuality = 95 } = task;
    const videoPath = await this.#media.locate(inputs.video);
    const voice = await this.#voiceOf(task);
    const file = this.#media.reserve(mediaTypes[outputFormat]);
    const { durationSeconds } = await this.#renderer.render({
      videoPath,
      voice,
      syncMode: settings.syncMode ?? 'cut_off',
      outputFormat,
      outputQuality,
      outputPath: file.path,
    });
    return { file, durationSeconds };
  }

  async #voiceOf({ inputs, speech, settings }: VideoInferenceTask): Promise<Voice> {
    if (inputs.audio) return { kind: 'audio', path: await this.#media.locate(inputs.audio) };
    if (speech) return { kind: 'speech', ...speech };
    const segments = [];
    for (const { audio, ...times } of settings?.segments ?? []) {
      segments.push({ ...times, path: await this.#media.locate(audio) });
    }
    return { kind: 'segments', segments };
  }
}
