/** A part of a document, as loosely typed as JSON is. */
// biome-ignore lint/suspicious/noExplicitAny: a mutation reaches for any place in the document.
export type Part = any;

/** The job's task, as upstream writes it: one anonymous schema. */
export const job = (upstream: Part): Part => upstream.components.schemas.RequestBody.items;
export const properties = (upstream: Part): Part => job(upstream).properties;
export const settings = (upstream: Part): Part => properties(upstream).settings.properties;
export const segment = (upstream: Part): Part => settings(upstream).segments.items;
export const speaker = (upstream: Part): Part => settings(upstream).activeSpeakerDetection;
/** The rules about several fields: boxes or coordinates, tts needs speech, one audio source. */
export const rules = (upstream: Part): Part[] => job(upstream).allOf;
export const authentication = (upstream: Part): Part =>
  upstream.components.schemas.AuthenticationTask;
export const response = (upstream: Part): Part => upstream.components.schemas.ResponseBody;
export const errorResponse = (upstream: Part): Part => upstream.components.schemas.ErrorResponse;
/** One element of `errors`. */
export const error = (upstream: Part): Part => errorResponse(upstream).properties.errors.items;
export const operation = (upstream: Part): Part => upstream.paths['/'].post;

/** A rule with `if` and `then`. */
export const condition = (when: Part, then: Part): Part =>
  Object.fromEntries([
    ['if', when],
    ['then', then],
  ]);
