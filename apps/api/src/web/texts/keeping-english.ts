/** What the members and settings of a wiki say, and the mail that invites to it, in English. */
export const keepingInEnglish = {
  save: 'Save',
  cancel: 'Cancel',
  members: {
    who: 'Who has a role',
    role: (role: string): string => ({ owner: 'Owner', editor: 'Editor', viewer: 'Viewer' })[role] ?? role,
    means: { editor: 'Editor: reads and writes', viewer: 'Viewer: reads' },
    you: 'you',
    since: (day: string, by: string | null): string => (by === null ? `since ${day}` : `since ${day}, by ${by}`),
    make: (role: string): string => (role === 'editor' ? 'Make editor' : 'Make viewer'),
    makeWhom: (who: string, role: string): string => `${role === 'editor' ? 'Make editor' : 'Make viewer'}: ${who}`,
    remove: 'Remove',
    removeWhom: (who: string) => `Remove ${who}`,
    leave: 'Leave',
    leaveThis: 'Leave this wiki',
    add: 'Let somebody in',
    login: 'Username or e-mail address',
    loginHint:
      'Who has a username here gets the role at once. An e-mail address gets a link, good for one person. Leave this empty for a link to pass on.',
    roleField: 'Role',
    daysField: 'A link is good for',
    days: (days: number): string => (days === 1 ? '1 day' : `${days} days`),
    addButton: 'Let in',
    unknown:
      'Nobody here has that username. For somebody without an account, type their e-mail address, or leave this empty for a link.',
    ownerFault: 'This is the owner of the wiki, whose role stays.',
    link: {
      title: 'A link for one person',
      mailed: (email: string) =>
        `We also send it to ${email}. If no mail arrives there, pass it on yourself. It is shown this once.`,
      pass: 'Pass it on yourself. It is shown this once.',
      means: (role: string, until: string): string =>
        `Whoever opens it first makes an account, or signs in with the one they have, and is ${role === 'editor' ? 'an editor' : 'a viewer'} then. It is good until ${until}.`,
      meansClosed: (role: string, until: string): string =>
        `Whoever opens it first and signs in is ${role === 'editor' ? 'an editor' : 'a viewer'} then. Accounts are made by the operator here. It is good until ${until}.`,
    },
    pending: 'Invitations that wait',
    anyone: 'A link to pass on',
    until: (role: string, until: string): string => `${role === 'editor' ? 'Editor' : 'Viewer'}, good until ${until}`,
    by: (who: string) => `, made by ${who}`,
    revoke: 'Revoke',
    revokeWhom: (who: string) => `Revoke the invitation: ${who}`,
    done: {
      added: 'The role is given.',
      role: 'The role is changed.',
      removed: 'The role is taken away.',
      revoked: 'The invitation is revoked. Its link no longer works.',
      public: 'The wiki is public now.',
      private: 'The wiki is private now.',
    },
    visibility: {
      title: 'Who may read it',
      private: 'This wiki is private: only whoever has a role finds and reads it. To all others it is not there.',
      public:
        'This wiki is public: anybody reads it without an account, in the browser, over the API, as an agent and by git, with its whole history. Writing takes a role. Search engines may list it.',
      toPublic: 'Make it public …',
      toPrivate: 'Make it private',
      toPrivateHint: 'What others have read or copied by then stays with them.',
    },
    publish: {
      title: 'Make this wiki public?',
      text: 'Anybody will read all of it, without an account:',
      what: [
        'every page and every file, and what they were before: deleted pages and old texts stay in the history',
        'the names and usernames of those who wrote, and when',
        'in the browser, over the API, as an agent (MCP), and as a clone by git; search engines may list it',
      ],
      stays:
        'Members, invitations, tokens and drafts stay hidden. It can be made private again, but what was copied meanwhile stays copied.',
      button: 'Make it public',
    },
    removing: {
      title: (who: string) => `Take the role of ${who} away?`,
      private: (who: string) =>
        `${who} no longer finds this wiki, in the browser or by a token. What ${who} wrote stays.`,
      public: (who: string) =>
        `${who} no longer writes here. The wiki is public, so reading stays. What ${who} wrote stays.`,
      button: 'Take the role away',
    },
    leaving: {
      title: 'Leave this wiki?',
      private:
        'You no longer find it, in the browser or by a token. What you wrote stays. Only its owner can let you in again.',
      public: 'You no longer write here; reading stays, for the wiki is public. Only its owner can let you in again.',
      button: 'Leave',
    },
  },
  settings: {
    about: 'What it is',
    name: 'Name',
    purpose: 'What it is for',
    purposeHint: 'Optional. Agents read it first: say what belongs here, and for whom.',
    categories: 'Categories',
    categoriesHint:
      'One to a line. Pages name theirs in their properties. One that is missing here is kept on its pages, and listed among what needs care.',
    linkOrder: 'How links with a label are written',
    orders: {
      'target-first': { example: '[[Page|label]]', text: 'the page first, as in Obsidian and MediaWiki' },
      'label-first': { example: '[[label|Page]]', text: 'the label first, as in An Otter Wiki' },
    },
    linkOrderHint:
      'Pages are not rewritten. If you change this, every link with a label that is there already is read the other way round, so its label becomes its page.',
    done: {
      saved: 'The settings are saved.',
      nothing: 'Nothing was changed.',
      slug: 'The wiki has its new address.',
      custom: 'The address is set.',
      noCustom: 'The address of its own is given back.',
    },
    conflict:
      'Meanwhile these settings were changed elsewhere, so nothing is saved yet. What is there now stands at the fields; save again to put yours in its place.',
    now: (value: string) => `Now there: ${value}`,
    nowEmpty: 'Now there: nothing',
    address: 'Its address',
    addressNow: 'It is here:',
    slug: 'Short name in the address',
    slugHint: '1 to 64 letters a-z, digits and hyphens.',
    slugWarning:
      'The old address leads nowhere then: links from elsewhere, clones and connected agents need the new one. Tokens and members stay.',
    slugWarningCustom: 'The wiki stays at the address of its own below.',
    slugButton: 'Change the address',
    custom: 'Address of its own',
    customHint:
      '3 to 30 letters a-z, digits and hyphens, shared with nobody. Empty: none. Browsers are led there from the other addresses, where agents and git are served too.',
    customBack: 'One that is given back is kept from others for a year.',
    customButton: 'Set the address',
    customPlan: 'An address of its own is part of the premium plan. This wiki is on the free plan.',
    customOperator: 'The operator of this server does not give wikis addresses of their own.',
    remove: 'Delete this wiki',
    removeText:
      'It is closed at once, for everybody: in the browser, to agents, tokens and git. For seven days you can restore it, with all that belongs to it. Then it is erased, history and all.',
    removeCopy: 'If you want to keep a copy, take it first.',
    confirmation: (expected: string) => `Type ${expected} to confirm`,
    mismatch: (expected: string) => `This is not ${expected}.`,
    removeButton: 'Delete the wiki',
    lapsed: 'The payment for this wiki has lapsed, so its settings cannot be changed. It can be deleted.',
    faults: {
      name: '1 to 100 characters, without < and > and invisible ones.',
      purpose: 'At most 2000 characters, without invisible ones.',
      categories: 'At most 200 categories with at most 100 characters each.',
      slugTaken: 'There is a wiki of yours under that name, or a deleted one that can still be restored.',
    },
  },
  deleted: {
    title: 'Deleted wikis',
    text: 'A wiki that was deleted can be restored for seven days. Then it is erased.',
    none: 'There is no wiki that could be restored.',
    until: (day: string) => `can be restored until ${day}`,
    restore: 'Restore',
    restoreWhat: (name: string) => `Restore ${name}`,
    done: (name: string, until: string) => `“${name}” is deleted. You can restore it until ${until}.`,
    desk: 'Your wikis',
  },
  mail: {
    greeting: 'Hello,',
    subject: (wiki: string) => `You are invited to @${wiki}`,
    text: (by: string, wiki: string, site: string) =>
      `${by} invites you to the wiki @${wiki} at ${site}. Follow this link to make an account, or to accept with the one you have:`,
    good: (days: number): string =>
      days <= 1 ? 'The link is good for one day, once.' : `The link is good for ${days} days, once.`,
    ignore: 'If you do not know who that is, do nothing: without the link nothing happens.',
  },
};

export type KeepingTexts = typeof keepingInEnglish;
