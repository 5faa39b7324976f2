// `npm test`: everything. The build and the browser come while the tests without a browser run.

import { browser, build, lint, stories, tests, types } from './checks.ts'
import { conclude, runStages } from './stages.ts'

const withoutBrowser = tests('house rules, unit tests, PGlite and PostgreSQL', ['unit', 'pglite', 'postgres'])

conclude(
  await runStages(
    [
      lint,
      types,
      browser,
      withoutBrowser,
      build,
      { ...stories, after: [browser.name, build.name, withoutBrowser.name] },
    ],
    2,
  ),
)
