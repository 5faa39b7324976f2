/** How far a role reaches, and until when: asked for wherever one is given to somebody. */
import { type Reach, reaches } from '#core/authority/contract'
import type { Explained } from '../explain.tsx'
import { ChoiceField, Field } from '../parts/field.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'

type Props = {
  site: UiSite
  screen: string
  explained: Explained | null
  labels: { reach: string; ends_at: string }
  values: Record<string, string>
  /** How far whoever gives it may; where there is one way alone, nothing is asked. */
  choices?: readonly Reach[]
}

export const RoleBounds = ({ site, screen, explained, labels, values, choices = reaches }: Props) => (
  <>
    {choices.length > 1 ? (
      <ChoiceField
        screen={screen}
        explained={explained}
        name="reach"
        legend={labels.reach}
        chosen={[values.reach ?? 'organization']}
        options={choices.map((value) => ({ value, label: say(site, `person.reach.${value}`) }))}
      />
    ) : null}
    <Field
      screen={screen}
      explained={explained}
      name="ends_at"
      type="date"
      label={labels.ends_at}
      hint={site.texts.t('person.ends-hint')}
      required={false}
      value={values.ends_at}
    />
  </>
)
