/** A form that a passkey answers: the browser does it, and a script has to ask it. Where none runs, the page says so. */
import type { ReactNode } from 'react'
import type { UiSite } from '../site.tsx'
import { Button } from './button.tsx'
import styles from './ceremony.module.css'
import { Form } from './form.tsx'
import { Says } from './passkey.tsx'

type Props = {
  site: UiSite
  action: string
  /** `get` proves a passkey that there is, `create` makes another one. */
  act: 'get' | 'create'
  part: string
  hidden: Record<string, string | undefined>
  children: ReactNode
  icon?: ReactNode
  kind?: 'secondary' | undefined
  /** What stands beside the button. */
  beside?: ReactNode
}

export function Ceremony({ site, action, act, part, hidden, children, icon, kind, beside }: Props) {
  return (
    <>
      <div className={styles.scripted}>
        <Form
          site={site}
          action={action}
          part={`${part}-form`}
          hidden={{ ...hidden, credential: '', challenge: '' }}
          isScripted
        >
          <div className={styles.beside}>
            <Button part={part} kind={kind} icon={icon} passkey={act} small>
              {children}
            </Button>
            {beside}
          </div>
          <Says site={site} act={act} />
        </Form>
      </div>
      <noscript>
        <p className={styles.unscripted}>{site.texts.t('passkey.unscripted')}</p>
      </noscript>
    </>
  )
}
