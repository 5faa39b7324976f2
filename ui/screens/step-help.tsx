import { Button } from '../parts/button.tsx'
import { AreaField } from '../parts/field.tsx'
import { StepForm, StepFrame, type StepProps, stepStyles, Ways } from '../parts/step.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'

const screen = 'step-help'

/** None of what somebody has set up is at hand: whoever looks after the organization is asked. */
export function StepHelp(props: StepProps) {
  const { site, place, values = {} } = props
  const { t } = site.texts
  const label = t('step-help.reason')
  return (
    <StepFrame
      {...props}
      screen={screen}
      heading={t('step-help.title')}
      lead={say(site, 'step-help.lead')}
      labels={{ reason: label }}
    >
      {(explained) => (
        <>
          <WhatHappens site={site} />
          <StepForm site={site} place={place} part={`${screen}.form`}>
            <AreaField
              {...{ screen, explained, label }}
              name="reason"
              hint={t('step-help.reason-hint')}
              value={values.reason}
              maximum={500}
              rows={3}
            />
            <Button part={`${screen}.submit`} wide>
              {t('step-help.submit')}
            </Button>
          </StepForm>
          <Ways site={site} place={place} />
        </>
      )}
    </StepFrame>
  )
}

function WhatHappens({ site }: { site: UiSite }) {
  const hours = site.organization.security?.recoveryWaitHours ?? 24
  const parts = [
    say(site, 'step-help.asked'),
    say(site, hours > 0 ? 'step-help.waits' : 'step-help.mailed', { hours }),
    say(site, 'step-help.told'),
  ]
  return (
    <ol className={`${stepStyles.parts} ${stepStyles.plain}`} data-part={`${screen}.what-happens`}>
      {parts.map((part) => (
        <li key={part} className={stepStyles.part}>
          <p>{part}</p>
        </li>
      ))}
    </ol>
  )
}
