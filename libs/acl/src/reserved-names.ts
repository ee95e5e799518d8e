/** Names that are, or could pass for, a part of the platform, a mail role or a host of the operator. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...['admin', 'administrator', 'api', 'app', 'apps', 'assets', 'auth', 'billing', 'blog', 'console', 'dev', 'docs'],
  ...['ftp', 'git', 'healthz', 'help', 'host', 'imap', 'login', 'logout', 'mail', 'mcp', 'me', 'new', 'ns', 'ns1'],
  ...['ns2', 'null', 'oauth', 'pop', 'readyz', 'robot', 'search', 'settings', 'signin', 'signup', 'smtp', 'ssh'],
  ...['static', 'status', 'undefined', 'user', 'users', 'vpn', 'wiki', 'wikis', 'www', 'localhost', 'metrics'],
  ...['abuse', 'hostmaster', 'info', 'legal', 'no-reply', 'nobody', 'noreply', 'official', 'postmaster', 'root'],
  ...['security', 'staff', 'support', 'system', 'team', 'webmaster', 'wikibot', 'anonymous', 'everyone'],
]);

/** First path segments of an owner's space that mean something else than a wiki. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  ...['api', 'mcp', 'auth', 'console', 'docs', 'oauth', 'me', 'new', 'settings'],
]);
