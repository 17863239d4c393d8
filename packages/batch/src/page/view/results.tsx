import { counted, formatCost, formatCount, formatDuration } from './format.js';
import type { Content, Controls } from './page-state.js';
import { Quoted } from './quoted.js';
import { Video } from './video.js';

type Result = Content['results'][number];

/**
 * The newest results as tiles.
 *
 * @param total all results of the batch.
 * @param urlOf where the video of a result is; `null` when it is missing.
 */
export function Results({
  results,
  total,
  urlOf,
  controls,
}: {
  results: Result[];
  total: number;
  urlOf(result: Result, index: number): string | null;
  controls?: Controls;
}) {
  const missing = results.filter((result, index) => urlOf(result, index) === null).length;
  return (
    <section class="panel" aria-labelledby="results-heading">
      <h2 class="panel-heading" id="results-heading">
        {counted(Math.max(total, results.length), 'result')}{' '}
        {total > results.length && (
          <small>The newest {formatCount(results.length)} are shown.</small>
        )}
      </h2>
      {missing > 0 && (
        <p class="warning">{counted(missing, 'file')} cannot be found in the output folder.</p>
      )}
      <ul class="tiles">
        {results.map((result, index) => (
          <Tile
            key={`${result.id}-${result.number}`}
            result={result}
            url={urlOf(result, index)}
            controls={controls}
          />
        ))}
      </ul>
    </section>
  );
}

function Tile({
  result: { key, file, number, of, seconds, cost },
  url,
  controls,
}: {
  result: Result;
  url: string | null;
  controls: Controls | undefined;
}) {
  const which = of > 1 && `${number} of ${of}`;
  const facts = [
    which,
    seconds !== null && formatDuration(seconds),
    cost !== null && `${formatCost(cost)}${of > 1 ? ' together' : ''}`,
  ].filter(Boolean);
  const name = <Quoted text={file.name.slice(file.name.lastIndexOf('/') + 1)} />;
  return (
    <li>
      <figure>
        {url === null ? (
          <p class="missing">Not in the output folder</p>
        ) : (
          <Video url={url} label={`Result ${which ? `${which} ` : ''}of ${key}`} />
        )}
        <figcaption>
          {controls ? (
            <button type="button" class="link" onClick={() => controls.open(key)}>
              <Quoted text={key} />
            </button>
          ) : (
            <b>
              <Quoted text={key} />
            </b>
          )}{' '}
          <span>{facts.join(' \u00b7 ')}</span> {url === null ? name : <a href={url}>{name}</a>}
        </figcaption>
      </figure>
    </li>
  );
}
