/** A small picture of a figure by day, drawn on the server: a bar for each day, nothing to press, and one sentence. */
import styles from './usage.module.css'

const height = 96
const step = 10
const gap = 2
/** Something that happened is seen, however much more happened on other days. */
const least = 2

export function Chart({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const most = Math.max(1, ...values.map((value) => value ?? 0))
  const width = values.length * step
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.map((value, index) => {
        const tall = value ? Math.max(least, (value / most) * height) : 0
        const at = index * step + gap / 2
        return tall > 0 ? (
          <rect key={at} x={at} y={height - tall} width={step - gap} height={tall} />
        ) : (
          <rect key={at} x={at} y={height - 1} width={step - gap} height={1} data-none="" />
        )
      })}
    </svg>
  )
}
