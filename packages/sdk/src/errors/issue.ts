/** One thing that is wrong, or probably wrong, with a request. */
export interface Issue {
  /**
   * Name of the rule that was broken. A rule that restates one assertion of the schema is named by
   * property and keyword (`settings.segments[].startTime.multipleOf`); the others have a name of
   * their own (`one-audio-source`).
   */
  rule: string;
  /** JSON Pointer of the value; for a property that is missing, of the place where it belongs. */
  path: string;
  /** What is wrong and what to do. Never contains a URL from the request. */
  message: string;
  /** `error`: the request is not sent. `warning`: legal, and probably not what was meant. */
  severity: 'error' | 'warning';
  /** `schema`: the upstream JSON Schema says so. `docs`: only its prose or the documentation does. */
  origin: 'schema' | 'docs';
}
