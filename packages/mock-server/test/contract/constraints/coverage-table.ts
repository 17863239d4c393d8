/** One constraint, and how it was seen to be kept. */
export interface CoverageRow {
  /** What it demands, in a few words. */
  constraint: string;
  /** Where it stands in its document. */
  pointer: string;
  keyword: string;
  /** How the refused request differs from its neighbour. */
  violating: string;
  /** How the accepted request differs from the refused one. */
  neighbour: string;
  /** What Prism found, and what the mock server answered. */
  prism: string;
  /** What the SDK found, or why it cannot send such a request. */
  sdk: string;
}

/** A part of the table, about the constraints of one document. */
export interface CoveragePart {
  title: string;
  text: string;
  /** How many constraints the document has. */
  total: number;
  rows: CoverageRow[];
}

const columns = [
  'Constraint',
  'Keyword',
  'Refused',
  'Accepted',
  'Prism and mock',
  'SDK',
  'Pointer',
];

/** The coverage of the contract as Markdown; the same for the same rows. */
export function printCoverage(parts: CoveragePart[]): string {
  const lines = [
    '# Contract coverage',
    '',
    'Written by `pnpm contract -- --mode update`; do not edit. `pnpm contract` fails when a',
    'constraint is not covered, or when this file is not what the run gives.',
    '',
    'For each constraint there is a request that breaks only this one, refused by Prism and by the',
    'SDK, and a neighbour that keeps it, accepted by both. That it is only this one is proved: with',
    'the constraint taken out of the schema, Ajv accepts the refused request. A constraint marked',
    '"as a condition" stands below `not` or `if`: with it taken out, Ajv refuses the neighbour.',
    'Where a constraint is never broken without another one, both are taken out. The two requests of',
    'a row are equal except for what the row shows.',
  ];
  for (const { title, text, total, rows } of parts) {
    const share = total > 0 ? Math.floor((100 * rows.length) / total) : 0;
    lines.push('', `## ${title}`, '', text, '');
    lines.push(`**${rows.length} of ${total} constraints: ${share} %.**`, '');
    lines.push(`| ${columns.join(' | ')} |`, `|${columns.map(() => '---|').join('')}`);
    for (const row of rows) {
      const { constraint, keyword, violating, neighbour, prism, sdk, pointer } = row;
      const cells = [constraint, `\`${keyword}\``, violating, neighbour, prism, sdk];
      lines.push(`| ${[...cells, `\`${pointer}\``].map(escapeCell).join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
