/** The arrows of ARCHITECTURE.md: who may import whom. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Data flows one way. Find the idea that both need and give it a file.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'enter-by-the-door',
      severity: 'error',
      comment: 'Import @lib/wiki, not a file inside it. If you need the file, export the idea.',
      from: { path: '^(apps|libs)/([^/]+)/', pathNot: '(\\.spec\\.ts$|/test/)' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$|testing/)', pathNot: '^$1/$2/' },
    },
    {
      name: 'rooms-know-no-door',
      severity: 'error',
      comment: 'A room knows one subject and nothing of the outside.',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'rooms-know-no-web',
      severity: 'error',
      comment: 'Only doors know HTTP, MCP and queues.',
      from: { path: '^libs/' },
      to: { path: 'node_modules/(@nestjs|fastify|@fastify|bullmq|@modelcontextprotocol)/' },
    },
    {
      name: 'acl-stands-alone',
      severity: 'error',
      from: { path: '^libs/acl/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(git|wiki|search)/' },
    },
    {
      name: 'git-stands-alone',
      severity: 'error',
      from: { path: '^libs/git/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(acl|wiki|search)/' },
    },
    {
      name: 'markdown-stands-alone',
      severity: 'error',
      from: { path: '^libs/markdown/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(acl|git|wiki|search)/' },
    },
    {
      name: 'search-knows-no-wiki',
      severity: 'error',
      from: { path: '^libs/search/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(git|wiki)/' },
    },
    {
      name: 'wiki-knows-no-search-door',
      severity: 'error',
      comment: 'The catalogue writes its keyword tables itself; search asks for them through a port.',
      from: { path: '^libs/wiki/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/search/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { pathNot: '(\\.spec\\.ts$|/test/|/testing/)' },
      to: { path: '/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|\\.d\\.ts$)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
