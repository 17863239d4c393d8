import type { RuleGap } from './compare-rules.ts';
import { inventoryFile } from './inventory.ts';

const examplesFile = 'packages/sdk/test/rules/schema-rule-examples.ts';

/** What has to be done about the gaps, for people; empty when there are none. */
export function printGaps(gaps: RuleGap[]): string {
  return gaps.map((gap) => printGap(gap).join('\n')).join('\n\n');
}

function printGap({ kind, field, keyword, upstream, inventory, rule, file, add, remove }: RuleGap) {
  const [toAdd, toRemove] = [add, remove].map((lines) => lines.map((line) => `    ${line}`));
  const known = rule ? `the rule "${rule}"` : 'what is listed under "withoutRule"';
  const group = rule ? file.split('/').at(-1) : 'withoutRule';
  if (kind === 'missing') {
    return [
      `${field}: upstream now says ${upstream}, and no rule implements it.`,
      `  ${keyword ? 'Write' : 'Change'} the rule "${rule}" in ${file}, and add an example to ${examplesFile}.`,
      `  Then add to "${group}" in ${inventoryFile}:`,
      ...(toAdd ?? []),
    ];
  }
  if (kind === 'changed') {
    return [
      `${field}: upstream now says ${upstream}; ${known} says ${inventory}.`,
      rule
        ? `  Change the rule in ${file}, and its examples in ${examplesFile}.`
        : '  See whether it needs a rule now.',
      `  Then replace in "${group}" in ${inventoryFile}:`,
      ...(toRemove ?? []),
      '  by:',
      ...(toAdd ?? []),
    ];
  }
  return [
    `${field}: upstream no longer says ${inventory}; ${known} still does.`,
    ...(rule ? [`  Remove the rule from ${file}, and its examples from ${examplesFile}.`] : []),
    `  Then remove from "${group}" in ${inventoryFile}:`,
    ...(toRemove ?? []),
  ];
}
