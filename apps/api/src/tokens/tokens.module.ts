import { Module } from '@nestjs/common';
import { TokensController } from './tokens.controller.js';
import { WikiNames } from './wiki-names.js';

@Module({ controllers: [TokensController], providers: [WikiNames], exports: [WikiNames] })
export class TokensModule {}
