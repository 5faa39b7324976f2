// The dependency rule of docs/house.md, enforced. tests/house/guards-bite.test.ts plants a violation of every rule
// below and expects its name in the report, so a rule that stops biting turns the check red.

/**
 * The order of the modules: each calls those of the rows above it and its neighbours, never in a circle. A new module takes
 * its place here and by a decision record.
 */
const rows = [
  ['authority', 'audit', 'outbox', 'tickets', 'documents', 'limits', 'idempotency', 'notes'],
  ['organizations'],
  ['people', 'access', 'tokens'],
  ['sessions', 'devices', 'consents', 'usage', 'themes', 'texts', 'flows'],
  ['emails', 'sms'],
  ['credentials', 'connections', 'recovery'],
  ['roster', 'invitations', 'onboarding', 'oversight'],
  ['login'],
  ['applications', 'webhooks'],
  ['account', 'removal'],
]
const modules = rows.flat()

const ours = ['app', 'server', 'web', 'ui', 'core', 'platform', 'demo', 'cli', 'bench', 'tests']
const allBut = (...folders) => `^(${ours.filter((folder) => !folders.includes(folder)).join('|')})/`

// Tests may reach for anything; product code may not.
const product = { pathNot: '\\.test\\.tsx?$' }
const frameworks = '(^|node_modules/)(react|react-dom|next|next-auth|@mantine/[^/]+|@tabler/[^/]+)(/|$)'

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from: { ...product, ...from }, to })

const moduleOrder = rows.slice(0, -1).map((row, position) =>
  rule(
    `order-${row[0]}`,
    `${row.join(', ')} call only the modules of their row and of the rows above it.`,
    { path: `^core/(${row.join('|')})/` },
    {
      path: `^core/(${rows
        .slice(position + 1)
        .flat()
        .join('|')})/`,
    },
  ),
)

module.exports = {
  forbidden: [
    rule('platform-alone', 'platform imports nothing of ours.', { path: '^platform/' }, { path: allBut('platform') }),
    rule('core-downhill', 'core imports core and platform.', { path: '^core/' }, { path: allBut('core', 'platform') }),
    rule(
      'web-downhill',
      'web imports core and platform.',
      { path: '^web/' },
      { path: allBut('web', 'core', 'platform') },
    ),
    rule(
      'server-downhill',
      'server imports web, core and platform; in demo mode it seeds the demo world.',
      { path: '^server/' },
      { path: allBut('server', 'web', 'core', 'platform', 'demo') },
    ),
    rule(
      'app-downhill',
      'app imports web, ui, core and platform; the gallery reads the plain data of the demo world.',
      { path: '^app/' },
      { path: `${allBut('app', 'web', 'ui', 'core', 'platform')}(?!world\\.ts$)` },
    ),
    rule(
      'ui-downhill',
      'ui knows the words of core (contract.ts) and the plain data of the demo world, nothing else.',
      { path: '^ui/' },
      { path: allBut('ui'), pathNot: '^core/[^/]+/contract\\.ts$|^demo/world\\.ts$' },
    ),
    rule(
      'demo-downhill',
      'demo imports core and platform.',
      { path: '^demo/' },
      { path: allBut('demo', 'core', 'platform') },
    ),
    rule(
      'world-is-plain-data',
      'Anyone may import the demo world, so it brings no code of ours along.',
      { path: '^demo/world\\.ts$' },
      { path: '^(core|platform)/', pathNot: '/contract\\.ts$' },
    ),
    rule(
      'cli-downhill',
      'cli imports core, platform and demo; it writes down the documents of the REST interface.',
      { path: '^cli/' },
      { path: `${allBut('cli', 'core', 'platform', 'demo')}(?!api-documents\\.ts$)` },
    ),
    rule(
      'no-framework-below-app',
      'core, web and platform are plain TypeScript: no React, no Next, no Mantine.',
      { path: '^(core|web|platform|demo)/' },
      { path: frameworks },
    ),
    rule(
      'server-without-next',
      'server runs natively beside the bundled pages: only server/next.ts opens Next, by its main entry.',
      { path: '^server/', pathNot: '^server/next\\.ts$|\\.test\\.ts$' },
      { path: frameworks },
    ),
    rule(
      'server-next-main-entry',
      'server/next.ts imports `next` itself, nothing below it and no React.',
      { path: '^server/next\\.ts$' },
      {
        path: frameworks,
        pathNot: 'node_modules/next/(package\\.json|types/[^/]+\\.d\\.ts|dist/server/next\\.js)$|^next$',
      },
    ),
    rule(
      'no-jsx-below-ui',
      'Native type stripping cannot load .tsx.',
      { path: '^(server|web|core|platform|demo|cli)/' },
      { path: '\\.[jt]sx$' },
    ),
    rule(
      'module-doors',
      'A module is entered by index.ts or contract.ts; its rules and its store are its own.',
      { path: '^core/([^/]+)/' },
      { path: '^core/[^/]+/', pathNot: ['^core/$1/', '^core/[^/]+/(index|contract)\\.ts$'] },
    ),
    rule(
      'doors-from-outside',
      'From outside core, a module is entered by index.ts or contract.ts.',
      { path: '^(app|server|web|ui|demo|cli|bench)/' },
      { path: '^core/[^/]+/', pathNot: '^core/[^/]+/(index|contract)\\.ts$' },
    ),
    ...moduleOrder,
    rule(
      'module-in-order',
      'A new module takes its place in the order by a decision record, and in this file.',
      { path: `^core/(?!(${modules.join('|')})/)[^/]+/` },
      {},
    ),
    {
      name: 'no-folder-circle',
      comment: 'Modules never call each other in a circle.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(core/[^/]+|platform|web|server|ui|app|demo|cli)$' },
      to: { circular: true },
    },
    rule(
      'no-file-circle',
      'Files never load each other in a circle; a type may look back.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('resolvable', 'Every import resolves: a deep `#` import does not.', {}, { couldNotResolve: true }),
    rule(
      'no-dev-packages',
      'The product runs without the development packages.',
      { path: '^(app|server|web|ui|core|platform|demo)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    // TypeScript 7 has no programmatic parser that dependency-cruiser could use; without swc it reads no file at all.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // A test beside the code may reach for anything; it is no part of the folder that it stands in.
    exclude: { path: '(^|/)\\.next|next-env\\.d\\.ts|\\.css$|\\.test\\.tsx?$' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}
