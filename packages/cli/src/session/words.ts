/** What people read of an event. */
export interface Words {
  /** What the command was run for: a line for stdout. */
  result?: string | undefined;
  /** A line for stderr. */
  note?: string | undefined;
  /** A line for stderr that `--quiet` leaves, too. */
  fault?: string | undefined;
  /** What goes on at the moment. */
  live?: Live;
}

/** What goes on at the moment. */
export interface Live {
  /** Such as `Uploading`. */
  what: string;
  /** How much of it is done, 0 to 1, where that is known. */
  part?: number | undefined;
  /** More about it. */
  detail?: string;
  /** What a log has for the detail, where that changes too often for one. */
  logDetail?: string;
}
