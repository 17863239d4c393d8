import type { OpenApiDocument } from '../compose.ts';
import { type Assertion, assertionsOf } from './assertions.ts';
import { type Demand, demandsOf } from './demand.ts';
import { inventoryFile, type RuleInventory, rulesFolder } from './inventory.ts';
import { plainName } from './plain-name.ts';
import { sayDemand } from './say-demand.ts';

/** Something in which the request schema and the rules differ. */
export interface RuleGap {
  /** `missing`: a new assertion. `changed`: it says something else. `vanished`: it is gone. */
  kind: 'missing' | 'changed' | 'vanished';
  /** Plain name, such as `settings.segments[].endTime`, or `the task`. */
  field: string;
  keyword: string;
  /** What upstream says, and what the inventory says, in words: `maximum 99`. */
  upstream?: string;
  inventory?: string;
  /**
   * The rule, as `Issue.rule` reports it; for a new assertion, as it should. There is none when the
   * inventory says so.
   */
  rule?: string;
  /** Path of the file to edit, from the root of the repository. */
  file: string;
  /** The lines of the inventory that are right once the rules have been edited, and the wrong ones. */
  add: string[];
  remove: string[];
}

/** A line of the inventory, and the file whose rule it is about. */
interface InventoryLine extends Assertion {
  file: string;
  rule?: string;
  reason?: string;
}

/** Finds what the request schema demands and no rule implements, and the other way round. */
export function compareRules(upstream: OpenApiDocument, inventory: RuleInventory): RuleGap[] {
  const wanted = demandsOf(assertionsOf(upstream));
  const implemented = demandsOf(linesOf(inventory));
  const [met, used] = [implemented, wanted].map((demands) => new Set(demands.map(contentOf)));
  const unmet = wanted.filter((demand) => !met?.has(contentOf(demand)));
  const unused = implemented.filter((demand) => !used?.has(contentOf(demand)));

  const gaps = unmet.map((demand): RuleGap => {
    const former = unused.findIndex((other) => subjectOf(demand) === subjectOf(other));
    const [known] = former < 0 ? [] : unused.splice(former, 1);
    if (!known) {
      const file = fileFor(demand, implemented);
      const rule = ruleFor(demand);
      const add = demand.rows.map((row) => print({ ...row, rule }));
      return { ...gapOf('missing', demand), upstream: sayDemand(demand), rule, file, add };
    }
    const [{ rule, reason, file }] = known.rows;
    return {
      ...gapOf('changed', demand),
      upstream: sayDemand(demand, known),
      inventory: sayDemand(known, demand),
      ...(rule !== undefined && { rule }),
      file,
      add: demand.rows.map((row) => print({ rule, reason, ...row })),
      remove: known.rows.map(print),
    };
  });
  const vanished = unused.map((demand): RuleGap => {
    const [{ rule, file }] = demand.rows;
    return {
      ...gapOf('vanished', demand),
      inventory: sayDemand(demand),
      ...(rule !== undefined && { rule }),
      file,
      remove: demand.rows.map(print),
    };
  });
  return [...gaps, ...vanished];
}

const gapOf = (kind: RuleGap['kind'], demand: Demand) => ({
  kind,
  field: fieldOf(demand),
  keyword: demand.keyword,
  add: [],
  remove: [],
});

/** A line as it stands in the inventory. */
function print(line: Assertion & { rule?: string | undefined; reason?: string | undefined }) {
  const { rule, reason, value, at } = line;
  const parts = Object.entries({ rule, reason, value, at })
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => `"${name}": ${printValue(part)}`);
  return `{ ${parts.join(', ')} }`;
}

/** As the formatter writes it. */
const printValue = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(printValue).join(', ')}]` : JSON.stringify(value);

function linesOf({ rules, withoutRule }: RuleInventory): InventoryLine[] {
  const implemented = Object.entries(rules).flatMap(([file, lines]) =>
    lines.map((line): InventoryLine => ({ ...line, file: `${rulesFolder}/${file}` })),
  );
  return [...implemented, ...withoutRule.map((line) => ({ ...line, file: inventoryFile }))];
}

/** Which value a demand is about, and by which keyword. */
const subjectOf = ({ place, keyword, names }: Demand) =>
  JSON.stringify([...place, keyword, ...names]);

const contentOf = (demand: Demand) => `${subjectOf(demand)} ${demand.meaning}`;

/** The property that a demand is about: that which `required` names, and not the object it is in. */
const propertyOf = ({ place, names }: Demand) => [...place, ...names.slice(0, 1)];

function fieldOf(demand: Demand): string {
  const [inList, ...place] = propertyOf(demand);
  if (inList === undefined) return 'the list of tasks';
  return dotted(place) || 'the task';
}

const dotted = (place: string[]) => place.map(plainName).join('.').replaceAll('.[]', '[]');

/** The name that `report` in check.ts would give the rule. */
function ruleFor(demand: Demand): string {
  const [, ...place] = propertyOf(demand);
  // That a property is known, or is not, is a matter of the object it is in.
  if (demand.keyword === '') return dotted([...place.slice(0, -1), 'additionalProperties']);
  return dotted([...place, demand.keyword]);
}

/** The file with the rules about the same property, or else about what it is in. */
function fileFor(demand: Demand, implemented: Demand<InventoryLine>[]): string {
  const place = propertyOf(demand);
  const ruled = implemented.filter(({ rows: [{ rule }] }) => rule !== undefined);
  for (let depth = place.length; depth >= 0; depth -= 1) {
    const enclosing = JSON.stringify(place.slice(0, depth));
    const found = ruled.find((other) => JSON.stringify(other.place) === enclosing);
    if (found) return found.rows[0].file;
  }
  return ruled[0]?.rows[0].file ?? inventoryFile;
}
