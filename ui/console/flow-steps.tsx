/** A flow as a list that is read from top to bottom. Steps off the main line stand further in; conditions are shown as they are. */
import { IconFlag, IconKey, IconShieldLock, IconUser } from '@tabler/icons-react'
import type { FlowOutline, OutlineStep, StepId } from '#core/flows/contract'
import type { UiSite } from '../site.tsx'
import { join } from '../words.tsx'
import styles from './flow.module.css'
import { conditional, factsOf, stepCalled } from './flow-words.tsx'

const proofs: readonly StepId[] = ['password', 'passkey', 'email-code', 'sms-code', 'mailbox', 'verify-email']
const guards: readonly StepId[] = ['second-step', 'trusted-device', 'enrol']

const iconOf = (step: StepId) => (proofs.includes(step) ? IconKey : guards.includes(step) ? IconShieldLock : IconUser)

const Facts = ({ site, step }: { site: UiSite; step: OutlineStep }) => {
  const facts = factsOf(site, step)
  return facts.length === 0 ? null : (
    <ul className={styles.facts}>
      {facts.map(({ key, words }) => (
        <li key={key}>{words}</li>
      ))}
    </ul>
  )
}

const targetOf = (site: UiSite, steps: readonly OutlineStep[], to: string | null, number: number | null): string => {
  if (to === null) return site.texts.t('flow.leads.end')
  const step = steps.find(({ id }) => id === to)
  return site.texts.t('flow.leads.to', { number: number ?? 0, step: step ? stepCalled(site, step.node.step) : to })
}

/** Nothing where it simply goes on to what stands below. */
function Leads({
  site,
  step,
  steps,
  isWay,
}: {
  site: UiSite
  step: OutlineStep
  steps: OutlineStep[]
  isWay?: boolean
}) {
  const [only, ...others] = step.leads
  if (!only) return null
  const below = step.number === steps.length ? null : step.number + 1
  if (!isWay && others.length === 0 && only.when === null && only.number === below) return null
  return (
    <ul className={styles.leads}>
      {step.leads.map(({ when, to, number }) => (
        <li key={`${when} ${to}`}>
          {join([
            when === null
              ? others.length > 0
                ? site.texts.t('flow.leads.otherwise')
                : ''
              : conditional(site, 'flow.leads.if', when),
            ' ',
            targetOf(site, steps, to, number),
          ])}
        </li>
      ))}
    </ul>
  )
}

function Way({ site, way, steps }: { site: UiSite; way: OutlineStep; steps: OutlineStep[] }) {
  const Icon = iconOf(way.node.step)
  return (
    <li className={styles.way} data-part={`flow.way.${way.id}`}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div>
        <p className={styles.name}>{stepCalled(site, way.node.step)}</p>
        {way.node.when ? <p className={styles.when}>{conditional(site, 'flow.when', way.node.when)}</p> : null}
        <Facts site={site} step={way} />
        <Leads site={site} step={way} steps={steps} isWay />
      </div>
    </li>
  )
}

function Step({ site, step, steps }: { site: UiSite; step: OutlineStep; steps: OutlineStep[] }) {
  const { t } = site.texts
  const Icon = iconOf(step.node.step)
  return (
    <li className={styles.step} data-aside={step.isAside || undefined} data-part={`flow.step.${step.id}`}>
      <span className={styles.number} aria-hidden>
        {step.number === 0 ? '–' : step.number}
      </span>
      <div className={styles.card}>
        <div className={styles.head}>
          <Icon size={20} stroke={1.75} aria-hidden />
          <h3>{stepCalled(site, step.node.step)}</h3>
        </div>
        {step.node.when ? <p className={styles.when}>{conditional(site, 'flow.when', step.node.when)}</p> : null}
        <Facts site={site} step={step} />
        {step.ways.length > 0 ? (
          <div className={styles.ways}>
            <p>{t('flow.ways')}</p>
            <ul>
              {step.ways.map((way) => (
                <Way key={way.id} site={site} way={way} steps={steps} />
              ))}
            </ul>
          </div>
        ) : null}
        <Leads site={site} step={step} steps={steps} />
      </div>
    </li>
  )
}

export function FlowSteps({ site, outline }: { site: UiSite; outline: FlowOutline }) {
  const { t } = site.texts
  const { steps, unused } = outline
  return (
    <>
      <ol className={styles.steps} data-part="flow.steps">
        {steps.map((step) => (
          <Step key={step.id} site={site} step={step} steps={steps} />
        ))}
        <li className={styles.step} data-end="">
          <span className={styles.number} aria-hidden>
            <IconFlag size={16} stroke={1.75} />
          </span>
          <p className={styles.end}>{t('flow.end')}</p>
        </li>
      </ol>
      {unused.length > 0 ? (
        <section aria-labelledby="unused-steps" className={styles.unused}>
          <h2 id="unused-steps">{t('flow.unused')}</h2>
          <ul className={styles.steps}>
            {unused.map((step) => (
              <Step key={step.id} site={site} step={step} steps={steps} />
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}
