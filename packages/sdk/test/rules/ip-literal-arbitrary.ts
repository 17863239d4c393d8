import fc from 'fast-check';
import { pieces } from './uri-piece-arbitrary.js';

const octets = ['0', '7', '10', '127', '199', '249', '255', '01', '001'];
const badOctets = ['256', '259', '260', '300', '1000', '', 'a'];
const octet = (faults: boolean) =>
  faults
    ? fc.oneof(
        { weight: 7, arbitrary: fc.constantFrom(...octets) },
        { weight: 1, arbitrary: fc.constantFrom(...badOctets) },
      )
    : fc.constantFrom(...octets);
/** A dotted quad. */
export const ipv4 = (faults: boolean) =>
  fc.tuple(octet(faults), octet(faults), octet(faults), octet(faults)).map((all) => all.join('.'));
const hextet = fc.constantFrom('0', '1', 'ab', 'F00', 'beef', '2001', '0000');

const eightHextets = fc.array(hextet, { minLength: 8, maxLength: 8 });
const fullIpv6 = eightHextets.map((list) => list.join(':'));

/** One hextet or more of the eight left out. */
const shortIpv6 = fc
  .tuple(eightHextets, fc.nat(7), fc.integer({ min: 1, max: 8 }))
  .map(([list, from, length]) => {
    const [before, after] = [list.slice(0, from), list.slice(from + length)];
    return `${before.join(':')}::${after.join(':')}`;
  });

/** Hextets, double colons and dotted quads in every number and order. */
const nearIpv6 = fc
  .tuple(
    fc.array(fc.oneof(hextet, hextet, fc.constantFrom('', '12345', 'g', '0')), { maxLength: 9 }),
    fc.option(ipv4(true), { nil: undefined }),
    fc.constantFrom('', '', '::', ':'),
    fc.constantFrom('', '', '::', ':', '%25eth0', '/64'),
  )
  .map(([list, last, first, end]) => {
    const parts = last === undefined ? list : [...list, last];
    return first + parts.join(':') + end;
  });

/** The double colon at each place between so many hextets, with a dotted quad or without. */
const countedIpv6 = fc
  .tuple(fc.nat(8), fc.nat(8), fc.option(ipv4(true), { nil: undefined }), hextet)
  .map(([before, after, quad, part]) => {
    const right = [...Array<string>(after).fill(part), ...(quad === undefined ? [] : [quad])];
    return `${Array(before).fill(part).join(':')}::${right.join(':')}`;
  });

const ipFuture = (faults: boolean) =>
  fc
    .tuple(
      fc.constantFrom('v', 'V', ...(faults ? ['', 'w'] : [])),
      fc.constantFrom('1', 'aF', ...(faults ? ['', 'g'] : [])),
      fc.constantFrom('.', '.', '.', ...(faults ? [''] : [])),
      faults ? pieces(true, [':']) : fc.constantFrom('a', 'x:y', "-._~!$&'()*+,;=:", '0'),
    )
    .map((parts) => parts.join(''));

/** What stands between brackets for a host: an IPv6 address, or one of a later version. */
export const ipLiteral = (faults: boolean): fc.Arbitrary<string> =>
  faults
    ? fc.oneof(fullIpv6, shortIpv6, nearIpv6, countedIpv6, ipFuture(true))
    : fc.oneof(fullIpv6, shortIpv6, ipFuture(false));
