/** A mail as it goes out: plain text, to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** What carries mails away. It throws an UndeliverableError for those that can never go, another error for a bad moment. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** The mail server says that this mail, to this address, is not taken: to try again would change nothing. */
export class UndeliverableError extends Error {}
