import styles from './avatar.module.css'

type Named = { givenName: string; familyName: string; email: string }

/** The first letter as people see it: an accent or a joined letter is not torn off. */
function firstLetter(name: string, locale?: string): string {
  const [first] = new Intl.Segmenter(locale, { granularity: 'grapheme' }).segment(name.trim())
  return first?.segment.toLocaleUpperCase(locale) ?? ''
}

/** Letters that join would read as a word of their own. */
const joins = /\p{Script=Arabic}/u

export function initialsOf({ givenName, familyName, email }: Named): string {
  if (joins.test(givenName)) return firstLetter(givenName)
  return firstLetter(givenName) + firstLetter(familyName) || firstLetter(email)
}

export const Avatar = ({ person }: { person: Named }) => (
  <span className={styles.avatar} aria-hidden>
    {initialsOf(person)}
  </span>
)
