import { sync3 } from './clients/subjects.ts';
import { columnOf, type FigureTables } from './measure/figure-column.ts';

/** What the tables say about @sync3/sdk, beside the lowest and the highest of the others. */
export function summarize(tables: FigureTables): string {
  const compared = (figure: string, column: string, digits = 0) => {
    const values = columnOf(tables, figure, column);
    const write = (value = Number.NaN) =>
      value.toLocaleString('en-US', { maximumFractionDigits: digits });
    const own = values.find(({ client }) => client === sync3.title)?.value;
    const others = values
      .filter(({ client }) => client !== sync3.title)
      .map(({ value }) => value)
      .sort((a, b) => a - b);
    return { own: write(own), others: `${write(others[0])} to ${write(others.at(-1))}` };
  };
  const known = compared('jobs', 'known after, mean s', 2);
  const requests = compared('jobs', 'requests in all');
  const processor = compared('jobs', 'CPU s', 1);
  const upload = compared('files', 'up, MB/s');
  const loaded = compared('import', 'CPU ms', 1);
  return `In plain words: with 1,000 jobs under way, @sync3/sdk hands over a result ${known.own} s after it is done (the others: ${known.others} s). For that it sends ${requests.own} requests in all (${requests.others}) and takes ${processor.own} s of processor time (${processor.others} s). It uploads a file at ${upload.own} MB/s (${upload.others}) and is imported in ${loaded.own} ms of it (${loaded.others}).`;
}
