import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import ts from 'typescript';
import { compose, type OpenApiDocument } from '../../src/compose.ts';
import { generateClient } from '../../src/generate-client.ts';
import { locations } from '../../src/locations.ts';

export interface EmittedCode {
  composed: OpenApiDocument & { components: { schemas: Record<string, unknown> } };
  /** Absolute paths of the emitted files. */
  paths: string[];
  /** The emitted text by the end of a path. */
  text(path: string): string;
}

/** Runs the real pipeline on an upstream document, in a folder that is gone afterwards. */
export async function withEmittedCode<T>(
  upstream: OpenApiDocument,
  use: (code: EmittedCode) => T,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-emitted-'));
  try {
    const composed = (await compose(upstream, locations.overlays)) as EmittedCode['composed'];
    await generateClient(composed, folder);
    const names = await readdir(folder, { recursive: true });
    const paths = names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
    const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    const text = (end: string) => texts[paths.findIndex((path) => path.endsWith(end))] ?? '';
    return await use({ composed, paths, text });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The messages about a text that is no TypeScript. */
export function syntaxErrors(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** The kinds of statement that a text consists of. */
export function statementKinds(text: string): Set<string> {
  const { statements } = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest);
  return new Set(statements.map(({ kind }) => ts.SyntaxKind[kind]));
}

/** Every name in the code, as opposed to the text in it. */
export function identifiersOf(text: string): Set<string> {
  const identifiers = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) identifiers.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest));
  return identifiers;
}

/** What the literals and the property names in a text stand for. */
export function literalsOf(text: string): Set<string> {
  const literals = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isLiteralExpression(node)) literals.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest));
  return literals;
}

/** Runs a module without imports in a realm of its own. */
export function run(text: string): { exported: Record<string, unknown>; globals: object } {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const globals = createContext({ exports: {} });
  runInContext(outputText, globals);
  const { exports, ...others } = globals;
  return { exported: JSON.parse(JSON.stringify(exports)), globals: others };
}

/** The messages of a full type-check, with the settings of the package they are committed to. */
export function typeErrors(paths: string[]): string[] {
  const program = ts.createProgram(paths, {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
