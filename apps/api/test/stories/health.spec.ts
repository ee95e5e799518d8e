import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';

describe('health', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.stop());

  it('says that the process lives and that it can serve, with how long that took', async () => {
    const alive = await fetch(`${app.url}/healthz`);
    const ready = await fetch(`${app.url}/readyz`);

    expect(await alive.json()).toEqual({ status: 'ok' });
    expect(await ready.json()).toMatchObject({ status: 'ready', storage_ms: expect.any(Number) as number });
  });

  it('is not ready when files cannot be written', async () => {
    rmSync(app.dataDir, { recursive: true });

    const ready = await fetch(`${app.url}/readyz`);

    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ type: '/problems/not-ready', what: 'storage' });
    expect(ready.headers.get('content-type')).toMatch(/problem\+json/);
  });
});
