import { failureForms } from '../jobs/failure-form.js';
import type { Profile } from './profile.js';

/** An open question about the API, and what in this repository rests on its answer. */
export interface Question<Answer extends string | number> {
  /** As a person asks it. */
  readonly question: string;
  /** The answers that an emulator can give. */
  readonly answers: readonly Answer[];
  /** What Runware's documents, its clients or users' captures suggest; the reason stands beside it. */
  readonly documented: Answer;
  /** The answer that is hardest for a client. */
  readonly worstCase: Answer;
  /** What to read again when the API answers otherwise: decisions by number, overlays by file. */
  readonly touches: readonly string[];
}

/** Every open question, in the order in which they are worth asking. */
export const questions: { readonly [Key in keyof Profile]: Question<Profile[Key]> } = {
  dryRun: {
    question: 'Does the answer to a dry run name a price?',
    answers: ['priced', 'unpriced'],
    // runware-skills, runware-run: it "returns the cost". Its shape is not shown.
    documented: 'priced',
    worstCase: 'unpriced',
    touches: ['decision 11', 'openapi/overlays/04-responses.overlay.yaml'],
  },
  unknownTask: {
    question: 'What does getResponse say of a taskUUID that was never submitted?',
    answers: ['empty', 'taskNotFound'],
    // A third party's adapter saw no row and no error; Runware's clients know taskNotFound.
    documented: 'empty',
    worstCase: 'taskNotFound',
    touches: ['decision 4', 'decision 6'],
  },
  authenticationRow: {
    question: 'Is an authentication task answered by a row of its own over HTTP?',
    answers: ['told', 'absent'],
    // docs.runware.ai, how to connect: shown for WebSocket.
    documented: 'told',
    worstCase: 'told',
    touches: ['openapi/overlays/04-responses.overlay.yaml'],
  },
  refusalStatus: {
    question: 'Which HTTP status has the answer to a task that breaks the document?',
    answers: [400, 200],
    // A third party's adapter: 400 with `data: []` and `errors`.
    documented: 400,
    worstCase: 200,
    touches: ['decision 11', 'openapi/overlays/05-statuses.overlay.yaml'],
  },
  mixedStatus: {
    question: 'Which HTTP status has an answer in which some tasks were refused, others served?',
    answers: [200, 400],
    // runware.ai/docs/platform/errors: the others "may still succeed"; no status is named.
    documented: 200,
    worstCase: 400,
    touches: ['decision 9', 'decision 11', 'openapi/overlays/05-statuses.overlay.yaml'],
  },
  nullBoxes: {
    question: 'May boundingBoxes hold null for a frame without a face?',
    answers: ['refused', 'accepted'],
    // The document allows lists of four numbers; sync.so's own API takes null.
    documented: 'refused',
    worstCase: 'refused',
    touches: ['openapi/overlays/03-tasks.overlay.yaml'],
  },
  overlappingSegments: {
    question: 'May segments overlap?',
    answers: ['accepted', 'refused'],
    // No text says so; the document's rules let them.
    documented: 'accepted',
    worstCase: 'refused',
    touches: ['packages/sdk/src/lipsync/rules'],
  },
  dataURIInputs: {
    question: 'May an input be a data URI?',
    answers: ['accepted', 'refused'],
    // It is a URI, as the document asks for.
    documented: 'accepted',
    worstCase: 'refused',
    touches: ['packages/sdk/src/media'],
  },
  formerIdentifier: {
    question: 'Is the former identifier sync:3@0 taken for the model?',
    answers: ['refused', 'accepted'],
    // Runware's pages still name it; the document does not.
    documented: 'refused',
    worstCase: 'refused',
    touches: ['openapi/upstream/sync-3.json'],
  },
  acknowledgementStatus: {
    question: 'Which status has an acknowledgement?',
    answers: ['absent', 'processing'],
    // Runware's clients show taskType and taskUUID alone.
    documented: 'absent',
    worstCase: 'processing',
    touches: ['openapi/overlays/04-responses.overlay.yaml'],
  },
  repeatWhileRunning: {
    question: 'What becomes of a second submit with the UUID of a job that runs?',
    answers: ['refused', 'accepted'],
    // "Must be unique per task"; Runware's Python client reads the conflict as accepted before.
    documented: 'refused',
    // `accepted` would make every client pay twice: nothing it could do would hold.
    worstCase: 'refused',
    touches: ['decision 4'],
  },
  pollLists: {
    question: 'Are several getResponse tasks in one request answered?',
    answers: ['answered', 'refused'],
    // The envelope takes "one or more objects, each a task"; no official client does it.
    documented: 'answered',
    worstCase: 'refused',
    touches: ['decision 6'],
  },
  repeatAfterCompletion: {
    question: 'What becomes of a second submit with the UUID of a finished job?',
    answers: ['refused', 'accepted'],
    // A third party reports the refusal for a task that is still running.
    documented: 'refused',
    worstCase: 'accepted',
    touches: ['decision 4'],
  },
  archivedResponse: {
    question: 'What does getTaskDetails tell after a refused second submit?',
    answers: ['refusal', 'result'],
    // A third party's adapter: the archive keeps the last response.
    documented: 'refusal',
    worstCase: 'refusal',
    touches: ['decision 4', 'decision 11'],
  },
  submitLists: {
    question: 'Are several jobs in one request accepted?',
    answers: ['accepted', 'refused'],
    // The envelope, as for polls.
    documented: 'accepted',
    worstCase: 'refused',
    touches: ['decision 9'],
  },
  runningResults: {
    question: 'Have results that are not ready a row, when several were asked for?',
    answers: ['listed', 'hidden'],
    // runware-typescript expects them; users' captures show finished rows alone.
    documented: 'listed',
    worstCase: 'hidden',
    touches: ['decision 6', 'decision 11'],
  },
  failureForm: {
    question: 'How does getResponse tell of a job that failed?',
    answers: failureForms,
    // Captured by users.
    documented: 'http400',
    worstCase: 'row',
    touches: ['decision 6', 'decision 11'],
  },
  failedResults: {
    question: 'Is a result that failed paid for?',
    answers: ['free', 'charged'],
    // No text says so.
    documented: 'free',
    worstCase: 'charged',
    touches: ['decision 11', 'decision 17'],
  },
  webhookPayload: {
    question: 'Does a webhook carry the row itself, or data and errors?',
    answers: ['flat', 'enveloped'],
    // runware-skills says flat; applications parse the envelope.
    documented: 'flat',
    worstCase: 'enveloped',
    touches: ['decision 7'],
  },
  failureWebhooks: {
    question: 'Does a webhook tell of a result that failed?',
    answers: ['sent', 'none'],
    // No text says so.
    documented: 'sent',
    worstCase: 'none',
    touches: ['decision 7'],
  },
  uploadedRow: {
    question: 'Do rows of a job with an uploadEndpoint keep their videoURL?',
    // The document has no row without one.
    answers: ['videoURL'],
    documented: 'videoURL',
    worstCase: 'videoURL',
    touches: ['decision 11', 'openapi/overlays/04-responses.overlay.yaml'],
  },
  expiredURLStatus: {
    question: 'Which HTTP status has the URL of a video whose ttl is over?',
    answers: [404, 403, 410],
    // No text says so.
    documented: 404,
    worstCase: 403,
    touches: ['decision 10'],
  },
};
