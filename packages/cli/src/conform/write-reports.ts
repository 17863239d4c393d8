import { join } from 'node:path';
import { model } from '@sync3/generated/constants';
import writeFileAtomic from 'write-file-atomic';
import { usd } from '../usd.js';
import { answersIn, type Comparison } from './compare.js';
import type { Exchange } from './exchange.js';

/** What a report is about, besides its questions. */
export interface ReportFacts {
  baseUrl: string;
  /** USD. */
  spent: number;
  /** USD. */
  maxCost: number;
  at: Date;
}

/** Longest text of a row that a report shows, in characters. */
const longestText = 200;

/** Writes `report.md`, `report.json` and `observed.json` into a folder; gives their paths. */
export async function writeReports(
  folder: string,
  comparisons: readonly Comparison[],
  facts: ReportFacts,
): Promise<{ markdown: string; json: string; observed: string }> {
  const paths = {
    markdown: join(folder, 'report.md'),
    json: join(folder, 'report.json'),
    observed: join(folder, 'observed.json'),
  };
  const { at, ...rest } = facts;
  const observedAt = at.toISOString();
  const questions = comparisons.map(({ evidence, ...comparison }) => ({
    ...comparison,
    evidence: evidence.map(shortened),
  }));
  const observed = { observedAt, model, answers: answersIn(comparisons) };
  await writeFileAtomic(paths.markdown, markdownOf(comparisons, facts));
  await writeFileAtomic(paths.json, inJson({ ...rest, observedAt, model, questions }));
  await writeFileAtomic(paths.observed, inJson(observed));
  return paths;
}

function markdownOf(comparisons: readonly Comparison[], facts: ReportFacts): string {
  const number = (verdict: Comparison['verdict']) =>
    comparisons.filter((comparison) => comparison.verdict === verdict).length;
  const lines = [
    '# What the API does, and what the emulator does',
    '',
    `${facts.at.toISOString()}, ${facts.baseUrl}, model ${model}. The jobs cost at most ${usd(facts.spent)} of ${usd(facts.maxCost)}.`,
    '',
    `${number('different')} different, ${number('same')} the same, ${number('open')} open.`,
    '',
    '| Question | API | Emulator | Verdict | Touches |',
    '|---|---|---|---|---|',
    ...comparisons.map(({ question, api, emulator, verdict, reason, touches }) =>
      [
        '',
        question,
        api ?? reason ?? '',
        emulator ?? '',
        verdict,
        verdict === 'different' ? touches.join(', ') : '',
        '',
      ]
        .map((cell) => `${cell}`.replaceAll('|', '\\|'))
        .join(' | ')
        .trim(),
    ),
    '',
  ];
  for (const { question, verdict, isPlayable, evidence } of comparisons) {
    if (verdict !== 'different') continue;
    lines.push(`## ${question}`, '');
    if (!isPlayable) lines.push('No profile of the emulator gives this answer yet.', '');
    for (const exchange of evidence)
      lines.push('```json', inJson(shortened(exchange)).trim(), '```', '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function inJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Without what would fill the report, and without the queries of URLs, which may let others in. */
function shortened(exchange: Exchange): unknown {
  return JSON.parse(JSON.stringify(exchange), (_, value: unknown) => {
    if (typeof value !== 'string') return value;
    const text = /^https?:/i.test(value) ? value.replace(/\?.*$/s, '?…') : value;
    return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  });
}
