/** What every invitation by one address asks for: to whom, in which language, with which words. */
import type { Explained } from '../explain.tsx'
import { nameOfLanguage } from '../frame/choices.tsx'
import { AreaField, Field, SelectField } from '../parts/field.tsx'
import type { UiSite } from '../site.tsx'

type Props = {
  site: UiSite
  screen: string
  explained: Explained | null
  labels: { email: string; message: string; locale: string }
  values: Record<string, string>
}

export const invitationLabels = (site: UiSite): Props['labels'] => ({
  email: site.texts.t('field.email'),
  message: site.texts.t('organization.administrator.message'),
  locale: site.texts.t('organization.administrator.locale'),
})

export const InvitedAddress = ({ screen, explained, labels, values }: Props) => (
  <Field
    screen={screen}
    explained={explained}
    name="email"
    label={labels.email}
    type="email"
    inputMode="email"
    autoComplete="off"
    leftToRight
    value={values.email}
    autoFocus={!explained}
  />
)

export const InvitationWords = ({
  site,
  screen,
  explained,
  labels,
  values,
  languages,
}: Props & { languages: string[] }) => (
  <>
    <SelectField
      screen={screen}
      explained={explained}
      name="locale"
      label={labels.locale}
      value={values.locale ?? languages[0]}
      options={languages.map((value) => ({ value, label: nameOfLanguage(value) }))}
    />
    <AreaField
      screen={screen}
      explained={explained}
      name="message"
      label={labels.message}
      hint={site.texts.t('organization.administrator.message-hint')}
      value={values.message}
      required={false}
      rows={3}
    />
  </>
)
