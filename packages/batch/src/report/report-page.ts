import { createHash } from 'node:crypto';
import { formatTime } from './format.js';
import { Html, html, quoted } from './html.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';
import { attentionSection, failuresSection } from './problems-section.js';
import { progressSection } from './progress-section.js';
import type { ReportContent } from './read-report.js';
import { type FoundResult, resultsSection } from './results-section.js';
import { totalsSection } from './totals-section.js';

/**
 * What the page may do: its own style and script, and videos beside it. A text that were taken for
 * markup after all could neither run, nor load, nor send anything. `file:` is for browsers in which a
 * local page is not its own origin.
 */
const policy = [
  "default-src 'none'",
  `style-src '${hashOf(pageStyle)}'`,
  `script-src '${hashOf(pageScript)}'`,
  "media-src 'self' file:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Makes the whole page, one file without anything beside it but the results. */
export function reportPage(
  { batch, sources, totals, progress, problems }: Omit<ReportContent, 'results'>,
  results: readonly FoundResult[],
  { retryCommand, now }: { retryCommand: string | undefined; now: Date },
): string {
  const names = sources.names.map((name, index) => [index > 0 && ', ', quoted(name, 100)]);
  const more = sources.total - sources.names.length;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Batch ${batch}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
<header>
<h1>Batch ${quoted(batch)}</h1>
<p>As of <time datetime="${now.toISOString()}">${formatTime(now)}</time>.${sources.total > 0 && html` Planned from ${names}${more > 0 && ` and ${more} more`}.`}</p>
</header>
<main>
${totalsSection(totals)}
${attentionSection(totals, problems)}
${failuresSection(totals, problems, retryCommand)}
${progressSection(progress)}
${resultsSection(results, totals.files)}
</main>
<script>${new Html(pageScript)}</script>
</body>
</html>
`.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
