import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.js';

/** The log as something that can be injected. */
export abstract class Log {
  abstract error(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract debug(fields: object, message: string): void;
}

// What is never logged, wherever it turns up in an object.
const secrets = ['authorization', 'cookie', 'password', 'secret', 'token', 'mcp_token'];
const redact = secrets.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]);

/** The log of a process: JSON lines on standard output; on standard error for the command line. */
export function openLog(config: Pick<Config, 'logLevel'>, destination: 1 | 2 | DestinationStream = 1): Logger {
  const out = typeof destination === 'number' ? pino.destination(destination) : destination;
  return pino({ level: config.logLevel, redact, base: { pid: process.pid } }, out);
}

/** The framework's own messages in the same log; its start-up chatter is for debugging. */
export function frameworkLog(log: Logger): LoggerService {
  const say = (level: 'debug' | 'warn' | 'error') => (message: unknown, context?: unknown) =>
    log[level]({ context: typeof context === 'string' ? context : undefined }, String(message));
  return { log: say('debug'), debug: say('debug'), verbose: say('debug'), warn: say('warn'), error: say('error') };
}
