import fc from 'fast-check';
import { nearUri } from './uri-arbitrary.js';
import { nearUuid } from './uuid-arbitrary.js';

/** What people give for a URL or a UUID, and neither is. */
export const notReference: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', 'talk.mp4', './talk.mp4', '/tmp/talk.mp4', '..\\talk.mp4', 'C:\\talk.mp4'],
    ...['//example.com/a', 'example.com/a', 'https://example.com/a b', 'https://example.com/ü'],
    ...['https://example.com/%', 'https://example.com/%zz', 'https://[::1', 'https://[1:2]/'],
    ...[
      'https://example.com\n',
      ' https://example.com',
      '1http://example.com',
      'https:',
      '__proto__',
    ],
    ...['7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f1', '7c3c2a5e5b0e4bb19a436c9d3b4d2f10'],
    ...['{7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10}', '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f1g'],
  ),
  nearUuid,
  nearUri,
);
