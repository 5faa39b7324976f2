import { IconFingerprint } from '@tabler/icons-react'
import { PasskeyButton } from '../parts/passkey.tsx'
import { StepFrame, type StepProps, Trust, Ways } from '../parts/step.tsx'
import { say } from '../words.tsx'
import { NewHere } from './sign-in.tsx'

const screen = 'step-passkey'

/** A passkey: as what somebody signs in with, or as their second step. */
export function StepPasskey(props: StepProps) {
  const { site, place, who } = props
  const { t } = site.texts
  const kind = place.isSecond ? 'second' : 'first'
  return (
    <StepFrame
      {...props}
      screen={screen}
      emblem={<IconFingerprint size={24} stroke={1.75} aria-hidden />}
      heading={t(`step-passkey.${kind}.title`)}
      lead={say(site, `step-passkey.${kind}.lead`)}
      who={place.isSecond ? who : undefined}
    >
      {() => (
        <>
          <PasskeyButton site={site} place={place} screen={screen} act="get" label={t('passkey.use')}>
            <Trust site={site} screen={screen} place={place} />
          </PasskeyButton>
          <Ways site={site} place={place} />
          {place.isSecond ? null : <NewHere site={site} screen={screen} />}
        </>
      )}
    </StepFrame>
  )
}
