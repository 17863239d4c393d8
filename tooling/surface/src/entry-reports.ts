import type { Declaration } from './extract-declarations.ts';

/** What the entries of one package declare, by the name of the entry. */
export type DeclarationsByEntry = Map<string, Declaration[]>;

/**
 * The reports on the entries of one package. A type that an entry refers to and does not export is in
 * its report too, because users meet its fields; but once in a package, and where it is exported if
 * it is.
 */
export function printEntryReports(
  packageName: string,
  entries: DeclarationsByEntry,
): Map<string, string> {
  const shown = new Set([...entries.values()].flat().filter(isExported).map(withoutExport));
  const reports = new Map<string, string>();
  for (const [entry, declarations] of entries) {
    const kept = declarations.filter((declaration) => {
      if (isExported(declaration) || isImport(declaration)) return true;
      const text = withoutExport(declaration);
      if (shown.has(text)) return false;
      shown.add(text);
      return true;
    });
    reports.set(entry, print(packageName, entry, withoutUnusedImports(kept)));
  }
  return reports;
}

/** The names and members that are exported and have no doc comment, each as its first line. */
export function findUndocumented(declarations: readonly Declaration[]): string[] {
  return declarations.filter(isExported).flatMap((declaration) => {
    const lines = declaration.split('\n');
    const owner = lines.find((line) => !line.startsWith('//')) ?? '';
    return lines.flatMap((line, index) => {
      if (!line.endsWith('(undocumented)')) return [];
      const member = lines[index + 1]?.trim() ?? '';
      // Keys that are symbols are for the language and for our own classes.
      if (/^(static |readonly )*\[/.test(member)) return [];
      return line.startsWith('//') ? [owner] : [`${owner.replace(/ \{$/, '')}: ${member}`];
    });
  });
}

function print(packageName: string, entry: string, declarations: readonly Declaration[]): string {
  const specifier = entry === '.' ? packageName : `${packageName}/${entry.slice('./'.length)}`;
  const code = declarations.map((declaration) => withoutSchema(withoutMarks(declaration)));
  return `# \`${specifier}\`

Written by \`pnpm surface\`. What stands without \`export\` cannot be imported: exported types refer to it.

\`\`\`ts
${code.join('\n\n')}
\`\`\`
`;
}

function isExported(declaration: Declaration): boolean {
  return /^export /m.test(declaration);
}

function isImport(declaration: Declaration): boolean {
  return /^import /m.test(declaration);
}

function withoutExport(declaration: Declaration): string {
  return declaration.replace(/\nexport \{.*\}$/, '').replace(/^export (?=[a-z])/gm, '');
}

/** Some were needed only by what stands in another report. */
function withoutUnusedImports(declarations: readonly Declaration[]): Declaration[] {
  const code = declarations.filter((declaration) => !isImport(declaration)).join('\n');
  return declarations
    .map((declaration) =>
      isImport(declaration)
        ? declaration
            .split('\n')
            .filter((line) => usesImport(code, line))
            .join('\n')
        : declaration,
    )
    .filter(Boolean);
}

function usesImport(code: string, line: string): boolean {
  const [, name = ''] = /(\w+)(?: \})? from /.exec(line) ?? [];
  return new RegExp(`\\b${name}\\b`).test(code);
}

/** API Extractor's remarks on documentation: everything is public, and gaps are errors of their own. */
function withoutMarks(declaration: Declaration): string {
  return declaration
    .replace(/^ *\/\/ (@public )?\(undocumented\)\n/gm, '')
    .replace(/^\/\/ @public\n/gm, '');
}

/** A JSON Schema as a type repeats the OpenAPI document, whose own changes are reviewed. */
function withoutSchema(declaration: Declaration): string {
  return declaration.replace(
    /^(export const \w+Schema: )\{\n[\s\S]*^\};$/m,
    '$1{ /* as in openapi/sync-3.openapi.json */ };',
  );
}
