/** The job of a command. */
export interface JobOfCommand {
  /** Known before the first byte is sent. */
  taskUUID: string | undefined;
  /** Whether the API has acknowledged it. */
  isAccepted: boolean;
  /** Whether a result of it has been saved: the command that fetches the others has to replace it. */
  isPartlySaved: boolean;
  /** The command that waits for its result elsewhere, or later. */
  attachCommand(taskUUID: string): string;
}
