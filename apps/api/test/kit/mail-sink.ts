import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect } from 'vitest';

/** A mail as it arrived. */
export interface ArrivedMail {
  from: string;
  to: string;
  subject: string;
  /** The headers as they were sent. */
  head: string;
  text: string;
  /** The addresses in its text. */
  links: string[];
}

export type MailSink = Awaited<ReturnType<typeof aMailSink>>;

/** A mail server on a free port that keeps what it is given; with `refuse` it says no to recipients. */
export async function aMailSink(options: { port?: number; refuse?: (to: string) => boolean } = {}) {
  const mails: ArrivedMail[] = [];
  const onData: SMTPServerOptions['onData'] = (stream, session, callback) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      const [from, to] = [mailFrom === false ? '' : mailFrom.address, rcptTo.map(({ address }) => address).join()];
      mails.push({ from, to, ...partsOf(Buffer.concat(chunks).toString('utf8')) });
      callback();
    });
  };
  const onRcptTo: SMTPServerOptions['onRcptTo'] = ({ address }, _session, callback) =>
    callback(options.refuse?.(address) ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null);
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onData, onRcptTo });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    /** The newest mail to somebody, once so many have come. */
    newest: async (to: string, count = 1): Promise<ArrivedMail> => {
      const theirs = () => mails.filter((mail) => mail.to === to);
      await expect.poll(() => theirs().length).toBeGreaterThanOrEqual(count);
      return theirs().at(-1) as ArrivedMail;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function partsOf(message: string): Pick<ArrivedMail, 'subject' | 'head' | 'text' | 'links'> {
  const [head = '', ...rest] = message.split('\r\n\r\n');
  const body = rest.join('\n\n');
  const text = /quoted-printable/i.test(head) ? quotedPrintable(body) : body;
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(head)?.[1] ?? '';
  return { head, subject: unfolded(subject), text, links: text.match(/https?:\/\/\S+/g) ?? [] };
}

/** A header as it is read: encoded words put together (RFC 2047). */
const unfolded = (header: string): string =>
  header
    .replace(/\?=\r\n[ \t]+=\?UTF-8\?Q\?/gi, '')
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, word: string) => quotedPrintable(word.replaceAll('_', ' ')));

const quotedPrintable = (text: string): string =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
