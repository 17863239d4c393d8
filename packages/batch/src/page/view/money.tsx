import { counted, formatCost } from './format.js';
import type { Content } from './page-state.js';

/** What a batch has cost and may cost, against its budget. */
export function Money({ money, head }: Pick<Content, 'money' | 'head'>) {
  const { spent, itemsWithCost, reserved, planned, itemsWithoutEstimate, wrong } = money;
  // Without a budget the bar is about all that is known of.
  const whole = head.maxCost ?? spent + reserved + planned;
  const part = (cost: number) => ({
    width: `${whole > 0 ? Math.min(100, (100 * cost) / whole) : 0}%`,
  });
  const isOver = head.maxCost !== null && spent + reserved + planned > head.maxCost;
  return (
    <section class="card" aria-labelledby="money-heading">
      <h2 id="money-heading">Money</h2>
      <p class="figure">
        {formatCost(spent)}
        {head.maxCost !== null && <small> of {formatCost(head.maxCost)}</small>}
      </p>
      <div class="meter" aria-hidden="true">
        <i class="spent" style={part(spent)} />
        <i class="reserved" style={part(reserved)} />
      </div>
      <dl>
        <div class="key spent">
          <dt>Spent, {counted(itemsWithCost, 'item')}</dt>
          <dd>{formatCost(spent)}</dd>
        </div>
        <div class="key reserved">
          <dt>Reserved for jobs under way</dt>
          <dd>{formatCost(reserved)}</dd>
        </div>
        <div class="key">
          <dt>Estimated for the rest</dt>
          <dd>{formatCost(planned)}</dd>
        </div>
        <div class="key">
          <dt>Budget</dt>
          <dd>{head.maxCost === null ? 'none' : formatCost(head.maxCost)}</dd>
        </div>
      </dl>
      {isOver && <p class="warning">The budget ends before the batch does.</p>}
      {itemsWithoutEstimate > 0 && (
        <p class="note">{counted(itemsWithoutEstimate, 'item')} without cost or estimate</p>
      )}
      {wrong.items > 0 && (
        <p class="warning">
          Estimates of {counted(wrong.items, 'item')} were wrong: {formatCost(wrong.estimated)}{' '}
          estimated, {formatCost(wrong.actual)} charged.
        </p>
      )}
    </section>
  );
}
