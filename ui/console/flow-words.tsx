/** Flows in the reader's words: whose one is, what a step is called, where a condition stands, and what was found. */
import type { ReactNode } from 'react'
import type { FlowFinding, FlowName, FlowView, OutlineStep } from '#core/flows/contract'
import type { UiSite } from '../site.tsx'
import { Isolated, words } from '../words.tsx'

export const flowsPath = '/organization/flows'
export const flowPath = (name: FlowName): string => `${flowsPath}/${name}`

export const flowCalled = (site: UiSite, name: FlowName): string => site.texts.t(`flow.name.${name}`)

export const stepCalled = (site: UiSite, step: string): string =>
  site.texts.has(`step.${step}`) ? site.texts.t(`step.${step}`) : step

/** A flow with the name of the organization that it comes from; null where it comes with the product. */
export type Sourced = { view: FlowView; from: string | null; isOwn: boolean }

/** Whose flow counts, in a few words. */
export const sourceWords = (site: UiSite, { view, from, isOwn }: Sourced): string => {
  const { t } = site.texts
  const { source } = view.effective
  if (source.name !== view.name) return t('flow.source.everybody')
  if (isOwn) return t('flow.source.own', { version: source.version })
  return from === null ? t('flow.source.ready-made') : t('flow.source.inherited', { from, version: source.version })
}

/** A condition reads from left to right in every language, and may be as long as a line of code. */
export const Condition = ({ children }: { children: string }) => <code dir="ltr">{children}</code>

/** "If …" or "Only if …" with the condition in it. */
export const conditional = (site: UiSite, key: string, condition: string): ReactNode =>
  words(site, key, {}, { c: () => <Condition>{condition}</Condition> })

export const findingWords = (site: UiSite, { code, data = {} }: FlowFinding): string => {
  const key = `finding.${code}`
  const { step } = data
  const named = typeof step === 'string' ? { ...data, step: stepCalled(site, step) } : data
  return site.texts.has(key) ? site.texts.t(key, named) : code
}

/** Where something was found: a node by its own name, which the document has. */
export const placeOf = ({ path }: FlowFinding): ReactNode =>
  path === '' ? null : <Isolated>{path.replace(/^nodes\./, '').replaceAll('.', ' › ')}</Isolated>

/** Names of settings as texts spell them. */
export const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

type Fact = { key: string; words: string }

/** What is set for a step, where it differs from what one would expect. */
export const factsOf = (site: UiSite, { node: { settings = {} } }: OutlineStep): Fact[] => {
  const { t } = site.texts
  const list = new Intl.ListFormat(site.locale, { type: 'unit' })
  const methods = Array.isArray(settings.methods) ? settings.methods.map(String) : null
  return [
    ...(methods ? [{ key: 'methods', words: list.format(methods.map((method) => stepCalled(site, method))) }] : []),
    ...(['required', 'always', 'withIdentifier'] as const).flatMap((key) =>
      settings[key] === true ? [{ key, words: t(`flow.fact.${kebab(key)}`) }] : [],
    ),
    ...(settings.password === false ? [{ key: 'password', words: t('flow.fact.no-password') }] : []),
  ]
}
