// `npm run check`: what a commit has to pass, in less than a minute.

import { lint, tests, types } from './checks.ts'
import { conclude, runStages } from './stages.ts'

conclude(await runStages([lint, types, tests('house rules and unit tests', ['unit'])], 2))
