/** Where requests go: the document's first server and its path, without a trailing slash. */
export const baseUrl: string = "https://api.runware.ai/v1";

/** The `taskType` of a lip-sync job. */
export const taskType = "videoInference" as const;

/** The `model` of a lip-sync job; the first where the document lists several. */
export const model = "sync:lipsync@3" as const;

/**
 * What every lip-sync job is sent with. Its `deliveryMethod`, where the document has one, is that whose
 * results are asked for with `getResponse`.
 */
export const taskConstants = {"taskType":"videoInference","model":"sync:lipsync@3","deliveryMethod":"async"} as const;

/** What makes the API tell what a job costs; empty where the document has no parameter for it. */
export const askForCost = {"includeCost":true} as const;

/** The number of results of a job that does not say how many; 1 where the document has no default. */
export const defaultNumberResults: number = 1;

/** The default of `speech.voice`; undefined where the document has none. */
export const defaultVoice: string | undefined = "auto";

/** Where a task holds media: names from its root; `[]` stands for an element of a list. */
export const mediaPaths: readonly (readonly string[])[] = [["inputs","video"],["inputs","audio"],["settings","segments","[]","audio"]];

/** Where a task holds a URL of anything else. */
export const urlPaths: readonly (readonly string[])[] = [["webhookURL"],["uploadEndpoint"]];

/** Every default, by the name that rules use, such as `settings.syncMode`. */
export const defaults: Readonly<Record<string, unknown>> = {
  "speech.voice": "auto",
  "settings.activeSpeakerDetection.autoDetect": false,
  "settings.segments[].audioStartTime": 0,
  "settings.syncMode": "cut_off",
  "settings.tts.provider": "elevenlabs",
  "includeCost": false,
  "numberResults": 1,
  "outputType": "URL",
  "outputFormat": "MP4",
  "outputQuality": 95,
  "deliveryMethod": "async",
  "safety.checkContent": false,
  "safety.mode": "none"
};
