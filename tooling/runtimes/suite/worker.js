// Runs the checks in a Worker: the place comes as the body of a request, the report is the answer.
import { createBench } from './bench.js';
import { checks } from './checks.js';
import { runChecks } from './run-checks.js';

export default {
  async fetch(request) {
    const outcomes = await runChecks(checks, createBench(await request.json()));
    return Response.json({ identity: navigator.userAgent, outcomes });
  },
};
