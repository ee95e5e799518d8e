import { Controller, Get, Header } from '@nestjs/common';
import { Needs } from '../http/needs.js';
import { Readiness } from './readiness.js';

/** Whether the process lives, and whether it can serve. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get(['healthz', '~wiki/api/v1/health'])
  @Needs('nothing')
  @Header('cache-control', 'no-store')
  health() {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Needs('nothing')
  @Header('cache-control', 'no-store')
  ready() {
    return this.readiness.check();
  }
}
