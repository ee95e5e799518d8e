import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Routes } from '../../src/openapi/routes.js';
import { needKey } from '../../src/http/needs.js';
import { startApp, type TestApp } from '../kit/app.js';

type Handler = (...args: unknown[]) => unknown;

describe('the routes', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.stop());

  it('every one says what right it needs', () => {
    const nest = app.app;
    const scanner = new MetadataScanner();
    const reflector = new Reflector();
    const controllers = nest.get(DiscoveryService, { strict: false }).getControllers();

    const silent = controllers.flatMap(({ metatype }) => {
      const prototype = metatype?.prototype as Record<string, Handler>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((name) => reflector.get<unknown>(METHOD_METADATA, prototype[name]) !== undefined)
        .filter((name) => reflector.get<unknown>(needKey, prototype[name]) === undefined)
        .map((name) => `${metatype?.name}.${name}`);
    });

    expect(silent).toEqual([]);
    expect(controllers.length).toBeGreaterThan(10);
  });

  it('only these need no credentials at all', () => {
    const open = app.app
      .get(Routes, { strict: false })
      .all()
      .filter(({ needs }) => needs === 'nothing')
      .map(({ method, path }) => `${method} ${path}`);

    expect(open).toEqual(['get /@{owner}/{wiki}/api/v1/health']);
  });
});
