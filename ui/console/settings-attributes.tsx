/** What an organization is known by elsewhere: pairs of a name and a value, each added and removed by a form of its own. */
import { explain } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { RowAction, Section, ValueRow } from '../parts/rows.tsx'
import { ConsoleForm } from './panel.tsx'
import { EditRow, type SettingsProps, settingsPath, settingsScreen } from './settings-row.tsx'

function Remove({ site, organization, name }: SettingsProps & { name: string }) {
  const { t } = site.texts
  return (
    <ConsoleForm
      site={site}
      operation="settings.no-attribute"
      back={settingsPath}
      hidden={{ attribute: name, version: String(organization.version) }}
      part={`settings.attribute.${name}`}
    >
      <Button part="settings.attribute.remove" kind="quiet" small>
        {t('common.remove')} <span className="visually-hidden">{name}</span>
      </Button>
    </ConsoleForm>
  )
}

function Add(props: SettingsProps) {
  const { site, edit, values = {}, failure } = props
  const { t } = site.texts
  if (edit !== 'attribute') {
    const isEmpty = Object.keys(props.organization.attributes).length === 0
    return (
      <ValueRow
        part="settings.attributes"
        label=""
        value={isEmpty ? t('settings.attributes.none') : ''}
        empty={isEmpty}
        action={
          <RowAction
            href={site.path(`${settingsPath}?edit=attribute#attribute`)}
            label={t('settings.attributes.add')}
            name={`${t('settings.attributes.add')}: ${t('settings.attributes.title')}`}
            part="settings.attribute.edit"
          />
        }
      />
    )
  }
  const labels = { attribute: t('settings.attributes.name'), value: t('settings.attributes.value') }
  // Core names an attribute by its own name; here it is what stands in the first field.
  const field = failure?.field?.startsWith('attributes') ? 'attribute' : failure?.field
  const common = { screen: settingsScreen, explained: explain(site, failure && { ...failure, field }, labels) }
  return (
    <EditRow
      {...props}
      failure={failure && { ...failure, field }}
      row="attribute"
      operation="settings.attribute"
      labels={labels}
    >
      <Field
        {...common}
        name="attribute"
        label={labels.attribute}
        hint={t('settings.attributes.name-hint')}
        leftToRight
        value={values.attribute}
      />
      <Field {...common} name="value" label={labels.value} value={values.value} />
    </EditRow>
  )
}

export function Attributes(props: SettingsProps) {
  const { site, organization } = props
  const { t } = site.texts
  return (
    <Section title={t('settings.attributes.title')} lead={t('settings.attributes.lead')}>
      {Object.entries(organization.attributes)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => (
          <ValueRow
            key={name}
            part={`settings.attributes.${name}`}
            label={name}
            value={<bdi>{value}</bdi>}
            action={<Remove {...props} name={name} />}
          />
        ))}
      <Add {...props} />
    </Section>
  )
}
