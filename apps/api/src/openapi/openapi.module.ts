import { Module } from '@nestjs/common';
import { DiscoveryModule, MetadataScanner } from '@nestjs/core';
import { OpenapiController } from './openapi.controller.js';
import { Routes } from './routes.js';

@Module({
  imports: [DiscoveryModule],
  controllers: [OpenapiController],
  providers: [Routes, MetadataScanner],
  exports: [Routes],
})
export class OpenapiModule {}
