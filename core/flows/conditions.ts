// Conditions of flows: CEL over a handful of facts. They come from whoever edits a flow, so they are held to a small part of the
// language: no regular expressions, no list walked inside another one, nothing that grows. What is left takes a time that the length
// of the text bounds.

import {
  type ASTNode,
  Environment,
  type ParseError,
  type ParseResult,
  type TypeCheckResult,
} from '@marcbachmann/cel-js'
import { LRUCache } from 'lru-cache'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import type { FlowFacts, FlowFinding, FlowFindingCode } from './contract.ts'

/** Whether somebody has proven who they are where the condition is asked. */
export type ConditionStage = 'before' | 'after'

/** As long as the contract lets a condition be. */
const longest = 500
const limits = { maxAstNodes: 100, maxDepth: 12, maxListElements: 50, maxCallArguments: 3 }

const always = {
  request: { locale: 'string', address: 'string' },
  organization: { handle: 'string', secondFactorRequired: 'bool' },
  identifier: { kind: 'string', domain: 'string' },
} as const

const ofSomebodyProven = {
  person: {
    hasPassword: 'bool',
    hasPasskey: 'bool',
    hasTotp: 'bool',
    hasPhone: 'bool',
    emailVerified: 'bool',
    roles: 'list<string>',
    groups: 'list<string>',
    passwordAgeDays: 'int',
    accountAgeDays: 'int',
  },
  membership: { kind: 'string' },
  device: { isKnown: 'bool', isTrusted: 'bool' },
} as const

/** Every fact with its type, for whoever has to be told what there is. */
export const conditionFacts = { before: { ...always, proofs: 'list<string>' }, after: ofSomebodyProven } as const

const revealing = new Set(Object.keys(ofSomebodyProven))
const names = new Set([...Object.keys(always), 'proofs', ...revealing])

const environment = (): Environment =>
  processState('flows.conditions', () => {
    const made = new Environment({ limits }).registerVariable('proofs', 'list<string>')
    for (const [name, schema] of Object.entries({ ...always, ...ofSomebodyProven })) {
      made.registerVariable({ name, schema })
    }
    return made
  })

const operators = new Set('&& || == != in < <= > >= ?: + -'.split(' '))
/** Each walks a list, with what is asked of one of its members. */
const walking = new Set(['exists', 'exists_one', 'all', 'filter'])
const methods = new Set([...walking, 'size', 'startsWith', 'endsWith', 'contains', 'lowerAscii'])

const refusal = (code: FlowFindingCode, data?: FlowFinding['data']): FlowFinding => ({
  code,
  path: '',
  level: 'error',
  ...(data && { data }),
})
const notAllowed = (what: string) => refusal('flow.condition_not_allowed', { what })

const firstOf = <T>(all: readonly T[], find: (one: T) => FlowFinding | null): FlowFinding | null => {
  for (const one of all) {
    const found = find(one)
    if (found) return found
  }
  return null
}

const notAllowedInCall = (node: ASTNode & { op: 'rcall' }, inner: ReadonlySet<string> | null): FlowFinding | null => {
  const [method, receiver, given] = node.args
  if (!methods.has(method)) return notAllowed(method)
  if (!walking.has(method)) return firstOf([receiver, ...given], (part) => notAllowedIn(part, inner))
  if (inner !== null) return notAllowed(`${method} in ${[...inner][0]}`)
  const [variable, ...asked] = given
  // A member of a list that goes by the name of a fact would be read as the fact.
  if (variable?.op === 'id' && names.has(variable.args)) return notAllowed(variable.args)
  return notAllowedIn(receiver, inner) ?? firstOf(asked, (part) => notAllowedIn(part, new Set([method])))
}

/** What of an expression is not of the part of the language that flows may use. `inner`: the list that is being walked. */
const notAllowedIn = (node: ASTNode, inner: ReadonlySet<string> | null): FlowFinding | null => {
  switch (node.op) {
    case 'id':
      return null
    case 'value':
      return ['string', 'bigint', 'boolean'].includes(typeof node.args) ? null : notAllowed(String(node.args))
    case '.':
      return notAllowedIn(node.args[0], inner)
    case 'list':
      return firstOf(node.args, (part) => notAllowedIn(part, inner))
    case '!_':
    case '-_':
      return notAllowedIn(node.args, inner)
    case 'rcall':
      return notAllowedInCall(node, inner)
    case 'call': {
      const [name, given] = node.args
      return name === 'size' ? firstOf(given, (part) => notAllowedIn(part, inner)) : notAllowed(name)
    }
    default:
      if (!operators.has(node.op)) return notAllowed(node.op)
      return firstOf(node.args as ASTNode[], (part) => notAllowedIn(part, inner))
  }
}

/** What a condition looks at: `person`, `proofs` and the like. */
const lookedAt = (node: ASTNode): string[] => {
  if (node.op === 'id') return [node.args]
  const parts: unknown[] = Array.isArray(node.args) ? node.args.flat() : [node.args]
  return parts.flatMap((part) =>
    part !== null && typeof part === 'object' && 'op' in part ? lookedAt(part as ASTNode) : [],
  )
}

const told = (error: TypeCheckResult['error']): FlowFinding => {
  const summary = error?.summary ?? 'unreadable'
  const at = (error?.range?.start ?? 0) + 1
  switch (error?.code) {
    case 'limit_exceeded':
      return refusal('flow.condition_too_large')
    case 'unknown_variable':
    case 'no_such_key':
      return refusal('flow.condition_unknown_name', { name: summary.slice(summary.indexOf(': ') + 2) })
    case 'no_such_overload':
    case 'no_matching_overload':
    case 'invalid_logical_operand':
    case 'invalid_condition_type':
    case 'incompatible_ternary_branches':
    case 'invalid_comprehension_range':
      return refusal('flow.condition_mistyped', { reason: summary, at })
    default:
      return refusal('flow.condition_unreadable', { reason: summary, at })
  }
}

type Compiled = { ask: ParseResult; looksAt: ReadonlySet<string> } | { finding: FlowFinding }

const compile = (text: string): Compiled => {
  if (text.length > longest) return { finding: refusal('flow.condition_too_large') }
  let ask: ParseResult
  try {
    ask = environment().parse(text)
  } catch (error) {
    return { finding: told(error as ParseError) }
  }
  // Before the check: it replaces the lists' walks by what they come to.
  const finding = notAllowedIn(ask.ast, null)
  if (finding) return { finding }
  const looksAt = new Set(lookedAt(ask.ast).filter((name) => names.has(name)))
  const { valid, type, error } = ask.check()
  if (!valid) return { finding: told(error) }
  return type === 'bool' ? { ask, looksAt } : { finding: refusal('flow.condition_not_bool', { type: String(type) }) }
}

const compiled = (text: string): Compiled => {
  const kept = processState('flows.compiled', () => new LRUCache<string, Compiled>({ max: 2000 }))
  const known = kept.get(text)
  if (known) return known
  const made = compile(text)
  kept.set(text, made)
  return made
}

/** What is wrong with a condition; null when it may be asked at this stage. The path is left to whoever knows it. */
export const checkCondition = (text: string, stage: ConditionStage): FlowFinding | null => {
  const made = compiled(text)
  if ('finding' in made) return made.finding
  if (made.looksAt.size === 0) return { code: 'flow.condition_constant', path: '', level: 'hint' }
  const name = stage === 'before' && [...made.looksAt].find((fact) => revealing.has(fact))
  return name ? refusal('flow.reveals', { name }) : null
}

const days = (count: number): bigint => BigInt(Number.isFinite(count) ? Math.trunc(count) : 0)

/** As CEL wants them: whole numbers as bigint, and what is not known not there, so that asking for it is an error. */
const asked = (facts: FlowFacts): Record<string, unknown> => {
  const { request, organization, identifier, person, membership, device, proofs } = facts
  return {
    ...{ request, organization, identifier, proofs },
    ...(person && {
      person: {
        ...person,
        passwordAgeDays: days(person.passwordAgeDays),
        accountAgeDays: days(person.accountAgeDays),
      },
    }),
    ...(membership && { membership }),
    ...(device && { device }),
  }
}

/**
 * Whether a condition holds. One that cannot be answered, because it is broken or asks for what nobody knows yet, comes to
 * `ifBroken`: whoever asks says which of the two is the safe one.
 */
export const holds = (text: string, facts: FlowFacts, ifBroken: boolean): boolean => {
  const made = compiled(text)
  if ('finding' in made) {
    log.warn({ condition: text.slice(0, longest), finding: made.finding.code }, 'a condition of a flow is broken')
    return ifBroken
  }
  try {
    return made.ask(asked(facts)) === true
  } catch (error) {
    log.warn({ condition: text, reason: (error as ParseError).summary }, 'a condition of a flow has no answer')
    return ifBroken
  }
}
