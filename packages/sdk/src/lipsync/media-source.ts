/**
 * A video or a voice: the URL of a file, the UUID of an uploaded one, or the file itself.
 * A string is never read as a local path; use `file()` from `@sync3/sdk/node` for that.
 * A `Blob` is uploaded first, when the request is submitted.
 */
export type MediaSource = string | URL | Blob;
