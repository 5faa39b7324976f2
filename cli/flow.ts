// `livery flow`: checks a flow that stands in a file, and walks it with somebody made up. Needs no database.

import { readFileSync } from 'node:fs'
import { checkFlow, flowFindingWords, type Simulation, simulate, simulated } from '#core/flows'
import { type Flow, type FlowFinding, type FlowPurpose, flowPurposes } from '#core/flows/contract'
import { catalogue } from '#core/login'
import { builtInTexts } from '#core/texts'
import { type Command, type Given, UsageError } from './command.ts'
import { inColumns, type Report, well } from './report.ts'

const options = {
  purpose: { value: `<${flowPurposes.join('|')}>`, says: 'what the flow is for; sign-in unless told' },
  'require-second-step': { says: 'checks as where the organization requires a second step' },
} as const

const jsonOf = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${what} is no JSON: ${(error as Error).message}.`)
  }
}

const fileOf = ({ argument }: Given): unknown => {
  try {
    return jsonOf(readFileSync(argument, 'utf8'), argument)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${argument} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
}

const lineOf = (finding: FlowFinding): string[] => [
  finding.level === 'error' ? 'mistake' : 'note',
  finding.path || '-',
  flowFindingWords(builtInTexts('en'), finding),
]

const refused = (findings: readonly FlowFinding[]): Report => ({
  isWell: findings.every(({ level }) => level === 'hint'),
  text: findings.length === 0 ? 'Nothing stands in the way.' : inColumns(findings.map(lineOf)),
  data: { findings },
})

type Read = { written: unknown; purpose: FlowPurpose; secondFactorRequired: boolean }

const read = (given: Given): Read => ({
  written: fileOf(given),
  purpose: given.among('purpose', flowPurposes) ?? 'sign-in',
  secondFactorRequired: given.is('require-second-step'),
})

const checked = ({ written, purpose, secondFactorRequired }: Read) =>
  checkFlow(written, purpose, catalogue, { secondFactorRequired })

/** Somebody made up, as `--as` says: what is not said is the usual. */
const somebodyOf = (given: Given) => {
  const typed = given.text('as')
  const found = simulated.safeParse(typed === undefined ? {} : jsonOf(typed, '--as'))
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new UsageError(
    `--as: ${issue?.path.join('.') || 'somebody'}: ${issue?.message}. It may say ${Object.keys(simulated.shape).join(', ')}.`,
  )
}

const ends: Record<Simulation['end'], string> = {
  end: 'They are let in.',
  help: 'They ask for help, and wait for an answer.',
  broken: 'Nobody is let in this way.',
  endless: 'They never come to an end.',
}

const wordOf = (step: string): string => {
  const texts = builtInTexts('en')
  return texts.has(`step.${step}`) ? texts.t(`step.${step}`) : step
}

const told = ({ asked, end, proofs }: Simulation): string => {
  const steps = asked.map(({ place, step, ways, proof }, index) => [
    `${index + 1}.`,
    wordOf(step),
    place,
    proof ? `proves ${proof}` : '',
    ways.length > 0 ? `or ${ways.join(', ')}` : '',
  ])
  const proven = proofs.length > 0 ? ` Proven: ${proofs.map(({ kind }) => kind).join(', ')}.` : ''
  return `${inColumns(steps)}\n${ends[end]}${proven}`.trim()
}

const walked = (flow: Flow, given: Given): Report => {
  const simulation = simulate(flow, somebodyOf(given), catalogue)
  const isWell = simulation.end === 'end' || simulation.end === 'help'
  return { ...well(told(simulation), simulation), isWell }
}

export const flowCommands: readonly Command[] = [
  {
    words: 'flow check',
    argument: '<file>',
    does: 'checks a flow as it is checked before it is published',
    isOnItsOwn: true,
    options,
    begin: (given) => {
      const asked = read(given)
      return async () => refused(checked(asked).findings)
    },
  },
  {
    words: 'flow simulate',
    argument: '<file>',
    does: 'walks a flow with somebody made up, and says what they are asked',
    isOnItsOwn: true,
    options: { ...options, as: { value: '<json>', says: 'who they are: \'{"hasTotp":true,"kind":"staff"}\'' } },
    begin: (given) => {
      const asked = read(given)
      somebodyOf(given)
      return async () => {
        const { flow, findings } = checked(asked)
        return flow ? walked(flow, given) : refused(findings)
      }
    },
  },
]
