import type { RunningServer } from './server.js';

/** Tells the person at the console what to open: on the first start how to make an account, later the address alone. */
export async function welcome(server: RunningServer, startMs: number): Promise<void> {
  process.stdout.write(await welcomeText(server, startMs));
}

/** What the console says once the server listens. */
export async function welcomeText({ rooms, url }: Pick<RunningServer, 'rooms' | 'url'>, startMs: number) {
  const base = rooms.config.http.baseUrl.origin;
  const lines = [
    '',
    `  wikibot is at ${base} (started in ${(startMs / 1000).toFixed(1)} s, listening on ${url})`,
    ...(await nextSteps(rooms, base)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

async function nextSteps({ people, invitations, wikis }: RunningServer['rooms'], base: string): Promise<string[]> {
  if ((await people.count()) === 0) return firstSteps(base, (await invitations.toFirstAccount()).secret);
  if (await wikis.any()) return [];
  return [`  There is no wiki yet. Make the first at ${base}/new`];
}

const firstSteps = (base: string, invitation: string): string[] => [
  '',
  '  There is no account yet. Open this link to make the first, which operates this server:',
  '',
  `    ${base}/auth/sign-up?invitation=${invitation}`,
  '',
  `  Then make a wiki at ${base}/new - its page tells how to connect an agent.`,
  '  The link is good for a day, once. Without a browser:',
  '',
  '    npm run wikibot -- user add alice --admin        make an account; it asks for a password',
  '    npm run wikibot -- wiki create @alice/notes      make a wiki; it prints how to connect',
];
