import type { RunningServer } from './server.js';

/** Tells the person at the console where to go, and on the first start how to make an account. */
export async function welcome({ rooms, url }: RunningServer, startMs: number): Promise<void> {
  const { config, people, invitations } = rooms;
  const base = config.http.baseUrl.origin;
  const lines = [
    '',
    `  wikibot is at ${base} (started in ${(startMs / 1000).toFixed(1)} s, listening on ${url})`,
    `  data       ${config.dataDir}`,
    `  REST docs  ${base}/api/docs`,
    `  console    ${base}/console`,
    '',
    ...((await people.count()) === 0 ? firstSteps(base, (await invitations.toFirstAccount()).secret) : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const firstSteps = (base: string, invitation: string): string[] => [
  '  There is no account yet. Make the first, which operates this server, in the browser:',
  '',
  `    ${base}/auth/sign-up?invitation=${invitation}`,
  '',
  '  The link is good for a day, once. Or in a second terminal:',
  '',
  '    npm run wikibot -- user add alice --admin        make an account; it asks for a password',
  '    npm run wikibot -- wiki create @alice/notes      make a wiki; it prints how to connect',
  '',
];
