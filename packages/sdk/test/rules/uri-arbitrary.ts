import fc from 'fast-check';
import { ipLiteral, ipv4 } from './ip-literal-arbitrary.js';
import { pieces } from './uri-piece-arbitrary.js';

const scheme = fc.constantFrom(
  'https',
  'http',
  'data',
  's3',
  'urn',
  'file',
  'HTTP',
  'a',
  'x+y-z.1',
);
const badScheme = fc.constantFrom('', '1a', '+a', 'ht tp', 'é', 'a_b', '-', 'ſ', 'http:');

function host(faults: boolean): fc.Arbitrary<string> {
  const literal = fc
    .tuple(
      ipLiteral(faults),
      fc.constantFrom(']', ']', ']', ']', ...(faults ? ['', ']]', ']a'] : [])),
    )
    .map(([inside, end]) => `[${inside}${end}`);
  return fc.oneof(
    fc.constantFrom('example.com', 'localhost', ''),
    ipv4(faults),
    literal,
    pieces(faults, []),
  );
}

function uriOf(faults: boolean): fc.Arbitrary<string> {
  const path = (start: string) => pieces(faults, ['/', '/', ':', '@']).map((text) => start + text);
  const authority = fc
    .tuple(
      fc.option(
        pieces(faults, [':']).map((user) => `${user}@`),
        { nil: '' },
      ),
      host(faults),
      fc.constantFrom('', '', ':', ':80', ':99999', ...(faults ? [':8a', '::', ':-1'] : [])),
      fc.oneof(fc.constant(''), path('/')),
    )
    .map((parts) => `//${parts.join('')}`);
  const afterScheme = fc.oneof(
    { weight: 3, arbitrary: authority },
    { weight: 1, arbitrary: fc.constantFrom('/', '/a', '/a//b', 'a', 'a/b', 'a:b@c', '@') },
    { weight: 1, arbitrary: pieces(faults, [':', '@', '/'], 1).map((text) => `a${text}`) },
    ...(faults
      ? [
          {
            weight: 1,
            arbitrary: fc.oneof(
              fc.constantFrom('', '//', '///', ':', '//@', '//@@'),
              path('/'),
              path(''),
            ),
          },
        ]
      : []),
  );
  const tail = (mark: string) =>
    fc.oneof(
      fc.constant(''),
      pieces(faults, ['/', '?', ':', '@', ...(faults ? ['#'] : [])]).map((text) => mark + text),
    );
  const start = faults
    ? fc.oneof({ weight: 9, arbitrary: scheme }, { weight: 1, arbitrary: badScheme })
    : scheme;
  const colon = fc.constantFrom(':', ':', ':', ':', ':', ':', ...(faults ? ['', '::'] : []));
  return fc.tuple(start, colon, afterScheme, tail('?'), tail('#')).map((parts) => parts.join(''));
}

/** Legal by RFC 3986, made from its grammar. */
export const uri: fc.Arbitrary<string> = uriOf(false);

/** Made from the grammar of RFC 3986 with a fault here and there. */
export const nearUri: fc.Arbitrary<string> = uriOf(true);
