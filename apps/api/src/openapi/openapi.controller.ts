import { Controller, Get, Header } from '@nestjs/common';
import { Needs } from '../http/needs.js';
import { apiDocument } from './api-document.js';
import { docsPage } from './docs-page.js';
import { type Route, Routes } from './routes.js';

/** The API tells about itself. */
@Controller('api')
export class OpenapiController {
  constructor(private readonly routes: Routes) {}

  @Get('openapi.json')
  @Needs('nothing')
  document() {
    return apiDocument(this.documented(), '1.0.0');
  }

  @Get('docs')
  @Needs('nothing')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return docsPage(this.documented());
  }

  /** What is open to all is a probe for machines that watch the server, no part of the API. */
  private documented(): Route[] {
    return this.routes.all().filter(({ needs }) => needs !== 'nothing');
  }
}
