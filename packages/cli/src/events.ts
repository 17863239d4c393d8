import type { Break } from '@sync3/mock-server';
import type { Issue, TaskSnapshot, Video, VideoFailure } from '@sync3/sdk';
import { type BatchEvent, batchEventMeanings } from './batch/batch-events.js';
import type { Comparison } from './conform/compare.js';

/** What each event means and holds. `--json` prints one a line; docs/cli.md prints this table. */
export const eventMeanings = {
  starting: 'the mock server of `--mock` is being started',
  upload: 'bytes of a local file were sent: `sentBytes`, `totalBytes`',
  task: 'the job has its `taskUUID`; it is not submitted yet',
  submitted: 'the API has accepted the job `taskUUID`',
  known: 'the API has the job `taskUUID` from an earlier call; it is not submitted again',
  job: 'what `submit` was run for: `taskUUID`, and `next`, the command that gets its result',
  progress:
    'the API was asked: `taskUUID`, `status` (`processing` or `settled`), `ready`, `failed` and `pending` results, `progress` in percent where the API tells it',
  status: 'as `progress`; what `status` was run for',
  retry: 'a request failed and is tried again: `retry`, `delayMs`, `message`',
  warning:
    '`message` about something legal and probably wrong; in a batch with the `key` of the item, where it is about one',
  download: 'bytes of a result have come: `path`, `receivedBytes`, `totalBytes` where known',
  video:
    'a result: `taskUUID`, `videoUUID`, `url`, `cost` in USD, and where it was saved: `path`, `bytes`',
  failure:
    'a result that failed: `taskUUID`, `code`, `message`, and `responseContent`, what the provider said, where the API tells it',
  result:
    'the job has settled: `taskUUID`, `videos`, `failures` and `missing` results, `cost` in USD',
  estimate: '`cost` in USD of all results together; `null` when the API names no price',
  media: 'a stored file: `mediaUUID`, `mediaURL`',
  issue:
    'a fault in a request: `file`, `line`, `column` (from 1), `path` (JSON Pointer), `rule`, `severity`, `origin`, `message`',
  checked: 'a file of requests was checked: `file`, `requests`, `errors`, `warnings`',
  listening: 'the mock server serves at `url`',
  experiment:
    'an experiment of `conform` is made: its `name`, what it does (`describe`), how many `results` it may have to pay for, and why it is `leftOut`, if it is',
  question:
    'what `conform` has found out about a question: its `name`, the `question`, what the `api` and the `emulator` answer, the `verdict` (`same`, `different` or `open`), the `reason` why it is open, whether a profile of the mock server can answer so (`isPlayable`), what it `touches`',
  conformed:
    'what `conform` has come to: `same`, `different` and `open` questions, USD `spent` at most, paths of the `report` and of the answers (`observed`)',
  contract: 'a contract was recorded: its `path`, how many `requests` and `answers` it holds',
  break:
    'something that an application relies on and that would not hold: its `side` (`request` or `answer`), `taskType`, `pointer` (JSON Pointer), what holds `today` and `newly`, and the record in which it was `firstSeen`',
  'contract-checked':
    'a contract was checked: the `file`, its `requests` and `answers`, and how many `breaks` there are',
  detached:
    'Ctrl-C, with a job that goes on: `taskUUID`, `isAccepted`, `next`, the command that gets its result',
  ...batchEventMeanings,
  error:
    'why the command failed: `message`, `next`, `exitCode`, and where there are any `taskUUID`, `code`, `failures`, `issues`',
} as const satisfies Record<Event['event'], string>;

/** Something that a command has to tell. */
export type Event =
  | BatchEvent
  | { event: 'starting' }
  | { event: 'upload'; sentBytes: number; totalBytes: number }
  | { event: 'task' | 'submitted' | 'known'; taskUUID: string }
  | { event: 'job'; taskUUID: string; next: string }
  | ({ event: 'progress' | 'status'; ready: number; failed: number } & Pick<
      TaskSnapshot,
      'taskUUID' | 'status' | 'pending' | 'progress'
    >)
  | { event: 'retry'; retry: number; delayMs: number; message: string }
  | { event: 'warning'; message: string; key?: string }
  | { event: 'download'; path: string; receivedBytes: number; totalBytes?: number }
  | ({ event: 'video'; path?: string; bytes?: number } & Omit<Video, 'row'>)
  | {
      event: 'failure';
      taskUUID: string;
      code: string;
      message: string;
      responseContent?: string | undefined;
    }
  | {
      event: 'result';
      taskUUID: string;
      videos: number;
      failures: number;
      missing: number;
      cost: number | undefined;
    }
  | { event: 'estimate'; cost: number | null }
  | { event: 'media'; mediaUUID: string; mediaURL: string }
  | ({ event: 'issue'; file: string; line: number; column: number } & Issue)
  | { event: 'checked'; file: string; requests: number; errors: number; warnings: number }
  | { event: 'listening'; url: string }
  | {
      event: 'experiment';
      name: string;
      describe: string;
      results: number;
      leftOut?: string | undefined;
    }
  | ({ event: 'question' } & Omit<Comparison, 'evidence'>)
  | {
      event: 'conformed';
      same: number;
      different: number;
      open: number;
      spent: number;
      report: string;
      observed: string;
    }
  | { event: 'contract'; path: string; requests: number; answers: number }
  | ({ event: 'break' } & Break)
  | {
      event: 'contract-checked';
      file: string;
      requests: number;
      answers: number;
      breaks: number;
    }
  | { event: 'detached'; taskUUID: string; isAccepted: boolean; next: string }
  | {
      event: 'error';
      message: string;
      next: string | undefined;
      exitCode: number;
      taskUUID?: string | undefined;
      code?: string | undefined;
      failures?: readonly VideoFailure[] | undefined;
      issues?: readonly Issue[] | undefined;
    };
