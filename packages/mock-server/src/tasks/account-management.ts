import type { Task, TaskAnswer, TaskWorld } from './task.js';

/** USD that an account without a limit says it has: enough for every test. */
const plenty = 1_000_000;

/**
 * Tells of the account, as runware.ai/docs/platform/account-management has it. Nobody is on the team
 * and no key is listed: an answer must not repeat keys.
 */
export function accountManagement(
  { taskType, taskUUID, operation }: Task,
  { account }: TaskWorld,
): TaskAnswer {
  return {
    data: [
      {
        taskType,
        taskUUID,
        operation,
        organizationUUID: '00000000-0000-4000-8000-000000000000',
        organizationName: 'Mock server',
        AIRSource: 'mock',
        balance: account.balance ?? plenty,
        team: [],
        apiKeys: [],
      },
    ],
  };
}
