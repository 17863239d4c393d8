/** What every measured client can do, each with its own package and protocol. */
export interface JobClient {
  /**
   * Submits a job.
   *
   * @param label goes into the request, so that the server knows which job of its plan it is.
   * @returns what `status` takes.
   */
  submit(label: string): Promise<string>;
  /** Looks at a job once. */
  status(id: string): Promise<unknown>;
  /**
   * Runs a job from its submit to its result, with the client's own way to wait and its defaults.
   *
   * @param onAccepted called when the submit was answered, where that can be told apart.
   * @returns text that names the job, so that mixed up results are noticed.
   */
  run(label: string, onAccepted: () => void): Promise<string>;
  /** Uploads a file; absent when the package cannot. */
  upload?(path: string): Promise<unknown>;
  /** Downloads so many bytes into a file; absent when the package has no means for it. */
  download?(bytes: number, path: string): Promise<unknown>;
}

/** Connects a client to a server on this machine. */
export type Connect = (serverUrl: string) => JobClient;

/** In the place of a key; no server looks at it. */
export const apiKey = 'benchmark';
export const videoUrl = (label: string) => `https://example.com/${label}.mp4`;
export const audioUrl = 'https://example.com/line.wav';
