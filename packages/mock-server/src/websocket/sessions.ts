import { randomUUID } from 'node:crypto';

/** Answers that a session keeps while nobody is connected; the oldest goes first. */
const mostKept = 200;
/** Sessions that are remembered; the oldest is forgotten first. */
const mostSessions = 1_000;

/** What outlives a connection: answers that could not be delivered. */
export interface Session {
  readonly uuid: string;
  readonly apiKey: string;
  /** Frames for the next connection, oldest first. */
  kept: string[];
  /** Sends a frame over the connection of the moment, if there is one. */
  send: ((frame: string) => void) | undefined;
}

/** The sessions of one server, which a client takes up again by `connectionSessionUUID`. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  /** The session of the UUID, if it is the key's own; else a new one. */
  open(apiKey: string, uuid: unknown): Session {
    const known = typeof uuid === 'string' ? this.#sessions.get(uuid.toLowerCase()) : undefined;
    if (known?.apiKey === apiKey) return known;
    const session = { uuid: randomUUID(), apiKey, kept: [], send: undefined };
    this.#sessions.set(session.uuid, session);
    const [oldest = ''] = this.#sessions.keys();
    if (this.#sessions.size > mostSessions) this.#sessions.delete(oldest);
    return session;
  }

  /** Delivers a frame whose own connection is lost: over the one of the moment, or the next. */
  deliver(session: Session, frame: string): void {
    if (session.send) {
      session.send(frame);
      return;
    }
    session.kept.push(frame);
    if (session.kept.length > mostKept) session.kept.shift();
  }
}
