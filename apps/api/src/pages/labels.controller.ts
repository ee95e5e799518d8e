import { Controller, Get } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Pages } from '@lib/wiki';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { categoryCounts, tagCounts } from './link.schema.js';

@Controller('~wiki/api/v1')
export class LabelsController {
  constructor(private readonly pages: Pages) {}

  @Get('categories')
  @Describes('Categories of the wiki, and how many pages each has')
  @Needs('page.read')
  @Answers(categoryCounts)
  async categories(@Granted() access: Access<'page.read'>) {
    return { categories: await this.pages.categories(access) };
  }

  @Get('tags')
  @Describes('Tags in use, and how many pages each has')
  @Needs('page.read')
  @Answers(tagCounts)
  async tags(@Granted() access: Access<'page.read'>) {
    return { tags: await this.pages.tags(access) };
  }
}
