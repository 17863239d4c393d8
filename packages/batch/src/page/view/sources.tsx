import type { Content } from './page-state.js';
import { Quoted } from './quoted.js';

/** Where the items of a batch came from. */
export function Sources({ head: { sources } }: Pick<Content, 'head'>) {
  if (sources.total === 0) return null;
  const more = sources.total - sources.names.length;
  return (
    <p class="sources">
      Planned from{' '}
      {sources.names.map((name, index) => (
        <>
          {index > 0 && ', '}
          <Quoted text={name} longest={100} />
        </>
      ))}
      {more > 0 && ` and ${more} more`}
    </p>
  );
}
