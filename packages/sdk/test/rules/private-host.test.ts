import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPrivateHost } from '../../src/media/private-host.js';

const octet = fc.nat(255);

/** First and last address of each block that never leaves a machine or a network. */
const privateBlocks = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.168.0.0', '192.168.255.255'],
] as const;

const numberOf = (address: string) =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

describe('an IPv4 address', () => {
  test('is private exactly inside the private blocks, however it is written', () => {
    const edges = privateBlocks
      .flat()
      .flatMap((edge) => [-1, 0, 1].map((by) => numberOf(edge) + by));
    const address = fc.oneof(
      fc.constantFrom(...edges.filter((edge) => edge >= 0)),
      fc.tuple(octet, octet, octet, octet).map((parts) => numberOf(parts.join('.'))),
    );
    fc.assert(
      fc.property(address, (number) => {
        const expected = privateBlocks.some(
          ([first, last]) => numberOf(first) <= number && number <= numberOf(last),
        );
        const { hostname } = new URL(`http://${number}`);
        expect(isPrivateHost(hostname)).toBe(expected);
        expect(isPrivateHost(`${number}`)).toBe(expected);
        expect(isPrivateHost(`0x${number.toString(16)}`)).toBe(expected);
        expect(isPrivateHost(`::ffff:${hostname}`)).toBe(expected);
        expect(isPrivateHost(new URL(`http://[::ffff:${hostname}]`).hostname)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an IPv6 address', () => {
  test.each([
    '::',
    '::1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    'fe80::1',
    'fe80::1%eth0',
    '[FEBF::1]',
    'fec0::1',
    'fc00::',
    'fdff:ffff::1',
    '::127.0.0.1',
    '64:ff9b::10.0.0.1',
    '::ffff:0:192.168.0.1',
  ])('%s is private', (address) => {
    expect(isPrivateHost(address)).toBe(true);
  });

  test.each([
    '2606:4700::1111',
    '[2001:db8::1]',
    'fc::1',
    'fe8::1',
    'ff02::1',
    '::2:0:0:1',
    '64:ff9b::8.8.8.8',
    '::ffff:8.8.8.8',
  ])('%s is not', (address) => {
    expect(isPrivateHost(address)).toBe(false);
  });
});

describe('a name', () => {
  test.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'app.localhost',
    'printer.local',
    'app.lan',
    'minio',
    'host.docker.internal',
    'metadata.google.internal',
    'nas.home.arpa',
  ])('%s is private', (name) => {
    expect(isPrivateHost(name)).toBe(true);
  });

  test.each([
    'example.com',
    'example.com.',
    'localhost.example.com',
    'local.example',
    'mylocal.net',
    '10.example.com',
    '127.0.0.1.nip.io',
    'bücher.example',
  ])('%s is not', (name) => {
    expect(isPrivateHost(name)).toBe(false);
  });

  test.each(['', 'a b', '1.2.3.256', 'fe80::g'])('that is none (%j) counts as private', (name) => {
    expect(isPrivateHost(name)).toBe(true);
  });
});
