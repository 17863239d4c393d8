/** A file that the server holds. */
export interface StoredFile {
  uuid: string;
  path: string;
  /** Last part of its URL; its own invention, never a name from a request. */
  name: string;
  mediaType: string;
  /** When it goes, in ms since the epoch. */
  expiresAt: number;
}
