import { expect, test } from 'vitest';
import { freshDatabase, kinds } from '../database/fresh-database.ts';
import { sizes } from '../sizes.ts';
import { soak } from './soak.ts';

const { soakItems: items, soakKills: kills } = sizes;

test.each(kinds)(
  'on %s a batch whose workers are killed again and again, at a server full of faults, pays for each item once and delivers it',
  async (kind) => {
    const { counts, stats, ...result } = await soak({
      database: await freshDatabase(kind),
      items,
      workers: kind === 'pglite' ? 1 : 4,
      kills,
      longestLifeMs: 600,
      concurrency: 60,
      chaos: 0.1,
      seed: 7,
    });
    expect(counts.byState).toMatchObject({ succeeded: items, ambiguous: 0 });
    expect(stats).toMatchObject({ charged: items, succeeded: items, violations: 0 });
    expect(result).toMatchObject({ acceptedOnce: true, wrongFiles: [], strayFiles: [], kills });
    expect(result).toMatchObject({ isBudgetPassed: false, disturbances: 3 });
    expect(counts.actualCost).toBeCloseTo(result.charged, 6);
  },
);
