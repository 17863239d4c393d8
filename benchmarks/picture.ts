import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { sync3 } from './clients/subjects.ts';
import { columnOf, type FigureTables } from './measure/figure-column.ts';

/** What is drawn: one column of one table. */
interface Chart {
  /** As `--only` calls the figure. */
  figure: string;
  /** Title of the column. */
  column: string;
  title: string;
}

/** The questions that users ask first. */
const charts: readonly Chart[] = [
  {
    figure: 'jobs',
    column: 'known after, mean s',
    title: 'A result of 1,000 jobs is known after, s',
  },
  { figure: 'jobs', column: 'CPU s', title: 'CPU of 1,000 jobs, s' },
  { figure: 'files', column: 'up, MB/s', title: 'Upload of 1 GiB, MB/s (more is better)' },
  { figure: 'import', column: 'CPU ms', title: 'Import of the package, CPU ms' },
];

/** Colours by the page that the picture stands on. */
const themes = {
  light: { text: '#1f2328', muted: '#59636e', ours: '#0969da', others: '#afb8c1' },
  dark: { text: '#f0f6fc', muted: '#9198a1', ours: '#4493f8', others: '#656c76' },
} as const;

export type Theme = keyof typeof themes;

/**
 * Draws the four figures that users ask for, each with a scale of its own that begins at 0.
 *
 * @param tables by the name of their figure.
 * @returns an SVG on a transparent ground.
 */
export async function drawPicture(tables: FigureTables, theme: Theme): Promise<string> {
  const { spec } = compile(specification(tables, theme));
  const view = new View(parse(spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

function specification(tables: FigureTables, theme: Theme): TopLevelSpec {
  const { text, muted, ours, others } = themes[theme];
  return {
    columns: 2,
    spacing: { row: 28, column: 36 },
    concat: charts.map(({ title, figure, column }) => ({
      title: {
        text: title,
        anchor: 'start',
        fontSize: 14,
        fontWeight: 600,
        color: text,
        offset: 8,
      },
      width: 220,
      height: { step: 20 },
      data: { values: columnOf(tables, figure, column) },
      encoding: {
        y: { field: 'client', type: 'nominal', sort: null, title: null },
        x: { field: 'value', type: 'quantitative', axis: null },
      },
      layer: [
        {
          mark: { type: 'bar', height: 12, cornerRadiusEnd: 2 },
          encoding: {
            color: {
              condition: { test: `datum.client === '${sync3.title}'`, value: ours },
              value: others,
            },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 5, color: text },
          encoding: { text: { field: 'value', type: 'quantitative', format: ',.3~r' } },
        },
      ],
    })),
    config: {
      font: 'system-ui, sans-serif',
      background: 'transparent',
      view: { stroke: null },
      axis: { labelColor: muted, labelFontSize: 12, ticks: false, domain: false, labelLimit: 160 },
      text: { fontSize: 12 },
    },
  };
}
