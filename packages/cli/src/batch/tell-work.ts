import type { Item, WorkEvent } from '@sync3/batch';
import type { Reporter } from '../session/reporter.js';
import { progressOf, type SettledItem } from './batch-events.js';
import { resultPath } from './output-location.js';

/** Tells what the engine tells, as events of the command. */
export function tellWork(reporter: Reporter, outputDir: string): (event: WorkEvent) => void {
  return (event) => {
    switch (event.event) {
      case 'progress':
        reporter.tell({ event: 'batch', ...progressOf(event.counts) });
        break;
      case 'item':
        reporter.tell(settled(event.item, outputDir));
        break;
      default:
        reporter.tell(event);
    }
  };
}

function settled(item: Item, outputDir: string): SettledItem {
  const { key, source, line, taskUUID, state, actualCost, error } = item;
  const files = item.files.map(({ name }) => resultPath(outputDir, name));
  return { event: 'item', key, source, line, taskUUID, state, files, cost: actualCost, error };
}
