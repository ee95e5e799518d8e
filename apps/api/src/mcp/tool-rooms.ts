import { Injectable } from '@nestjs/common';
import { Search } from '@lib/search';
import { Attachments, Gardening, PageHistory, Pages, PageWriter } from '@lib/wiki';
import { Addresses } from '../http/addresses.js';

/** Everything tools call, together, because a tool is a value and cannot have anything injected. */
@Injectable()
export class ToolRooms {
  constructor(
    readonly pages: Pages,
    readonly history: PageHistory,
    readonly writer: PageWriter,
    readonly attachments: Attachments,
    readonly gardening: Gardening,
    readonly search: Search,
    readonly addresses: Addresses,
  ) {}
}
