import type { SteerSummary } from '../../steer/selection.js';
import type { AsJson } from '../page-content.js';
import { counted } from './format.js';
import type { ActionRequest } from './page-state.js';

const beginnings: Record<ActionRequest['action'], string> = {
  pause: 'Paused: no worker begins a job until you resume. Jobs under way go on.',
  resume: 'Resumed.',
  retry: 'Planned again as new jobs',
  drop: 'Dropped',
  cancel: 'Cancelled',
  priority: 'Priority changed',
};

/** What came of an action, as people read it. */
export function toldOf(
  { action }: ActionRequest,
  { changed, refused }: AsJson<SteerSummary>,
): string {
  if (action === 'pause' || action === 'resume') return beginnings[action];
  const [first] = refused;
  const others = first ? `. Not done for ${counted(refused.length, 'item')}: ${first.reason}` : '';
  return `${beginnings[action]}: ${counted(changed, 'item')}${others}`;
}
