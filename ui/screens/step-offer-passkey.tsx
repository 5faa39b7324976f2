import { IconFingerprint } from '@tabler/icons-react'
import { PasskeyButton } from '../parts/passkey.tsx'
import { StepFrame, type StepProps } from '../parts/step.tsx'
import { say } from '../words.tsx'
import { Skip } from './step-profile.tsx'

const screen = 'step-offer-passkey'

/** A quicker way for the next time; nobody has to take it. */
export function StepOfferPasskey(props: StepProps) {
  const { site, place } = props
  const { t } = site.texts
  return (
    <StepFrame
      {...props}
      screen={screen}
      emblem={<IconFingerprint size={24} stroke={1.75} aria-hidden />}
      heading={t('step-offer-passkey.title')}
      lead={say(site, 'step-offer-passkey.lead')}
    >
      {() => (
        <>
          <PasskeyButton site={site} place={place} screen={screen} act="create" label={t('passkey.create')} />
          <Skip {...props} screen={screen} />
        </>
      )}
    </StepFrame>
  )
}
