// Stands in for GitHub's own command in tests: it keeps pull requests, issues and releases in a file, and
// every call with what the files that it names held.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const path = process.env.GH_STATE;
const parameters = process.argv.slice(2);
const state = existsSync(path)
  ? JSON.parse(readFileSync(path, 'utf8'))
  : { calls: [], pulls: [], issues: [], releases: [] };
state.calls.push(parameters);

const after = (flag) => {
  const index = parameters.indexOf(flag);
  return index < 0 ? undefined : parameters[index + 1];
};
const textOf = (flag) => after(flag) && readFileSync(after(flag), 'utf8');
const [group, action, target] = parameters;
const pull = state.pulls.find(({ number }) => String(number) === target);

switch (`${group} ${action}`) {
  case 'pr list': {
    const [head, base] = [after('--head'), after('--base')];
    const found = state.pulls.filter((each) => each.head === head && each.base === base);
    console.log(JSON.stringify(found));
    break;
  }
  case 'pr create':
    state.pulls.push({
      number: state.pulls.length + 1,
      head: after('--head'),
      base: after('--base'),
      title: after('--title'),
      body: textOf('--body-file'),
      isDraft: parameters.includes('--draft'),
      isCrossRepository: false,
    });
    break;
  case 'pr edit':
    Object.assign(pull, { title: after('--title'), body: textOf('--body-file') });
    break;
  case 'pr ready':
    pull.isDraft = parameters.includes('--undo');
    break;
  case 'issue list':
    console.log(JSON.stringify(state.issues));
    break;
  case 'issue create':
    state.issues.push({
      number: state.issues.length + 1,
      title: after('--title'),
      body: textOf('--body-file'),
      author: { is_bot: true },
    });
    break;
  case 'issue edit':
    state.issues.find(({ number }) => String(number) === target).body = textOf('--body-file');
    break;
  case 'release list':
    console.log(JSON.stringify(state.releases));
    break;
  case 'release create':
    state.releases.push({
      tagName: target,
      target: after('--target'),
      notes: textOf('--notes-file'),
    });
    break;
  case 'workflow run':
    break;
  default:
    console.error(`gh ${parameters.join(' ')}: not known here`);
    process.exitCode = 1;
}
writeFileSync(path, JSON.stringify(state));
