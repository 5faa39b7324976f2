/** Something done to somebody that they will feel: what follows from it, why, and the way back. */
import type { RosterProfile } from '#core/roster/contract'
import { explain } from '../explain.tsx'
import { fullName } from '../frame/account-frame.tsx'
import { Field } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { Panel } from './panel.tsx'
import { pathOf, peoplePath } from './person-parts.tsx'

export const acts = {
  suspend: 'people.suspend',
  resume: 'people.suspend',
  'reset-password': 'people.reset',
  'ask-new-password': 'people.reset',
  'reset-second-step': 'people.reset',
  decline: 'sign-up.approve',
  remove: 'people.delete',
} as const
export type Act = keyof typeof acts

/** After these there is nobody to go back to. */
const isLast = (act: Act): boolean => act === 'remove' || act === 'decline'

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  act: Act
  profile: Pick<RosterProfile, 'ref' | 'home' | 'livesHere' | 'email' | 'givenName' | 'familyName'>
} & Answered

export function PersonAct({ site, frame, act, profile, values = {}, failure }: Props) {
  const { t } = site.texts
  const { personId } = profile.ref
  const person = pathOf(personId)
  const here = `${person}/${act}`
  const name = fullName(profile)
  const labels = { reason: t('act.reason') }
  const explained = explain(site, failure, labels)
  const isOptional = act === 'resume'
  const where = act === 'remove' || act === 'suspend' ? `.${profile.livesHere ? 'home' : 'here'}` : ''
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen="person-act"
      here={here}
      heading={say(site, `act.${act}.title`, { name })}
      lead={say(site, `act.${act}.lead${where}`, { name, home: profile.home.name })}
      back={{ href: person, label: name }}
      narrow
    >
      <Panel
        site={site}
        screen="person-act"
        operation={`people.${act}`}
        back={here}
        next={isLast(act) ? peoplePath : person}
        hidden={{ person: personId }}
        part="person-act.form"
        consequence={say(site, `act.${act}.follows`, { name })}
        submit={t(`act.${act}.submit`)}
        danger={act !== 'resume'}
        cancel={person}
        explained={explained}
      >
        <Field
          screen="person-act"
          name="reason"
          label={isOptional ? t('act.reason-optional') : labels.reason}
          hint={say(site, 'act.reason-hint', { name })}
          explained={explained}
          required={!isOptional}
          value={values.reason}
          autoFocus={!failure}
        />
      </Panel>
    </ConsoleFrame>
  )
}
