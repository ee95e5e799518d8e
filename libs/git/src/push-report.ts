import { flush, packet, sideBand } from './pkt-line.js';
import type { PushRequest } from './push-request.js';

/** Why each ref was refused; no reasons: it was taken. */
export type PushOutcome = ReadonlyMap<string, string[]>;

/** The answer to a push: one line for each ref, and every reason on a `remote:` line. */
export function pushReport({ commands, sideBand: hasSideBand }: PushRequest, outcome: PushOutcome): Buffer {
  // Clients that only ask whether they are let in send no command and expect no report.
  if (commands.length === 0) return Buffer.alloc(0);
  const lines = ['unpack ok\n'];
  const said: string[] = [];
  for (const { ref } of commands) {
    const reasons = outcome.get(ref) ?? [];
    lines.push(reasons[0] === undefined ? `ok ${ref}\n` : `ng ${ref} ${printable(reasons[0], 200)}\n`);
    said.push(...reasons.map((reason) => `${printable(reason, 1000)}\n`));
  }
  const status = Buffer.concat([...lines.map((line) => packet(line)), flush]);
  if (!hasSideBand) return status;
  return Buffer.concat([sideBand(2, Buffer.from(said.join(''))), sideBand(1, status), flush]);
}

/** A terminal shows these words: control characters and direction overrides of a pushed name must not reach it. */
export function printable(text: string, maxLength: number): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '?');
  return plain.length > maxLength ? `${[...plain].slice(0, maxLength - 1).join('')}…` : plain;
}
