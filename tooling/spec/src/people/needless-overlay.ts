import type { Repetition } from '../overlay/apply-action.ts';
import type { ForPeople } from './for-people.ts';

const why: Record<Repetition['reason'], string> = {
  repeated: 'Upstream says this itself now',
  superseded: 'Upstream says something else than what this corrects',
  gone: 'Upstream no longer has what this is about',
};

/** An overlay that is no longer needed, for the person who takes it out. */
export function needlessOverlay({ where, places, isWhole, reason }: Repetition): ForPeople {
  const [file = '', line = ''] = where.split(':');
  const what = isWhole ? 'the action is' : `of the action, ${places.join(', ')} is`;
  return {
    text: `${why[reason]}: ${what} no longer needed (line ${line}).`,
    file: `openapi/overlays/${file}`,
  };
}
