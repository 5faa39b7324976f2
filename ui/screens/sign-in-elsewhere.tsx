import { EntryFrame } from '../frame/entry-frame.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { formStyles } from '../parts/form.tsx'
import type { UiSite } from '../site.tsx'
import { address, say, words } from '../words.tsx'

const screen = 'sign-in'

type Way = { name: string; domain: string | null; href: string; hasTyped: boolean }

/** The address belongs to another organization, or somebody has chosen that one. Seen where a browser does not go on by itself. */
export function SignInElsewhere({ site, name, domain, href, hasTyped }: { site: UiSite } & Way) {
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here="/sign-in"
      heading={say(site, 'sign-in.elsewhere.title', { name })}
      lead={
        domain === null
          ? say(site, 'sign-in.elsewhere.chosen', { name })
          : words(site, 'sign-in.elsewhere.lead', { name, domain }, address)
      }
    >
      <div className={formStyles.steps}>
        <ButtonLink href={href} part="sign-in.elsewhere" wide>
          {say(site, 'sign-in.elsewhere.submit', { name })}
        </ButtonLink>
        <ButtonLink href={site.path('/sign-in')} part="sign-in.stay" kind="secondary" wide>
          {say(site, 'sign-in.elsewhere.stay')}
        </ButtonLink>
      </div>
      {hasTyped ? <p className={formStyles.fine}>{say(site, 'sign-in.elsewhere.typed')}</p> : null}
    </EntryFrame>
  )
}
