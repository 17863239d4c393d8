import { abortChecks } from './checks/aborts.js';
import { errorChecks } from './checks/errors.js';
import { jobChecks } from './checks/jobs.js';
import { proxyChecks } from './checks/proxy.js';
import { redirectChecks } from './checks/redirects.js';
import { retryChecks } from './checks/retries.js';
import { uploadChecks } from './checks/uploads.js';
import { webhookChecks } from './checks/webhooks.js';

/** What holds in every runtime, by its name. Nothing here is special to one of them. */
export const checks = {
  ...jobChecks,
  ...uploadChecks,
  ...errorChecks,
  ...retryChecks,
  ...abortChecks,
  ...redirectChecks,
  ...webhookChecks,
  ...proxyChecks,
};
