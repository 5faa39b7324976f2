/** Adding somebody: who gets an account here, or who has one where this organization draws its people from. */
import type { ReactNode } from 'react'
import { hasUsernames, membershipKinds } from '#core/people/contract'
import { explain } from '../explain.tsx'
import { nameOfLanguage } from '../frame/choices.tsx'
import { ChoiceField, Field, SelectField } from '../parts/field.tsx'
import { NamePair } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { Panel } from './panel.tsx'
import { peoplePath } from './person-parts.tsx'
import { kindName } from './standing.tsx'
import { Tabs, Toolbar } from './toolbar.tsx'

const screen = 'person-new'
const here = `${peoplePath}/new`

export type PersonNewData = {
  who: 'new' | 'existing'
  /** Which of the two there are. */
  ways: readonly ('new' | 'existing')[]
  /** Groups that the reader may fill. */
  groups: { id: string; name: string }[]
}

type Props = { site: UiSite; frame: ConsoleFrameData; data: PersonNewData } & Answered

function Ways({ site, data: { who, ways } }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  if (ways.length < 2) return null
  return (
    <Toolbar>
      <Tabs
        site={site}
        path={here}
        query={{ who: who === 'new' ? undefined : who }}
        name="who"
        label={t('person-new.ways')}
        tabs={[
          { value: undefined, label: t('person-new.way.new') },
          { value: 'existing', label: t('person-new.way.existing') },
        ]}
        atStart
      />
    </Toolbar>
  )
}

/** As what they will belong, and with whom. */
function Belonging({ site, data, values = {}, failure }: Props): ReactNode {
  const { t } = site.texts
  const explained = explain(site, failure, { kind: t('person.kind'), groups: t('person.groups.title') })
  return (
    <>
      <ChoiceField
        screen={screen}
        name="kind"
        legend={t('person.kind')}
        explained={explained}
        chosen={[values.kind ?? 'staff']}
        options={membershipKinds.map((value) => ({
          value,
          label: kindName(site, value),
          hint: say(site, `person.kind.${value}-hint`),
        }))}
      />
      {data.groups.length > 0 ? (
        <ChoiceField
          screen={screen}
          name="groups"
          legend={t('person-new.groups')}
          many
          explained={explained}
          chosen={values.groups?.split('\n') ?? []}
          options={data.groups.map(({ id, name }) => ({ value: id, label: <bdi>{name}</bdi> }))}
        />
      ) : null}
    </>
  )
}

export function PersonNew(props: Props) {
  const { site, frame, data, values = {}, failure } = props
  const { t } = site.texts
  const isNew = data.who === 'new'
  const labels: Record<string, string> = {
    email: t('field.email'),
    given_name: t('field.given-name'),
    family_name: t('field.family-name'),
    username: t('field.username'),
    phone: t('field.phone'),
    locale: t('field.locale'),
  }
  const explained = explain(site, failure, labels)
  const field = (name: string) => ({ screen, explained, name, label: labels[name] ?? '', value: values[name] })
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={here}
      heading={t('people.new')}
      lead={say(site, isNew ? 'person-new.lead' : 'person-new.existing-lead')}
      back={{ href: peoplePath, label: t('console.people.title') }}
      narrow
    >
      <Ways site={site} data={data} />
      <Panel
        site={site}
        screen={screen}
        operation={isNew ? 'people.create' : 'people.add-existing'}
        back={isNew ? here : `${here}?who=existing`}
        next={`${peoplePath}/{created}`}
        part="person-new.form"
        consequence={t(isNew ? 'person-new.follows' : 'person-new.existing-follows')}
        submit={t(isNew ? 'person-new.submit' : 'person-new.existing-submit')}
        cancel={peoplePath}
        explained={explained}
      >
        {isNew ? (
          <NamePair>
            <Field {...field('given_name')} autoFocus={!failure} />
            <Field {...field('family_name')} />
          </NamePair>
        ) : null}
        <Field {...field('email')} type="email" inputMode="email" leftToRight autoFocus={!isNew && !failure} />
        {isNew ? (
          <>
            {hasUsernames(site.organization) ? (
              <Field
                {...field('username')}
                label={t('person-new.username')}
                required={false}
                hint={t('hint.username')}
              />
            ) : null}
            <Field
              {...field('phone')}
              label={t('person-new.phone')}
              type="tel"
              inputMode="tel"
              leftToRight
              required={false}
              hint={t('hint.phone')}
            />
            <SelectField
              {...field('locale')}
              value={values.locale ?? ''}
              options={[
                { value: '', label: t('person.locale-default') },
                ...site.organization.locales.map((value) => ({ value, label: nameOfLanguage(value) })),
              ]}
            />
          </>
        ) : null}
        <Belonging {...props} />
      </Panel>
    </ConsoleFrame>
  )
}
