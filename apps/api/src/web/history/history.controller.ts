import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Commits, DeletedPages, PageHistory } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { told } from '../told.js';
import { BlameScreen } from './blame-screen.js';
import { ChangesScreen } from './changes-screen.js';
import { CommitScreen } from './commit-screen.js';
import { DeletedScreen } from './deleted-screen.js';
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
    private readonly deletedPages: DeletedPages,
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
    return htmlAnswer(
      HistoryScreen({ ...this.frames.of(access, request), path, changes, next, isNewest: cursor === undefined }),
    );
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
    @Query({ schema: schema.changesQuery }) { cursor, ...asked }: schema.ChangesQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    const filter = Object.fromEntries(Object.entries(asked).filter(([, text]) => text !== undefined));
    const frame = this.frames.of(access, request);
    const agents = await this.history.agents(access);
    try {
      const { entries, next } = await this.history.changes(access, { ...filter, limit: pageOfChanges, cursor });
      return htmlAnswer(ChangesScreen({ ...frame, entries, next, filter, agents, fault: null }));
    } catch (error) {
      const fault = told(error, reply);
      return htmlAnswer(ChangesScreen({ ...frame, entries: [], next: null, filter, agents, fault }));
    }
  }

  /** The pages that were deleted and can be brought back. */
  @Get('deleted')
  @Needs('history.read')
  async deleted(
    @Granted() access: Access<'history.read'>,
    @Query({ schema: schema.part }) { cursor }: schema.Part,
    @Req() request: DoorRequest,
  ): Promise<HtmlPage> {
    const { pages, next } = await this.deletedPages.list(access, { limit: pageOfChanges, cursor });
    return htmlAnswer(DeletedScreen({ ...this.frames.of(access, request), pages, next }));
  }
}
