// RFC 1122 (this host, loopback), 1918 (private), 3927 (link-local), 6598 (carriers).
const privateIpv4 =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]*$/;

// RFC 4291 (unspecified, loopback, link-local, site-local), 4193 (unique local), as URL spells them.
const privateIpv6 = /^\[(?:::1?\]|(?:f[cd]\w|fe[89a-f])\w:)/;

/** The upper half of an IPv4 address inside an IPv6 one: mapped, compatible, NAT64 (RFC 6052). */
const upperHalf = /^\[(?:::(?:ffff:(?:0:)?)?|64:ff9b::)([\da-f]+):[\da-f]+\]$/;

/** RFC 6761, 6762, 8375; `internal` is ICANN's, `lan` the habit of routers. */
const privateName = /\.(?:localhost|local|internal|lan|home\.arpa)$/;

/**
 * Whether a host belongs to one machine or one network, so that the same name or address means
 * nothing, or another machine, elsewhere. A name is judged as it stands; no DNS is asked.
 *
 * @param hostname without a port: as `URL` spells it, or an address as DNS answers it. Text that is
 * no host counts as private.
 */
export function isPrivateHost(hostname: string): boolean {
  const isBareIpv6 = /^[^[]*:/.test(hostname);
  const url = `http://${isBareIpv6 ? `[${hostname.replace(/%.*/, '')}]` : hostname}`;
  if (!URL.canParse(url)) return true;
  const host = new URL(url).hostname.replace(/\.$/, '');
  if (host.startsWith('[')) {
    const upper = Number.parseInt(upperHalf.exec(host)?.[1] ?? 'ffff', 16);
    return privateIpv6.test(host) || privateIpv4.test(`${upper >> 8}.${upper & 255}.`);
  }
  return !host.includes('.') || privateIpv4.test(host) || privateName.test(host);
}
