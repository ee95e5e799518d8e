/** What differs between the answer that a page shows and the one that came; `…` stands for anything. */
export function answerFaults(shown: string, language: string, came: string): string[] {
  return language === 'json' ? jsonFaults(JSON.parse(shown), JSON.parse(came), '') : textFaults(shown, came);
}

/** Every line that is shown has to come, in this order; others may come between. */
function textFaults(shown: string, came: string): string[] {
  const lines = came.split('\n').map((line) => line.trim());
  let next = 0;
  for (const line of shown.split('\n').map((one) => one.trim())) {
    if (line === '' || line === '…') continue;
    const found = lines.findIndex((one, index) => index >= next && fits(line, one));
    if (found === -1) return [`"${line}" did not come: ${came}`];
    next = found + 1;
  }
  return [];
}

/** What is shown has to be in what came; more fields and more entries may. */
function jsonFaults(shown: unknown, came: unknown, at: string): string[] {
  if (typeof shown === 'string' && typeof came === 'string' && fits(shown, came)) return [];
  if (typeof shown !== 'object' || shown === null) {
    const isAnything = shown === '…' && came !== undefined;
    return shown === came || isAnything ? [] : [`${at}: ${JSON.stringify(came)} and not ${JSON.stringify(shown)}`];
  }
  if (typeof came !== 'object' || came === null) return [`${at}: ${JSON.stringify(came)} holds nothing`];
  const got = came as Record<string, unknown>;
  return Object.entries(shown).flatMap(([key, value]) => jsonFaults(value, got[key], `${at}.${key}`));
}

function fits(shown: string, came: string): boolean {
  const parts = shown.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(came);
}
