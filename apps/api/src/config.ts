import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { WikiAddress } from '@lib/acl';
import { z } from 'zod';

const mebibyte = 1024 * 1024;
const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const optionalCount = z.coerce.number().int().min(0).optional();

/** How many proxies are believed: what stands before their own entries anybody may have written. */
const proxies = (given: string): number => (given === 'true' ? 1 : Number(given) || 0);

/** Every variable wikibot reads. The descriptions become `.env.example` and the configuration page. */
export const environment = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080).describe('Port to listen on'),
  BASE_URL: z.url().optional().describe('Address under which people reach this server; http://localhost:PORT if unset'),
  WILDCARD_DNS: z
    .enum(['true', 'false'])
    .default('false')
    .describe('true: every {user}.domain leads here, so wikis are announced as {user}.domain/{wiki}'),
  TRUST_PROXY: z
    .string()
    .regex(/^(?:true|false|[1-9])$/)
    .default('false')
    .describe(
      'true: a reverse proxy in front sets X-Forwarded-For and X-Forwarded-Proto; how many, if one behind another',
    ),
  DATA_DIR: z.string().min(1).default('./data').describe('Folder of everything that is kept'),
  DATABASE_URL: z.url().optional().describe('A PostgreSQL of your own (15 or newer); the embedded one if unset'),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(8).describe('Database connections of one process'),
  DATABASE_TIMEOUT: z.coerce
    .number()
    .min(0.1)
    .max(29)
    .default(25)
    .describe('Longest time that one database statement of a request may take, in seconds'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis for the job queue when there are many machines'),
  JOBS: z
    .enum(['inline', 'off'])
    .default('inline')
    .describe('inline: this process also works off the jobs; off: `worker.js` processes do'),
  SEARCH_BY_MEANING: z
    .enum(['on', 'off'])
    .default('on')
    .describe('off: searches look for words only, and no model is loaded'),
  MODEL_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of another embedding model of the MiniLM family; the one that comes along if unset'),
  VECTOR_MEMORY: count(256).describe('Memory for the vectors of all wikis in use, in MiB'),
  BILLING: z.enum(['off', 'on']).default('off').describe('on: plans limit what wikis hold; off: nothing is limited'),
  MAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+$/i)
    .optional()
    .describe('Domain of the addresses in commits, users.noreply.{domain}; that of BASE_URL if unset'),
  SIGN_UP: z
    .enum(['open', 'invitation', 'closed'])
    .default('invitation')
    .describe('Who may make an account in the browser: open: anybody; invitation: whoever has one; closed: nobody'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server, smtp://user:password@host:587 or smtps://…; if unset, links are written to the log'),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>@"\p{Cc}]+ <[^\s<>@",;]+@[^\s<>@",;]+>|[^\s<>@",;]+@[^\s<>@",;]+)$/u, {
      error: 'It is no sender: address@host, or Name <address@host>',
    })
    .optional()
    .describe('Sender of mails; wikibot@ the host of BASE_URL if unset'),
  PAGE_BYTES: count(mebibyte).describe('Largest page, in bytes'),
  FILE_BYTES: count(10 * mebibyte).describe('Largest attachment, in bytes'),
  PUSH_BYTES: count(1024 * mebibyte).describe(
    'Largest pack that one push may send, and largest upload to import, in bytes',
  ),
  MAX_PAGES: optionalCount.describe('Pages a wiki may have while billing is off; unset: no limit'),
  MAX_ATTACHMENT_BYTES: optionalCount.describe(
    'Bytes of attachments a wiki may have while billing is off; unset: no limit',
  ),
  MAX_COLLABORATORS: optionalCount.describe('Collaborators a wiki may have while billing is off; unset: no limit'),
  LANDING: z
    .string()
    .min(1)
    .optional()
    .describe('What visitors find at / in place of our page: a public wiki, @user/wiki or @slug, or a markdown file'),
  TERMS: z.string().min(1).optional().describe('Markdown file of your terms of use; docs/terms.md if unset'),
  PRIVACY: z.string().min(1).optional().describe('Markdown file of your privacy notice; docs/privacy.md if unset'),
  SOURCE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where the source of this server is; the repository that package.json names if unset'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged, as JSON lines on standard output'),
});

type Environment = z.infer<typeof environment>;

/** The configuration, read once and never changed. */
export interface Config {
  readonly http: { host: string; port: number; baseUrl: URL; wildcardDns: boolean; trustProxy: number };
  readonly dataDir: string;
  readonly database: { url: string | undefined; pool: number; timeoutMs: number };
  readonly redisUrl: string | undefined;
  readonly jobs: 'inline' | 'off';
  /** Null where searches look for words only. */
  readonly meaning: { modelDir: string | undefined; vectorBytes: number } | null;
  readonly billing: 'off' | 'on';
  readonly mailDomain: string;
  readonly signUp: 'open' | 'invitation' | 'closed';
  /** Null where no mail server is known. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly limits: {
    pageBytes: number;
    fileBytes: number;
    pushBytes: number;
    pages?: number | undefined;
    attachmentBytes?: number | undefined;
    collaborators?: number | undefined;
  };
  /** What the operator shows to visitors in place of what comes along. */
  readonly front: {
    landing: { wiki: WikiAddress } | { file: string } | null;
    terms: string | null;
    privacy: string | null;
    sourceUrl: string | null;
  };
  readonly logLevel: Environment['LOG_LEVEL'];
}

/** A mistake of whoever set the environment; the message names every one of them. */
export class ConfigError extends Error {}

/** Reads the environment, `NAME_FILE` (a file that holds the value, as secrets are mounted) included. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(withFiles(variables));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new ConfigError(`The configuration has mistakes:\n${faults.join('\n')}`);
  }
  return nested(parsed.data);
}

function withFiles(variables: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const given: Record<string, string | undefined> = {};
  for (const name of Object.keys(environment.shape)) {
    const file = variables[`${name}_FILE`];
    // An empty variable is what compose files make of an unset one.
    given[name] = variables[name] || (file ? contents(`${name}_FILE`, file) : undefined);
  }
  return given;
}

function contents(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError(`The configuration has mistakes:\n  ${name}: ${file} cannot be read`);
  }
}

function nested(env: Environment): Config {
  const baseUrl = new URL(env.BASE_URL ?? `http://localhost:${env.PORT}`);
  if (baseUrl.pathname !== '/' || baseUrl.search !== '') {
    throw new ConfigError('The configuration has mistakes:\n  BASE_URL: it may not have a path');
  }
  return {
    http: {
      host: env.HOST,
      port: env.PORT,
      baseUrl,
      wildcardDns: env.WILDCARD_DNS === 'true',
      trustProxy: proxies(env.TRUST_PROXY),
    },
    dataDir: resolve(env.DATA_DIR),
    database: { url: env.DATABASE_URL, pool: env.DATABASE_POOL, timeoutMs: Math.round(env.DATABASE_TIMEOUT * 1000) },
    redisUrl: env.REDIS_URL,
    jobs: env.JOBS,
    meaning:
      env.SEARCH_BY_MEANING === 'off'
        ? null
        : { modelDir: env.MODEL_DIR && resolve(env.MODEL_DIR), vectorBytes: env.VECTOR_MEMORY * mebibyte },
    billing: env.BILLING,
    mailDomain: env.MAIL_DOMAIN ?? baseUrl.hostname,
    signUp: env.SIGN_UP,
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.MAIL_FROM ?? `wikibot@${baseUrl.hostname}`,
    limits: {
      pageBytes: env.PAGE_BYTES,
      fileBytes: env.FILE_BYTES,
      pushBytes: env.PUSH_BYTES,
      pages: env.MAX_PAGES,
      attachmentBytes: env.MAX_ATTACHMENT_BYTES,
      collaborators: env.MAX_COLLABORATORS,
    },
    front: {
      landing: landingOf(env.LANDING),
      terms: markdownFile('TERMS', env.TERMS),
      privacy: markdownFile('PRIVACY', env.PRIVACY),
      sourceUrl: env.SOURCE_URL ?? null,
    },
    logLevel: env.LOG_LEVEL,
  };
}

function landingOf(given: string | undefined): Config['front']['landing'] {
  if (given?.startsWith('@') === true) {
    const [, owner = '', slug] = /^@([a-z0-9-]+)(?:\/([a-z0-9-]+))?$/.exec(given) ?? [];
    if (owner !== '') return { wiki: slug === undefined ? { customSlug: owner } : { owner, slug } };
    throw new ConfigError('The configuration has mistakes:\n  LANDING: a wiki is named @user/wiki or @slug');
  }
  const file = markdownFile('LANDING', given);
  return file === null ? null : { file };
}

function markdownFile(name: string, given: string | undefined): string | null {
  if (given === undefined) return null;
  contents(name, resolve(given));
  return resolve(given);
}
