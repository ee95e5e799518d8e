import { Module } from '@nestjs/common';
import { Remotes } from './remotes.js';
import { RemotesController } from './remotes.controller.js';

@Module({ controllers: [RemotesController], providers: [Remotes] })
export class RemotesModule {}
