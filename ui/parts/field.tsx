import { NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown, IconEye, IconEyeOff } from '@tabler/icons-react'
import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode } from 'react'
import type { Explained } from '../explain.tsx'
import type { UiSite } from '../site.ts'
import styles from './field.module.css'

type FieldProps = {
  /** The screen it stands on, for data-part. */
  screen: string
  name: string
  label: string
  value?: string | undefined
  explained?: Explained | null | undefined
  hint?: ReactNode
  required?: boolean | undefined
  autoFocus?: boolean | undefined
  part?: string | undefined
}

type InputProps = FieldProps & {
  type?: HTMLInputTypeAttribute | undefined
  autoComplete?: HTMLInputAutoCompleteAttribute | undefined
  inputMode?: 'email' | 'tel' | 'numeric' | 'text' | undefined
  /** Addresses and numbers read from left to right in every language. */
  leftToRight?: boolean | undefined
  children?: ReactNode
}

/** The alert above the form describes fields which have no message of their own. */
export const alertId = 'alert'

function describe({ name, explained }: Pick<FieldProps, 'name' | 'explained'>) {
  const message = explained?.messages[name]
  const marked = explained?.marked.includes(name) ?? false
  return {
    error: message ?? marked,
    ...(marked && !message ? { errorProps: {}, 'aria-errormessage': alertId } : {}),
  }
}

export function Field(props: InputProps) {
  const { screen, name, label, value, hint, required = true, autoFocus, part, leftToRight, children } = props
  return (
    <TextInput
      id={name}
      name={name}
      label={label}
      type={props.type ?? 'text'}
      autoComplete={props.autoComplete}
      inputMode={props.inputMode}
      defaultValue={value}
      description={hint}
      required={required}
      autoFocus={autoFocus}
      autoCapitalize={leftToRight ? 'none' : undefined}
      spellCheck={leftToRight ? false : undefined}
      dir={leftToRight ? 'ltr' : undefined}
      rightSection={children}
      data-part={part ?? `${screen}.${name.replaceAll('_', '-')}`}
      {...describe(props)}
    />
  )
}

export function PasswordField({ site, ...props }: InputProps & { site: UiSite }) {
  return (
    <Field {...props} type="password" leftToRight>
      {/* Shown by the script that makes it work. */}
      <button
        type="button"
        hidden
        className={styles.reveal}
        aria-pressed="false"
        aria-label={site.texts.t('field.show-password')}
        data-reveal={props.name}
        data-hide={site.texts.t('field.hide-password')}
        data-part={`${props.screen}.reveal`}
      >
        <IconEye size={20} stroke={1.75} aria-hidden className={styles.concealed} />
        <IconEyeOff size={20} stroke={1.75} aria-hidden className={styles.shown} />
      </button>
    </Field>
  )
}

export function CodeField(props: Omit<InputProps, 'name'> & { autoSubmit?: boolean }) {
  return (
    <div className={styles.code} data-code-field={props.autoSubmit ? 'submit' : ''}>
      <Field
        {...props}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        leftToRight
      />
    </div>
  )
}

export function SelectField(props: FieldProps & { options: { value: string; label: string }[]; autoComplete?: string }) {
  return (
    <NativeSelect
      id={props.name}
      name={props.name}
      label={props.label}
      defaultValue={props.value}
      description={props.hint}
      autoComplete={props.autoComplete}
      autoFocus={props.autoFocus}
      data={props.options}
      rightSection={<IconChevronDown size={18} stroke={1.75} aria-hidden className={styles.chevron} />}
      data-part={props.part ?? `${props.screen}.${props.name.replaceAll('_', '-')}`}
      {...describe(props)}
    />
  )
}

/** A field whose label row ends in a link, such as "Forgot password?". */
export function LinkedField({ children, link }: { children: ReactNode; link: ReactNode }) {
  return (
    <div className={styles.linked}>
      {children}
      {link}
    </div>
  )
}

export const besideLabel = styles.beside
