/** What is to become of one file of the work tree. */
export interface FileChange {
  /** Absolute, or relative to the root. */
  path: string;
  /** The new text; `null` deletes the file. */
  content: string | null;
  /** The text the file had when `content` was computed; `null` when there was no file. */
  expected: string | null;
}

/** Where files are replaced. */
export interface ReplacementPlace {
  /** The folder that all changes must lie in. */
  root: string;
  /**
   * For the lock, the journal and the new contents while they are being written: ignored by git, on
   * the same file system as the root.
   */
  staging: string;
}
