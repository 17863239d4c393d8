import { fileURLToPath } from 'node:url';
import ts from 'typescript6';

/** What an editor tells of a request while it is written. */
export interface Editor {
  /** The compiler's messages on requests. */
  messages(requests: string[]): string[];
  /** What is shown for the last property that is named so. */
  hover(request: string, name: string): string;
}

export function openEditor(): Editor {
  const file = fileURLToPath(new URL('request.ts', import.meta.url));
  let text = '';
  let version = 0;
  const write = (...requests: string[]) => {
    text = `import type { LipsyncParams } from '../../src/index.js';
export const params: LipsyncParams[] = [
  ${requests.join(',\n  ')},
];`;
    version += 1;
  };
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: (path) => (path === file ? `${version}` : ''),
    getScriptSnapshot(path) {
      const content = path === file ? text : ts.sys.readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => fileURLToPath(new URL('.', import.meta.url)),
    getCompilationSettings: () => ({
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      strict: true,
      types: [],
    }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });

  return {
    messages(requests) {
      write(...requests);
      return service
        .getSemanticDiagnostics(file)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
    hover(request, name) {
      write(request);
      const info = service.getQuickInfoAtPosition(file, text.lastIndexOf(`${name}:`));
      const tags = info?.tags ?? [];
      return [
        ts.displayPartsToString(info?.documentation),
        ...tags.map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`),
      ].join('\n');
    },
  };
}
