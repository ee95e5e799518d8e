import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { RedisLink } from './redis-link.js';

it('of a Redis that refuses every attempt the first error is said, without the password', async () => {
  let attempts = 0;
  const refusing = createServer((socket) => {
    attempts += 1;
    socket.once('data', () => socket.end('-WRONGPASS invalid username-password pair\r\n'));
  });
  await once(refusing.listen(0, '127.0.0.1'), 'listening');
  const { port } = refusing.address() as AddressInfo;
  const errors: Error[] = [];
  const link = new RedisLink(`redis://:the-password@127.0.0.1:${port}`, (error) => errors.push(error));

  await expect.poll(() => attempts, { timeout: 10_000 }).toBeGreaterThan(3);
  expect(errors).toMatchObject([{ message: expect.stringContaining('WRONGPASS') as string }]);
  expect(inspect(errors, { depth: 9 })).not.toContain('the-password');

  link.close();
  refusing.close();
});
