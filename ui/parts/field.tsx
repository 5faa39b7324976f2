import { Input } from '@mantine/core'
import { IconChevronDown, IconEye, IconEyeOff } from '@tabler/icons-react'
import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode } from 'react'
import type { Explained } from '../explain.tsx'
import type { UiSite } from '../site.tsx'
import { CapsLock } from './caps-lock.tsx'
import { Described } from './described.tsx'
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
  /** Of a password being chosen: what makes one up looks here. */
  minimum?: number | undefined
  placeholder?: string | undefined
  maximum?: number | undefined
  /** What stands below the control, of whatever it takes to fill it in. */
  below?: ReactNode
  children?: ReactNode
}

/** The alert above the form describes fields which have no message of their own. */
export const alertId = 'alert'

type Ids = { invalid: boolean; describedBy: string | undefined }

/** A message says all that the hint would, so it takes its place. */
export function idsOf({ name, hint, explained }: Pick<FieldProps, 'name' | 'hint' | 'explained'>): Ids {
  const message = explained?.messages[name]
  const marked = explained?.marked.includes(name) ?? false
  const describedBy = [
    message ? `${name}-error` : marked ? alertId : null,
    hint && !message ? `${name}-hint` : null,
  ].filter((id) => id !== null)
  return { invalid: marked || message !== undefined, describedBy: describedBy.join(' ') || undefined }
}

/** Label, control, hint, message: in this order for the eye and for the ear. */
function Labelled({ name, label, hint, explained, children }: FieldProps & { children: ReactNode }) {
  const message = explained?.messages[name]
  return (
    <div className={styles.root}>
      <label className={styles.label} htmlFor={name}>
        {label}
      </label>
      {children}
      {hint && !message ? (
        <p className={styles.description} id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {message ? (
        <p className={styles.error} id={`${name}-error`}>
          <span>{message}</span>
        </p>
      ) : null}
    </div>
  )
}

export function Field(props: InputProps) {
  const { screen, name, value, required = true, autoFocus, part, leftToRight, children } = props
  const { invalid, describedBy } = idsOf(props)
  return (
    <Labelled {...props}>
      <Described by={describedBy}>
        <Input
          id={name}
          name={name}
          type={props.type ?? 'text'}
          autoComplete={props.autoComplete}
          inputMode={props.inputMode}
          defaultValue={value}
          required={required}
          placeholder={props.placeholder}
          maxLength={props.maximum}
          minLength={props.minimum}
          {...(props.minimum ? { passwordrules: `minlength: ${props.minimum};` } : {})}
          autoFocus={autoFocus}
          autoCapitalize={leftToRight ? 'none' : undefined}
          spellCheck={leftToRight ? false : undefined}
          data-left-to-right={leftToRight || undefined}
          rightSection={children}
          error={invalid}
          data-part={part ?? `${screen}.${name.replaceAll('_', '-')}`}
        />
      </Described>
      {props.below}
    </Labelled>
  )
}

export function PasswordField({ site, ...props }: InputProps & { site: UiSite }) {
  return (
    <Field {...props} type="password" leftToRight below={<CapsLock site={site} of={props.name} />}>
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
      <Field {...props} name="code" inputMode="numeric" autoComplete="one-time-code" leftToRight />
    </div>
  )
}

/** `mark` is for a stylesheet that shows something as long as this is chosen. */
export type SelectOption = { value: string; label: string; mark?: string | undefined }

export function SelectField(props: FieldProps & { options: readonly SelectOption[]; autoComplete?: string }) {
  const { screen, name, value, autoFocus, part, options } = props
  const { invalid, describedBy } = idsOf(props)
  return (
    <Labelled {...props}>
      <Described by={describedBy}>
        <Input
          component="select"
          id={name}
          name={name}
          defaultValue={value}
          autoComplete={props.autoComplete}
          autoFocus={autoFocus}
          pointer
          rightSection={<IconChevronDown size={18} stroke={1.75} aria-hidden className={styles.chevron} />}
          error={invalid}
          data-part={part ?? `${screen}.${name.replaceAll('_', '-')}`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} data-mark={option.mark}>
              {option.label}
            </option>
          ))}
        </Input>
      </Described>
    </Labelled>
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
export const fieldStyles = styles

/** Several lines. */
export function AreaField(props: FieldProps & { rows?: number; leftToRight?: boolean; maximum?: number }) {
  const { screen, name, value, required = true, part, rows = 4, leftToRight } = props
  const { invalid, describedBy } = idsOf(props)
  return (
    <Labelled {...props}>
      <Described by={describedBy}>
        <textarea
          id={name}
          name={name}
          rows={rows}
          maxLength={props.maximum}
          defaultValue={value}
          required={required}
          autoCapitalize={leftToRight ? 'none' : undefined}
          spellCheck={leftToRight ? false : undefined}
          dir={leftToRight ? 'ltr' : 'auto'}
          aria-invalid={invalid || undefined}
          className={styles.area}
          data-part={part ?? `${screen}.${name.replaceAll('_', '-')}`}
        />
      </Described>
    </Labelled>
  )
}

type ChoiceOption = { value: string; label: ReactNode; hint?: ReactNode }
type ChoicesProps = {
  screen: string
  name: string
  legend: string
  options: readonly ChoiceOption[]
  chosen: readonly string[]
  explained?: Explained | null | undefined
  /** Several may be chosen. */
  many?: boolean
}

/** One of a few, or several of many, each with what it means. */
export function ChoiceField({ screen, name, legend, options, chosen, explained, many }: ChoicesProps) {
  const message = explained?.messages[name]
  return (
    <fieldset
      className={styles.choices}
      aria-describedby={message ? `${name}-error` : undefined}
      id={name}
      tabIndex={-1}
    >
      <legend>{legend}</legend>
      {many ? <input type="hidden" name={name} value="" /> : null}
      {options.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            value={option.value}
            defaultChecked={chosen.includes(option.value)}
            data-part={`${screen}.${name.replaceAll('_', '-')}.${option.value}`}
          />
          <span>{option.label}</span>
          {option.hint ? <span>{option.hint}</span> : null}
        </label>
      ))}
      {message ? (
        <p className={styles.error} id={`${name}-error`}>
          <span>{message}</span>
        </p>
      ) : null}
    </fieldset>
  )
}
