import { expect, test } from 'vitest';
import { inertMarkdown } from '../src/proposal/inert-markdown.ts';

test.each([
  ['a mention', '@everyone', /@\w/],
  ['a mention in code', '`@acme/team`', /@\w/],
  ['an issue', 'Closes #12', /#\d/],
  ['an issue of another repository', 'fixes acme/sync3#12', /#\d/],
  ['an issue by its old name', 'fixes GH-12', /GH-\d/],
  ['an address', 'closes https://github.com/acme/sync3/issues/1', /:\/\//],
  ['an address without a scheme', 'www.example.com', /www\./],
  ['a picture', '![x](https://example.com/x.png)', /!\[/],
  ['a link', '[click](//example.com)', /\]\(/],
  ['a link by reference', '[click][x]\n\n[x]: /y', /\][[:]/],
  ['HTML', '<img src=x> </details> <!-- hidden -->', /<[a-z/!]/],
  ['text that is shown in another order', 'abc\u202edef', /\u202e/],
  ['control characters', 'a\u0007b\rc', /\p{Cc}/u],
])('%s does nothing', (_, text, active) => {
  expect(text).toMatch(active);
  expect(inertMarkdown(text)).not.toMatch(active);
});

test('headings, lists, code and plain words stay as they are', () => {
  const text =
    '### Breaking\n\n- `settings.loop`: *must* be 5 < 6, mail a @ b, `# 1`, a[0]\n\t1. x';
  expect(inertMarkdown(text)).toBe(text);
});

test('a text that GitHub would refuse for its length is cut, and says so', () => {
  const text = inertMarkdown('@a '.repeat(40_000));
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toMatch(/the changeset in this change has all of it\.$/);
});
