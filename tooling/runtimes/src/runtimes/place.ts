/** Where the servers are, as a runtime sees them. `SCENARIO` stands for the name of a scenario. */
export interface Place {
  /** API of a scenario. */
  baseUrl: string;
  /** APIs that are elsewhere, by the name of the scenario. */
  urls: Record<string, string>;
  /** Tells what has arrived at a scenario, as JSON. */
  arrivalsUrl: string;
  /** What the clients use as their key. */
  apiKey: string;
  media: { video: string; audio: string };
}

/** Every server is called by its own address. */
export function directPlace(origin: string, mockUrl: string, apiKey: string): Place {
  return {
    baseUrl: `${origin}/SCENARIO/v1`,
    urls: { mock: mockUrl },
    arrivalsUrl: `${origin}/SCENARIO/arrivals`,
    apiKey,
    media: { video: `${origin}/media/face.mp4`, audio: `${origin}/media/line-short.wav` },
  };
}
