/** What is asked before something goes for good: what goes with it, and who loses what. */
import type { GroupView, OwnRole } from '#core/access/contract'
import type { ApiToken, ServiceAccount } from '#core/tokens/contract'
import type { ScreenName } from '../site.tsx'
import { say, words } from '../words.tsx'
import { groupsPath } from './group-words.tsx'
import panel from './panel.module.css'
import { Question, type QuestionPage } from './question.tsx'
import { roleName } from './standing.tsx'

type Removal = QuestionPage & {
  screen: ScreenName
  section: string
  /** Of its texts: `groups` of `groups.remove.heading`. */
  words: string
  operation: string
  at: string
  next: string
  name: string
  hidden: Record<string, string>
  goes: string[]
}

function Removing({ words: prefix, operation, at, next, name, hidden, goes, ...page }: Removal) {
  const { site, screen } = page
  const { t } = site.texts
  const key = `${prefix}.remove`
  return (
    <Question
      {...page}
      heading={say(site, `${key}.heading`, { name })}
      above={{ href: at.slice(0, at.lastIndexOf('/')), label: name }}
      panel={{
        operation,
        back: at,
        next,
        hidden,
        submit: t(`${key}.submit`),
        danger: true,
        consequence: t(`${key}.consequence`),
        children: (
          <>
            <div className={panel.warning}>
              <p>{words(site, `${key}.warning`, { name })}</p>
            </div>
            {goes.length > 0 ? (
              <ul className={panel.goes} data-part={`${screen}.goes`}>
                {goes.map((one) => (
                  <li key={one} dir="auto">
                    {one}
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        ),
      }}
    />
  )
}

export function RemoveGroup({ group, ...page }: QuestionPage & { group: GroupView }) {
  const { site } = page
  const { t } = site.texts
  const goes = [
    t('groups.remove.members', { count: group.members }),
    ...group.roles.map((role) => t('groups.remove.role', { role: roleName(site, role) })),
  ]
  return (
    <Removing
      {...page}
      screen="remove-group"
      section="groups"
      words="groups"
      operation="groups.remove"
      at={`${groupsPath}/${group.id}/remove`}
      next={groupsPath}
      name={group.name}
      hidden={{ group: group.id, version: String(group.version) }}
      goes={goes}
    />
  )
}

/** A role that somebody has stays: the page says how many have it, and the form refuses. */
export function RemoveRole({ role, holders, ...page }: QuestionPage & { role: OwnRole; holders: string | null }) {
  const { site } = page
  return (
    <Removing
      {...page}
      screen="remove-role"
      section="roles"
      words="roles"
      operation="roles.remove"
      at={`/organization/roles/${role.id}/remove`}
      next="/organization/roles"
      name={role.name}
      hidden={{ role: role.id, version: String(role.version) }}
      goes={holders === null ? [] : [site.texts.t('roles.remove.held', { holders })]}
    />
  )
}

export function RemoveProgram({
  program,
  tokens,
  ...page
}: QuestionPage & { program: ServiceAccount; tokens: number }) {
  return (
    <Removing
      {...page}
      screen="remove-program"
      section="programs"
      words="programs"
      operation="service-accounts.remove"
      at={`/organization/programs/${program.id}/remove`}
      next="/organization/programs"
      name={program.name}
      hidden={{ account: program.id, version: String(program.version) }}
      goes={[page.site.texts.t('programs.remove.tokens', { count: tokens })]}
    />
  )
}

export function RevokeToken({ program, token, ...page }: QuestionPage & { program: ServiceAccount; token: ApiToken }) {
  const { t } = page.site.texts
  const at = `/organization/programs/${program.id}`
  return (
    <Question
      {...page}
      screen="revoke-token"
      section="programs"
      heading={say(page.site, 'tokens.revoke.heading', { name: token.name })}
      above={{ href: at, label: program.name }}
      panel={{
        operation: 'tokens.revoke',
        back: `${at}/tokens/${token.id}`,
        next: at,
        hidden: { account: program.id, token: token.id },
        submit: t('tokens.revoke.submit'),
        danger: true,
        consequence: t('tokens.revoke.consequence'),
        children: (
          <div className={panel.warning}>
            <p>
              {words(page.site, token.lastUsedAt ? 'tokens.revoke.used' : 'tokens.revoke.unused', {
                name: program.name,
                at: token.lastUsedAt ?? new Date(0),
              })}
            </p>
          </div>
        ),
      }}
    />
  )
}
