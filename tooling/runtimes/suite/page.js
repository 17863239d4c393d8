// Runs the checks in a browser.
import { createBench } from './bench.js';
import { checks } from './checks.js';
import { runChecks } from './run-checks.js';

globalThis.reportFrom = async (place) => ({
  identity: navigator.userAgent,
  outcomes: await runChecks(checks, createBench(place)),
});
