import type { VideoInferenceTask } from '@sync3/generated';
import { taskType as jobType } from '@sync3/generated/constants';
import { identity } from '../contract/runware-error.js';
import { Refusal } from '../refusal.js';
import { accountManagement } from './account-management.js';
import { dryRun } from './dry-run.js';
import { imageUpload } from './image-upload.js';
import { mediaStorage } from './media-storage.js';
import { poll } from './poll.js';
import { submit } from './submit.js';
import type { Task, TaskAnswer, TaskRequest, TaskWorld } from './task.js';
import { taskDetails } from './task-details.js';

/** Performs one task that keeps to the document. @throws {Refusal} */
export async function performTask(
  task: Task,
  world: TaskWorld,
  request: TaskRequest,
): Promise<TaskAnswer> {
  switch (task.taskType) {
    case jobType: {
      const inference = task as unknown as VideoInferenceTask;
      return request.isDryRun
        ? dryRun(inference, world, request)
        : submit(inference, world, request);
    }
    case 'getResponse':
      return poll(task, world);
    case 'getTaskDetails':
      return taskDetails(task, world);
    case 'mediaStorage':
      return mediaStorage(task, world, request);
    case 'imageUpload':
      return imageUpload(task, world, request);
    case 'ping':
      return { data: [{ ...identity(task), pong: true }] };
    case 'accountManagement':
      return accountManagement(task, world);
    case 'authentication': {
      const message = 'An authentication task must be the first of its request.';
      throw new Refusal(400, 'invalidParameter', message, 'taskType');
    }
    default:
      // Prism lets no other through; a new one of the document belongs here.
      throw new Error(`The mock server does not know tasks of the type ${task.taskType}.`);
  }
}
