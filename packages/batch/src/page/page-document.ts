import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { PageData } from './page-content.js';

/** The document of the page, and the policy that it must be served with. */
export interface PageDocument {
  html: string;
  /** Content-Security-Policy; it stands in the document too, for one that is opened from disk. */
  policy: string;
}

const [script, style] = [builtFile('main.js'), builtFile('page.css')];

/**
 * Makes the one document of the page: its style, its script, and the data that the script shows. The
 * script puts texts of the ledger into text nodes alone, and the policy lets nothing run or load but
 * what is in the document: a text that were taken for markup after all could neither run nor send
 * anything.
 */
export async function pageDocument(title: string, data: PageData): Promise<PageDocument> {
  const [code, look] = await Promise.all([script(), style()]);
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(look)}'`,
    `script-src '${hashOf(code)}'`,
    // `file:` is for browsers in which a local page is not its own origin.
    ...(data.kind === 'live'
      ? ["media-src 'self'", "connect-src 'self'"]
      : ["media-src 'self' file:"]),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${look}</style>
</head>
<body>
<div id="page"></div>
<noscript>This page shows its data with JavaScript, which is turned off. \`sync3 batch status\` prints the same figures.</noscript>
<script type="application/json" id="data">${jsonInHtml(data)}</script>
<script>${code}</script>
</body>
</html>
`;
  return { html, policy };
}

/** JSON in which nothing ends the element around it, or begins another. */
function jsonInHtml(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, (character) => `&#${character.codePointAt(0)};`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Reads a file that the build has put beside this one, once. */
function builtFile(name: string): () => Promise<string> {
  let text: Promise<string> | undefined;
  return () => {
    text ??= readFile(new URL(`view/${name}`, import.meta.url), 'utf8');
    return text;
  };
}
