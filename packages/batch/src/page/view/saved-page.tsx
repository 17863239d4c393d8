import type { PageData } from '../page-content.js';
import { formatTime } from './format.js';
import { Overview } from './overview.js';
import { Problems } from './problems.js';
import { ProgressPlot } from './progress-plot.js';
import { Quoted } from './quoted.js';
import { Results } from './results.js';
import { Sources } from './sources.js';

/** The page as it was at one moment: a report. */
export function SavedPage({
  content,
  at,
  resultUrls,
  retryCommand,
}: Extract<PageData, { kind: 'saved' }>) {
  return (
    <>
      <header class="top">
        <h1>
          Batch <Quoted text={content.head.batch} />
        </h1>
        <p class="connection">
          As of <time dateTime={at}>{formatTime(new Date(at))}</time>
        </p>
        <Sources head={content.head} />
      </header>
      <main>
        <Overview content={content} />
        <Problems content={content} retryCommand={retryCommand} />
        <ProgressPlot points={content.progress} />
        <Results
          results={content.results}
          total={content.times.files}
          urlOf={(_, index) => resultUrls[index] ?? null}
        />
      </main>
    </>
  );
}
