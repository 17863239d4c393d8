import { counted, formatCost, formatRate } from './format.js';
import type { Content } from './page-state.js';

/** What a batch has cost and may cost, against its budget. */
export function Money({ money }: Pick<Content, 'money'>) {
  const { spent, uncertain, reserved, planned, plannedUnpriced, wrong, ratio, maxCost } = money;
  const all = spent + uncertain + reserved + planned;
  // Without a budget the bar is about all that is known of.
  const whole = maxCost ?? all;
  const part = (cost: number) => ({
    width: `${whole > 0 ? Math.min(100, (100 * cost) / whole) : 0}%`,
  });
  return (
    <section class="card" aria-labelledby="money-heading">
      <h2 id="money-heading">Money</h2>
      <p class="figure">
        {formatCost(spent)}
        <small>{maxCost === null ? ' spent' : ` of ${formatCost(maxCost)} spent`}</small>
      </p>
      <div class="meter" aria-hidden="true">
        <i class="spent" style={part(spent)} />
        <i class="uncertain" style={part(uncertain)} />
        <i class="reserved" style={part(reserved)} />
      </div>
      <dl>
        <div class="key spent">
          <dt>Spent</dt>
          <dd>{formatCost(spent)}</dd>
        </div>
        {uncertain > 0 && (
          <div class="key uncertain">
            <dt>Failed, perhaps charged</dt>
            <dd>{formatCost(uncertain)}</dd>
          </div>
        )}
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
          <dd>{maxCost === null ? 'none' : formatCost(maxCost)}</dd>
        </div>
      </dl>
      {maxCost !== null && all > maxCost && (
        <p class="warning">The budget may end before the batch does.</p>
      )}
      {plannedUnpriced > 0 && (
        <p class="note">{counted(plannedUnpriced, 'waiting item')} without an estimate</p>
      )}
      {wrong.items > 0 && (
        <p class="warning">
          Estimates of {counted(wrong.items, 'item')} were wrong: {formatCost(wrong.estimated)}{' '}
          estimated, {formatCost(wrong.actual)} charged
          {ratio !== null && ratio > 1.01 && `, at worst ${formatRate(ratio)} times as much`}.
        </p>
      )}
    </section>
  );
}
