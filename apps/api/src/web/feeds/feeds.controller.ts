import { Controller, Get, StreamableFile } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { PageHistory } from '@lib/wiki';
import { Granted, Needs } from '../../http/needs.js';
import { Frames } from '../layout/frames.js';
import { atom, entryOf, type Feed, jsonFeed, rss } from './feed.js';

const mostEntries = 50;

/** What changed in a wiki, for programs that follow it. */
@Controller('~wiki/-')
export class FeedsController {
  constructor(
    private readonly history: PageHistory,
    private readonly frames: Frames,
  ) {}

  @Get('feed.atom')
  @Needs('history.read')
  async atom(@Granted() access: Access<'history.read'>): Promise<StreamableFile> {
    return this.answer(atom(await this.feed(access, 'feed.atom')), 'application/atom+xml');
  }

  @Get('feed.rss')
  @Needs('history.read')
  async rss(@Granted() access: Access<'history.read'>): Promise<StreamableFile> {
    return this.answer(rss(await this.feed(access, 'feed.rss')), 'application/rss+xml');
  }

  @Get('feed.json')
  @Needs('history.read')
  async json(@Granted() access: Access<'history.read'>): Promise<StreamableFile> {
    return this.answer(jsonFeed(await this.feed(access, 'feed.json')), 'application/feed+json');
  }

  private async feed(access: Access<'history.read'>, name: string): Promise<Feed> {
    const { entries } = await this.history.changes(access, { limit: mostEntries });
    const base = this.frames.base(access);
    const at = (path: string) => this.frames.canonical(access, `${base}${path}`);
    const { name: title, purpose } = access.wiki;
    return {
      ...{ title, description: purpose ?? title, home: at(''), self: at(`/-/${name}`) },
      entries: entries.map((entry) => entryOf(entry, at(`/-/commit/${entry.revision}`))),
    };
  }

  private answer(text: string, type: string): StreamableFile {
    return new StreamableFile(Buffer.from(text), { type: `${type}; charset=utf-8` });
  }
}
