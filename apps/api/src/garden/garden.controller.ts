import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Gardening } from '@lib/wiki';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { gardenAnswer, gardenLimits } from './garden-answers.js';
import * as schema from './garden.schema.js';

@Controller('~wiki/api/v1/garden')
export class GardenController {
  constructor(private readonly gardening: Gardening) {}

  @Get()
  @Describes('What a gardener would look at: orphans, broken links, stale and odd pages')
  @Needs('garden.read')
  @Answers(schema.gardenReport)
  async report(
    @Granted() access: Access<'garden.read'>,
    @Query({ schema: schema.gardenQuery }) query: z.infer<typeof schema.gardenQuery>,
  ) {
    return gardenAnswer(await this.gardening.report(access, gardenLimits(query)));
  }

  @Post('guide')
  @HttpCode(200)
  @Describes('Bring the usage guide up to date and keep what people added to it')
  @Needs('page.write')
  @Answers(schema.guideRefreshed)
  async refreshGuide(@Granted() access: Access<'page.write'>) {
    return this.gardening.refreshGuide(access);
  }
}
