import type { Queries } from '../database/database.js';
import type { LineProblem } from '../manifest/line-problem.js';
import type { Plan } from './item-row.js';
import { longestList } from './plan-difference.js';

/**
 * Looks, at the end of a plan, for names that two items of the batch have where one of them names each of
 * its results. For items with one name the ledger itself allows no second one.
 *
 * @returns what is wrong with the lines; those of this plan, or the later ones.
 */
export async function findSharedOutputs(
  queries: Queries,
  { batchId, id }: Plan,
): Promise<LineProblem[]> {
  const rows = await queries.query<{ line: number; name: string; otherLine: number }>(
    `with named as (
      select item.id, item.line, item.plan_id, name.folded, name.place,
        outputs ->> (name.place - 1)::integer as name
      from sync3.item
      cross join lateral json_array_elements_text(outputs_folded) with ordinality as name(folded, place)
      where batch_id = $1 and outputs is not null
    ),
    pairs as (
      select named.id, named.line, named.plan_id, named.name,
        other.id as other_id, other.line as other_line, other.plan_id as other_plan_id
      from named join sync3.item other
        on other.batch_id = $1 and other.output_folded = named.folded and other.id <> named.id
      union
      select named.id, named.line, named.plan_id, named.name, other.id, other.line, other.plan_id
      from named join named other on other.folded = named.folded and other.id < named.id
    )
    select distinct
      case when is_later then line else other_line end as line,
      name,
      case when is_later then other_line else line end as "otherLine"
    from (
      select pairs.*, (plan_id = $2, line, id) > (other_plan_id = $2, other_line, other_id) as is_later
      from pairs
    ) as pair
    order by line limit ${longestList}`,
    [batchId, id],
  );
  return rows.map(({ line, name, otherLine }) => ({
    line,
    pointer: '/outputs',
    reason: `The output "${name}" is also that of line ${otherLine}.`,
    severity: 'error',
  }));
}
