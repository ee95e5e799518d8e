import type { Config } from '../config.js';
import { type Mail, type Mailer, UndeliverableError } from './mailer.js';

type Transport = ReturnType<(typeof import('nodemailer'))['createTransport']>;

// A mail server that does not answer holds up one job, and no request.
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 };

/** Hands mails to the operator's mail server. */
export class SmtpMailer implements Mailer {
  private transport: Promise<Transport> | null = null;

  constructor(
    private readonly url: string,
    private readonly config: Pick<Config, 'mailFrom'>,
  ) {}

  async send({ to, subject, text }: Mail): Promise<void> {
    // Loaded with the first mail: most processes never send one.
    this.transport ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({ url: this.url, ...patience }),
    );
    const transport = await this.transport;
    try {
      await transport.sendMail({
        // As an object, it is taken for one address whatever is in it.
        ...{ from: this.config.mailFrom, to: { name: '', address: to }, subject, text },
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...{ disableFileAccess: true, disableUrlAccess: true },
      });
    } catch (error) {
      throw isRefusal(error) ? new UndeliverableError((error as Error).message) : error;
    }
  }

  close(): void {
    void this.transport?.then((transport) => transport.close()).catch(() => {});
  }
}

/** A refusal for good of the recipient or of the text; a refusal of us, as of a wrong password, may be mended. */
function isRefusal(error: unknown): boolean {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isAboutMail && (typeof responseCode !== 'number' || responseCode >= 500);
}
