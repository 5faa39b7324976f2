import type { ReactNode } from 'react'
import type { Explained } from '../explain.tsx'
import styles from './check.module.css'
import { fieldStyles, idsOf } from './field.tsx'

/** One thing to agree to, or not. Never ticked for anybody. */
export function CheckField(props: {
  screen: string
  name: string
  value: string
  label: ReactNode
  explained?: Explained | null | undefined
  required?: boolean
  part?: string
}) {
  const { screen, name, value, label, explained, required, part } = props
  const { invalid, describedBy } = idsOf({ name, explained })
  const message = explained?.messages[name]
  return (
    <div className={styles.check}>
      <label className={fieldStyles.choice}>
        <input
          type="checkbox"
          id={name}
          name={name}
          value={value}
          required={required}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          data-part={part ?? `${screen}.${name}`}
        />
        <span>{label}</span>
      </label>
      {message ? (
        <p className={fieldStyles.error} id={`${name}-error`}>
          <span>{message}</span>
        </p>
      ) : null}
    </div>
  )
}
