import { isDeepStrictEqual } from 'node:util';
import type { Queries } from '../database/database.js';
import type { ItemState } from '../ledger/item-state.js';
import type { CheckedItem } from '../manifest/check-item.js';
import type { LineProblem } from '../manifest/line-problem.js';
import { type ItemRow, itemRow, type Plan } from './item-row.js';

/**
 * Items of earlier plans that lines of this plan have named, for the time of the transaction: the line
 * that did, and where it changes the item, the row that replaces it.
 */
export const givenTable = `create temporary table sync3_given (
  item_id bigint primary key,
  line integer not null,
  payload_hash text not null,
  output text not null,
  replacement json,
  outputs json
) on commit drop`;

/** What has become of lines whose key or output the ledger has already. */
interface MatchResult {
  known: number;
  repeated: number;
  problems: LineProblem[];
}

/** A line, as far as it decides whether another says the same. */
interface GivenLine {
  line: number;
  payloadHash: string;
  output: string;
  outputs: readonly string[] | null;
}

/** An item of the ledger that has the key or the output of a line. */
interface Match extends GivenLine {
  id: number;
  key: string;
  outputFolded: string;
  state: ItemState;
  retries: number;
  wasSubmitted: boolean;
  isThisPlan: boolean;
  /** Its line, and its manifest where that is another. */
  place: string;
  /** The line of this plan that has named it. */
  given: GivenLine | null;
}

/** States of items that a changed line replaces: no job of them exists, or it has failed. */
const replaceable: readonly string[] = ['planned', 'queued', 'failed'];

/**
 * Compares lines with the items that have their key or their output. The same item again is known. An
 * item whose job was never submitted, or has failed, is noted in `sync3_given` as to be replaced; every
 * other contradiction is a problem.
 */
export async function matchItems(
  queries: Queries,
  plan: Plan,
  items: readonly CheckedItem[],
): Promise<MatchResult> {
  const result: MatchResult = { known: 0, repeated: 0, problems: [] };
  if (items.length === 0) return result;
  const matches = await findMatches(queries, plan, items);
  const byKey = new Map(matches.map((match) => [match.key, match]));
  const byOutput = new Map(matches.map((match) => [match.outputFolded, match]));
  const given: (GivenLine & { itemId: number; replacement: ItemRow | null })[] = [];
  for (const item of items) {
    const { line, key, payloadHash, output, outputs } = item;
    const match = byKey.get(key) ?? byOutput.get(item.outputFolded);
    const earlier = match?.isThisPlan ? match : match?.given;
    const isSame = match?.key === key && saysTheSame(earlier ?? match, item);
    if (isSame && earlier) result.repeated += 1;
    else if (isSame) {
      result.known += 1;
      match.given = { line, payloadHash, output, outputs };
      given.push({ itemId: match.id, ...match.given, replacement: null });
    } else if (match && !earlier && replaceable.includes(match.state)) {
      match.given = { line, payloadHash, output, outputs };
      // A job that has failed keeps its taskUUID; the next one has another.
      const retries = match.retries + (match.state === 'failed' && match.wasSubmitted ? 1 : 0);
      const replacement = itemRow(plan, item, retries);
      given.push({ itemId: match.id, ...match.given, replacement });
    } else result.problems.push({ line, ...contradiction(item, match), severity: 'error' });
  }
  await noteGiven(queries, given);
  return result;
}

async function findMatches(
  queries: Queries,
  plan: Plan,
  items: readonly CheckedItem[],
): Promise<Match[]> {
  const names = (list: string) => `select value from json_array_elements_text(${list}::text::json)`;
  return queries.query<Match>(
    `select item.id, item.key, item.line, item.output, item.outputs, item.state, item.retries,
      item.payload_hash as "payloadHash",
      item.output_folded as "outputFolded",
      item.submitted_at is not null as "wasSubmitted",
      item.plan_id = $2 as "isThisPlan",
      case when item.plan_id = $2 then 'line ' || item.line
        else 'line ' || item.line || ' of ' || plan.source || ', planned ' ||
          to_char(plan.planned_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
      end as place,
      case when given.item_id is not null then json_build_object(
        'line', given.line, 'payloadHash', given.payload_hash, 'output', given.output,
        'outputs', given.outputs
      ) end as given
    from sync3.item
    join sync3.plan on plan.id = item.plan_id
    left join sync3_given given on given.item_id = item.id
    where item.id in (
      select id from sync3.item where batch_id = $1 and key in (${names('$3')})
      union select id from sync3.item where batch_id = $1 and output_folded in (${names('$4')})
    )`,
    [
      plan.batchId,
      plan.id,
      JSON.stringify(items.map(({ key }) => key)),
      JSON.stringify(items.map(({ outputFolded }) => outputFolded)),
    ],
  );
}

async function noteGiven(queries: Queries, given: readonly object[]): Promise<void> {
  if (given.length === 0) return;
  await queries.query(
    `insert into sync3_given
    select "itemId", line, "payloadHash", output, replacement, outputs
    from json_to_recordset($1::text::json) as given(
      "itemId" bigint, line integer, "payloadHash" text, output text, replacement json, outputs json
    )`,
    [JSON.stringify(given)],
  );
}

/**
 * Whether two lines are the same job with the same result. The same parameters with another extension are:
 * the API's default of `outputFormat` has changed since the item was planned, and it keeps its name.
 */
function saysTheSame(one: GivenLine | undefined, other: CheckedItem): boolean {
  const namesOf = ({ output, outputs }: Pick<GivenLine, 'output' | 'outputs'>) =>
    (outputs ?? [output]).map((name) => name.replace(/\.[^./]*$/, ''));
  return one?.payloadHash === other.payloadHash && isDeepStrictEqual(namesOf(one), namesOf(other));
}

function contradiction(item: CheckedItem, match: Match | undefined) {
  const { key, output, payloadHash } = item;
  if (!match) {
    return { pointer: '', reason: 'Its item was changed by another process. Plan again.' };
  }
  const place = match.given ? `line ${match.given.line}` : match.place;
  const earlier = match.given ?? match;
  if (match.key !== key) {
    return { pointer: '/output', reason: `The output "${output}" is also that of ${place}.` };
  }
  if (earlier.payloadHash === payloadHash) {
    const names = (earlier.outputs ?? [earlier.output]).map((name) => `"${name}"`).join(', ');
    const other = `It is the item of ${place}, whose output is ${names}`;
    return {
      pointer: '/output',
      reason: `${other}. Give the same output, or another key for another job.`,
    };
  }
  const begin = `The key "${key}" has other parameters in ${place}`;
  if (match.given || match.isThisPlan) {
    return { pointer: '/key', reason: `${begin}. Give it another key.` };
  }
  const advice = ['succeeded', 'partially-failed'].includes(match.state)
    ? 'and its job is paid for. Restore that line, or give this one another key for a further job.'
    : 'and its job may have been submitted. Go on with the batch until it has settled: if it has ' +
      'failed then, this line replaces it. Or give this line another key for a further job.';
  return { pointer: '/key', reason: `${begin}, ${advice}` };
}
