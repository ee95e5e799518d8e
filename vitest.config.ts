import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    globals: true,
    include: [
      'apps/api/**/*.spec.ts',
      'apps/web/**/*.spec.ts',
      'libs/**/*.spec.ts',
      'test/**/*.spec.ts',
      'tools/**/*.spec.ts',
    ],
    globalSetup: ['test/global-setup.ts'],
    isolate: false,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // What is waited for comes late on a busy machine.
    expect: { poll: { timeout: 30_000, interval: 50 } },
  },
});
