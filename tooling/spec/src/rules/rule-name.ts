import type { JsonObject } from '../diff/pointer.ts';
import { nameOf } from '../parameters/name-of.ts';
import { readRules } from './read-rules.ts';
import type { Rule } from './rule.ts';

/** The name of the rule that restates a keyword of what stands at a place, as `Issue.rule` has it. */
const ruleName = (place: readonly string[], keyword: string): string => nameOf([...place, keyword]);

/** A rule that is generated. */
export interface NamedRule {
  /** Names from the task, `[]` for the elements of a list: of the missing property for `required`. */
  place: string[];
  keyword: string;
  name: string;
}

/** Every generated rule about a task, in the order of the document, parents before children. */
export function listRules(document: JsonObject): NamedRule[] {
  return rulesOf(readRules(document).task, [], false);
}

function rulesOf(rule: Rule, place: string[], isRequired: boolean): NamedRule[] {
  const keywords = [...(isRequired ? ['required'] : []), ...(rule.kind === 'any' ? [] : ['type'])];
  const below: NamedRule[] = [];
  if (rule.kind === 'object') {
    if (rule.isClosed) keywords.push('additionalProperties');
    for (const [name, property] of rule.properties) {
      below.push(...rulesOf(property, [...place, name], rule.required.includes(name)));
    }
  } else if (rule.kind === 'array') {
    if (rule.minItems) keywords.push('minItems');
    if (rule.maxItems !== undefined) keywords.push('maxItems');
    if (rule.uniqueItems) keywords.push('uniqueItems');
    below.push(...rulesOf(rule.items, [...place, '[]'], false));
  } else keywords.push(...rule.assertions.map(({ keyword }) => keyword));
  const own = keywords.map((keyword) => ({ place, keyword, name: ruleName(place, keyword) }));
  return [...own, ...below];
}
