import { isIP } from 'node:net';

/** The network that an address is in, as far as it tells a person where a session was begun; null when it is no address. */
export function coarseNetwork(address: string | null): string | null {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(plain) !== 6) return null;
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? 0 : tail.split(':').length;
  const whole =
    tail === undefined ? groups : [...groups, ...Array<string>(Math.max(8 - groups.length - rest, 0)).fill('0')];
  return `${whole.slice(0, 3).join(':')}::/48`;
}
