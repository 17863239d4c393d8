/** What an application relies on: the requests that it makes, and the answers that it is given. */
export interface ApplicationContract {
  /** Of its form. */
  readonly version: 1;
  /** When it was recorded, ISO 8601. */
  readonly recordedAt: string;
  /** Different tasks that it has sent. */
  readonly requests: readonly RecordedRequest[];
  /** Different rows and errors that it was given. */
  readonly answers: readonly RecordedAnswer[];
}

/** A task that an application sends. */
export interface RecordedRequest {
  /** Such as `videoInference`. */
  readonly taskType: string;
  /** The task; texts of its own, such as what is spoken, are written with `x`. */
  readonly task: Readonly<Record<string, unknown>>;
  /** The record in which it was first seen. */
  readonly firstSeen: string;
}

/** What the document says of a property: always there, named, or nothing. */
export type Promised = 'guaranteed' | 'described' | 'undescribed';

/** A kind of row or error that an application is given. */
export interface RecordedAnswer {
  /** Whether it is a row or an error. */
  readonly side: 'data' | 'errors';
  /** What it says of the task, where it does. */
  readonly taskType: string | undefined;
  /** `status` of the row, where it has one. */
  readonly status: string | undefined;
  /** One of them, with every property that any of them had. */
  readonly example: Readonly<Record<string, unknown>>;
  /** What the document promised of each property, by its JSON Pointer. */
  readonly fields: Readonly<Record<string, Promised>>;
  /** The record in which it was first seen. */
  readonly firstSeen: string;
}

/** Something on which an application relies, and which does not hold any more. */
export interface Break {
  /** Whether the application sends it, or is given it. */
  readonly side: 'request' | 'answer';
  /** Of the task, row or error, where it has one. */
  readonly taskType: string | undefined;
  /** JSON Pointer into the task, row or error. */
  readonly pointer: string;
  /** What holds today. */
  readonly today: string;
  /** What would hold with the newer document or profile. */
  readonly newly: string;
  /** The record in which it was first seen. */
  readonly firstSeen: string;
}
