const pages = (count: number): string => (count === 1 ? '1 page' : `${count} pages`);
const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`);

/** What the landing page, the desk, the pages of people, terms and privacy say, in English. */
export const frontInEnglish = {
  title: 'wikibot: wikis that people and AI agents write together',
  heading: 'A wiki that people and AI agents write together',
  description:
    'Wikis of markdown in git. People write them in the browser, AI agents by MCP, programs by REST, all by git; with one set of access rules, search by meaning, and a history that says who wrote what.',
  lead: 'Each wiki is a git repository of markdown. All who work on it see the same pages, under one set of access rules, and the history says of every change which person and which agent made it.',
  start: 'Getting started',
  source: 'Source',
  byInvitation: 'Accounts are made by invitation.',
  noAccounts:
    'Nobody has an account here yet. Whoever started this server finds the link to the first one where it runs: it is printed on its console.',
  doors: {
    title: 'Four doors, one wiki',
    web: {
      title: 'People, in the browser',
      text: 'Read, write, compare, restore, search. Everything works without JavaScript; an editor, a palette and a picture of the links come with it.',
    },
    mcp: {
      title: 'AI agents, by MCP',
      text: (tools: number) =>
        `${tools} tools: search by words and meaning, read a page or a section of it, edit with the revision that was read, look at history, tidy up.`,
    },
    rest: {
      title: 'Programs, by REST',
      text: 'The same pages as JSON, described by OpenAPI, with ETags and dry runs, and keys with which a repeated request is done once.',
    },
    git: {
      title: 'Everybody, by git',
      text: 'A clone is the whole wiki with its history. A push follows the same rules as every other door, and says why it was refused.',
    },
  },
  example: {
    title: 'An agent and a person on one page',
    text: (wiki: string, count: number) =>
      `“${wiki}” is the wiki of an invented field station, ${count} pages long. An agent works in it for Mara by MCP; while it does, Ines opens the same page in her browser. What is below was recorded from a running server, and a test plays it again with every change of the program.`,
    captions: [
      'The agent looks for a page. The question shares hardly a word with it; it is found by what it means.',
      'It reads what it found, and is told the revision.',
      'Meanwhile Ines changes a row of the table in the browser.',
      'The agent writes, naming the revision that it read. That is not the newest any more. The two changes are in different lines, so both are kept, and the agent is sent the page as it is now.',
      'The history says who did what: people by name, agents in brackets behind the name of the person they worked for.',
    ],
    inBrowser: 'in the browser',
    before: 'before',
    after: 'after',
    asked: 'asked',
    answered: 'answered',
    page: (path: string) => `The page ${path}`,
    both: 'Both changes are in the page',
    same: 'Had both changed the same line, the second to come would have been refused and shown both sides: an agent in its answer, a person on a page where the two are put together.',
  },
  differs: {
    title: 'What it does otherwise',
    points: [
      [
        'No write is lost, and none overwrites what was not seen',
        'A change is on the disk before it is acknowledged. One that began from an old revision is merged, or refused with both sides.',
      ],
      [
        'A page stays as it was written',
        'Its bytes are never changed by the program. There is no other format behind the markdown, and nothing to export: the repository is the wiki.',
      ],
      [
        'Every change names its maker',
        'Person, agent and door are kept with each commit, and shown in history, comparisons and line by line. A change can be taken back alone, with what came later kept.',
      ],
      [
        'What one may not see does not exist',
        'A private wiki answers exactly as one that is not there, at every door. Tokens for agents can be narrowed to some wikis, some folders, or to reading.',
      ],
      [
        'Search by meaning, on the server itself',
        'Words and meaning together are the default. The model comes along and runs beside the wiki, so no text leaves the machine for it.',
      ],
      [
        'One command to run it',
        'Node and git are all it needs: database and model come along. It is ready in about a second, and takes some 130 MB of memory at rest.',
      ],
    ],
  },
  pricing: {
    title: 'What it costs',
    own: {
      title: 'On your own server',
      price: 'Free',
      points: ['MIT License', 'Everything, without limits', 'Your machine, your data, your rules'],
    },
    here: 'On this server',
    free: 'Free',
    premium: 'Premium',
    soon: 'Premium is coming soon.',
    upgraded: 'A wiki is upgraded by whoever operates this server.',
    unlimited: 'No limits on wikis, pages, people or pushes',
    wikis: (count: number) => (count === 1 ? '1 wiki for each person' : `${count} wikis for each person`),
    pages: (count: number) => `${count} pages in a wiki`,
    noPages: 'Pages without a limit',
    people: (count: number) => (count === 1 ? '1 collaborator' : `${count} collaborators`),
    noPeople: 'Collaborators without a limit',
    files: (size: string) => `${size} of files in a wiki`,
    noFiles: 'Files without a limit in all',
    single: (page: string, file: string) => `A page up to ${page}, a file up to ${file}`,
    push: 'Clone, pull and push',
    noPush: 'Clone and pull; no push',
    slug: 'An address of its own choice for each wiki',
    always: 'Browser, MCP, REST, and search by meaning are part of everything.',
  },
  desk: {
    title: 'Your desk',
    create: 'New wiki',
    bring: 'Bring one along',
    since: (time: string) => `Changed since ${time}`,
    newest: 'Newest changes',
    nothingSince: (time: string) => `Nothing has changed since you were here on ${time}.`,
    people: 'People',
    agents: 'Agents',
    agentOf: (who: string) => `for ${who}`,
    you: 'you',
    changes,
    more: (count: number) => `and ${pages(count)} more`,
    files: (count: number) => (count === 1 ? '1 file' : `${count} files`),
    others: (count: number) => `and ${count} more`,
    atLeast: 'These are the newest; there are more.',
    all: 'All changes',
    otherWikis: (count: number) =>
      count === 1 ? 'One more of your wikis has changed.' : `${count} more of your wikis have changed.`,
    drafts: 'Your drafts',
    draftOf: (wiki: string) => `in ${wiki}`,
    keptOn: 'kept',
    wikis: 'Your wikis',
    pages,
    changed: 'changed',
    role: (role: string) => role,
    showAll: (count: number) => `Show all ${count} wikis`,
    deleted: 'Deleted wikis that can be restored',
    ownPage: 'Your public page',
    empty: {
      title: 'Begin with a wiki',
      text: 'You have no wiki yet, and nobody has invited you to one.',
      make: 'Make a wiki',
      makeText: 'A name and a purpose are enough. It begins with three pages that say how to work in it.',
      connect: 'Connect your agent',
      connectText:
        'The wiki then has a tab that names its address, makes a token, and shows the lines for each client.',
      write: 'Write the first page',
      writeText: 'In the browser, or ask your agent to. Both see it at once.',
      bring: 'There is one already?',
      bringText: 'A folder of markdown, an archive, or a git repository with its history can be brought along.',
    },
  },
  person: {
    wikisOf: (name: string) => `Wikis of ${name}`,
    description: (name: string, count: number) =>
      count === 1 ? `A public wiki of ${name}.` : `${count} public wikis of ${name}.`,
    none: 'There is no wiki here that you may see.',
    noneNobody: 'There is no public wiki here. If you have been invited to one, sign in to see it.',
    noneOwn: 'You have no wiki yet.',
    cut: 'There are more than are shown.',
  },
  terms: 'Terms of use of this server: accounts, names, what is kept, deleting and leaving.',
  privacy: 'What this server keeps of people, for how long, who sees it, and how to delete or take it along.',
};

export type FrontTexts = typeof frontInEnglish;
