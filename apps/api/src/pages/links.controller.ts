import { Controller, Get, Param } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Pages } from '@lib/wiki';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { linkGraph, pageLinks } from './link.schema.js';
import { graphAnswer, linksAnswer } from './link-answers.js';

@Controller('~wiki/api/v1')
export class LinksController {
  constructor(private readonly pages: Pages) {}

  @Get('links')
  @Describes('All links between pages, wanted pages included')
  @Needs('page.read')
  @Answers(linkGraph)
  async graph(@Granted() access: Access<'page.read'>) {
    return graphAnswer(await this.pages.graph(access));
  }

  @Get(['links/:path', 'pages/:path/links'])
  @Describes('Links of a page in both directions; a page that does not exist may be linked to', 'path-not-allowed')
  @Needs('page.read')
  @Answers(pageLinks)
  async ofPage(@Granted() access: Access<'page.read'>, @Param('path') path: string) {
    return linksAnswer(path, await this.pages.links(access, path));
  }
}
