import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Commits, PageHistory } from '@lib/wiki';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { BlameScreen } from './blame-screen.js';
import { ChangesScreen } from './changes-screen.js';
import { CommitScreen } from './commit-screen.js';
import { DiffScreen } from './diff-screen.js';
import { HistoryScreen } from './history-screen.js';
import * as schema from './history.schema.js';

const pageOfChanges = 50;

/** What happened to pages, for people. */
@Controller('~wiki/-')
export class WebHistoryController {
  constructor(
    private readonly history: PageHistory,
    private readonly commits: Commits,
    private readonly frames: Frames,
  ) {}

  @Get('history/*')
  @Needs('history.read')
  async ofPage(
    @Granted() access: Access<'history.read'>,
    @Param('*') path: string,
    @Query({ schema: schema.part }) { cursor }: schema.Part,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const { changes, next } = await this.history.log(access, path, { limit: pageOfChanges, cursor });
    return htmlAnswer(HistoryScreen({ ...this.frames.of(access, request), path, changes, next }));
  }

  @Get('diff/*')
  @Needs('history.read')
  async compare(
    @Granted() access: Access<'history.read'>,
    @Param('*') path: string,
    @Query({ schema: schema.comparison }) { from, to }: schema.Comparison,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const compared = await this.history.compare(access, path, from, to);
    return htmlAnswer(DiffScreen({ ...this.frames.of(access, request), path, ...compared }));
  }

  @Get('blame/*')
  @Needs('history.read')
  async blame(
    @Granted() access: Access<'history.read'>,
    @Param('*') path: string,
    @Query({ schema: schema.atRevision }) { revision }: schema.AtRevision,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const { lines } = await this.history.blame(access, path, revision);
    return htmlAnswer(BlameScreen({ ...this.frames.of(access, request), path, lines }));
  }

  @Get('commit/:revision')
  @Needs('history.read')
  async commit(
    @Granted() access: Access<'history.read'>,
    @Param('revision') revision: string,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const commit = await this.commits.read(access, revision);
    return htmlAnswer(CommitScreen({ ...this.frames.of(access, request), ...commit }));
  }

  @Get('changes')
  @Needs('history.read')
  async changes(
    @Granted() access: Access<'history.read'>,
    @Query({ schema: schema.part }) { cursor }: schema.Part,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const { entries, next } = await this.history.changes(access, { limit: pageOfChanges, cursor });
    return htmlAnswer(ChangesScreen({ ...this.frames.of(access, request), entries, next }));
  }
}
